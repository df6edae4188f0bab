// Whole HTTPS exchanges against a TLS server with real certificates: valid, expired, of an unknown authority, without a
// name. A peer that is no web server, or does not answer, is a lost probe with its reason.
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { httpsTimes } from '#survey/instruments/https-times.ts'
import { makeIdentity, tlsServer, type IdentityOptions } from '../../ledger/http/tls-server.ts'

const never = new AbortController().signal
const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function server(options: IdentityOptions = {}) {
  const tls = await tlsServer(makeIdentity(options), (_, response) => {
    response.writeHead(404)
    response.end()
  })
  ends.push(() => tls.close())
  return { tls, port: Number(new URL(tls.baseUrl).port), ca: readFileSync(tls.caFile, 'utf8') }
}

const run = (port: number, over: { ca?: string; strict?: boolean; timeoutMs?: number } = {}) =>
  httpsTimes(
    {
      host: '127.0.0.1',
      address: '127.0.0.1',
      port,
      card: null,
      count: 3,
      everyMs: 10,
      timeoutMs: 2_000,
      strict: false,
      ca: null,
      ...over,
    },
    never,
  )

/** A listener that speaks no TLS. */
async function listener(answer: (socket: Socket) => void) {
  const sockets: Socket[] = []
  const one = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    answer(socket)
  })
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => one.close(() => resolve()))
  }
  ends.push(close)
  return { port: (one.address() as AddressInfo).port, close }
}

describe('https times', () => {
  it('are of a new connection, its handshake and a HEAD each, whatever the page says', async () => {
    const { tls, port, ca } = await server()
    const { latenciesMs, complaint, certificate } = await run(port, { ca })
    expect(latenciesMs).toHaveLength(3)
    expect(latenciesMs.every((ms) => ms !== null && ms > 0)).toBe(true)
    expect([complaint, certificate]).toEqual(['', ''])
    expect(tls.connections()).toBe(3)
    expect(tls.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array.from({ length: 3 }, () => 'HEAD /'),
    )
  })

  it.each([
    ['expired', { expired: true }, true, 'CERT_HAS_EXPIRED'],
    ['of an authority we do not know', {}, false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['of another host', { nameless: true }, true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)(
    'are taken with a certificate that is %s, and say so',
    async (_, made, known, name) => {
      const { tls, port, ca } = await server(made)
      const trust = known ? { ca } : {}
      const result = await run(port, trust)
      expect(result.certificate).toBe(name)
      expect(result.latenciesMs.every((ms) => ms !== null)).toBe(true)
      const before = tls.seen.length
      const strict = await run(port, { ...trust, strict: true })
      expect(strict).toMatchObject({ certificate: name, latenciesMs: [null] })
      // No request is sent to a server whose certificate is refused.
      expect(tls.seen).toHaveLength(before)
    },
  )

  it('are lost where nobody speaks TLS, nobody answers, or nobody listens', async () => {
    const plain = await listener((socket) => socket.end('hello\n').resume())
    const silent = await listener((socket) => socket.resume())
    const other = await run(plain.port)
    expect(other.latenciesMs).toEqual([null, null, null])
    expect(other.complaint).not.toBe('')
    const late = await run(silent.port, { timeoutMs: 30 })
    expect(late).toMatchObject({ latenciesMs: [null, null, null] })
    expect(late.complaint).toBe('noAnswerIn 30')
    await plain.close()
    expect((await run(plain.port)).complaint).toContain('ECONNREFUSED')
  })
})
