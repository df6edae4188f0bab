// Which certificates the HTTPS client reports: one for each new TLS session, none for a further request in it, none that
// it did not trust; and no name of a certificate as long or as wild as its server likes.
import { X509Certificate } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import type { PeerCertificate } from '#base/pure/data/peer-certificate.ts'
import { isSimulatedIssuer, simulatedTlsAuthority } from '#base/pure/lot/simulated.ts'
import type { HttpAnswer } from '#base/ports/http-client.ts'
import { makeIdentity, tlsServer, type ServerIdentity } from './tls-server.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const printOf = ({ certPem }: ServerIdentity): string =>
  new X509Certificate(certPem).fingerprint256.replaceAll(':', '')

/** A server under the first identity, and a client that trusts all of them. */
async function bench(...identities: readonly [ServerIdentity, ...ServerIdentity[]]) {
  const [first] = identities
  const caPem = identities.map((one) => one.caPem).join('')
  const server = await tlsServer({ ...first, caPem }, ({ path }, response) => {
    response.writeHead(200, path === '/once' ? { connection: 'close' } : {}).end('{}')
  })
  cleanups.push(() => server.close())
  const peers: PeerCertificate[] = []
  const { baseUrl, caFile } = server
  const client = platformClient({
    baseUrl,
    caFile,
    mono: systemMonoClock(),
    peer: (one) => peers.push(one),
  })
  cleanups.push(() => client.close())
  const ask = (path = '/'): Promise<HttpAnswer> =>
    new Promise((resolve) => {
      const request = { method: 'GET', path, headers: {}, timeoutMs: 5_000 } as const
      client.request({ ...request, body: new Uint8Array() }, resolve)
    })
  return { server, ask, peers }
}

it('reports the certificate of the server, and the other one after it was replaced', async () => {
  const [one, other] = [makeIdentity({ authority: 'A' }), makeIdentity({ authority: 'B' })]
  const { server, ask, peers } = await bench(one, other)
  for (let i = 0; i < 5; i++) expect(await ask()).toMatchObject({ kind: 'answer', status: 200 })
  expect(peers.length).toBeLessThanOrEqual(2)
  expect(new Set(peers.map(({ fingerprint }) => fingerprint))).toEqual(new Set([printOf(one)]))
  expect(peers[0]).toMatchObject({ subject: 'TEST tls-server', issuer: 'TEST A' })
  const seen = peers.length
  server.replace(other)
  // The first request may still be given to a connection that has just ended.
  await ask()
  expect(await ask()).toMatchObject({ kind: 'answer', status: 200 })
  expect(peers.slice(seen).map(({ fingerprint, issuer }) => [fingerprint, issuer])).toContainEqual([
    printOf(other),
    'TEST B',
  ])
  expect(peers.slice(seen).map(({ fingerprint }) => fingerprint)).not.toContain(printOf(one))
})

it('reports it once for connections that resume a session, in which the server shows none again', async () => {
  const { server, ask, peers } = await bench(makeIdentity())
  for (let i = 0; i < 3; i++) await ask('/once')
  expect([server.connections(), peers.length]).toEqual([3, 1])
})

it('does not report a certificate that it does not trust', async () => {
  const [trusted, other] = [makeIdentity({ authority: 'A' }), makeIdentity({ authority: 'B' })]
  const { server, ask, peers } = await bench(trusted)
  server.replace(other)
  expect(await ask()).toMatchObject({ kind: 'silence', sent: false })
  expect(peers).toEqual([])
})

it('bounds and cleans the names', async () => {
  const subject = `\u001b[2J\n\u202e${'x'.repeat(5_000)}`
  const { ask, peers } = await bench(makeIdentity({ authority: 'y'.repeat(300), subject }))
  await ask()
  const [peer] = peers
  expect(peer?.subject).toMatch(/^TEST \\u001b\[2J\\u000a\\u202ex+$/)
  expect([peer?.subject.length, peer?.issuer.length]).toEqual([64, 64])
  expect(peer?.notAfterIso).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+08:00$/)
})

it('the simulators of the platform are known by the authority of their certificates', async () => {
  const { ask, peers } = await bench(makeIdentity({ authority: simulatedTlsAuthority }))
  await ask()
  expect(peers.map(({ issuer }) => isSimulatedIssuer(issuer))).toContain(true)
})
