// A partner with passes and a webhook at a running lot: its members over HTTP, the news to a server of its own over HTTP and
// HTTPS, signatures checked by openssl, and servers that answer nothing, a page, a redirect or an endless body.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, globalAgent, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { PartnerEvent } from '#money/ports/partner.ts'
import { requestMessage } from '#base/pure/words/envelope-text.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { freePort } from '../kit/free-port.ts'
import { answerOf } from '../kit/partner-kit.ts'
import { maker, ownOf, sent, signedBy } from './kit/access-lot.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

const undo: (() => void)[] = []
afterEach(async () => {
  for (const one of undo.splice(0)) one()
  await cleanUp()
})

interface Post {
  readonly authorization: string
  readonly path: string
  readonly body: Buffer
  readonly events: readonly PartnerEvent[]
  readonly next: number
}

type Answer = (post: Post, response: ServerResponse) => void

/** A server of the partner; `answer` may be changed while it runs. */
class Receiver {
  readonly posts: Post[] = []
  url = ''
  answer: Answer = ({ next }, response) => response.end(JSON.stringify({ next }))

  async open(tls: { readonly key: Buffer; readonly cert: Buffer } | null = null): Promise<void> {
    const take = (request: IncomingMessage, response: ServerResponse): void => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const body = Buffer.concat(parts)
        const said = JSON.parse(body.toString('utf8')) as Pick<Post, 'events' | 'next'>
        const { authorization: signed = '' } = request.headers
        const post = { authorization: signed, path: request.url ?? '', body, ...said }
        this.posts.push(post)
        this.answer(post, response)
      })
    }
    const server = tls === null ? createServer(take) : createTlsServer(tls, take)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    undo.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    this.url = `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}/events?lot=1`
  }

  get members(): readonly string[] {
    return this.posts.flatMap(({ events }) => events.map(({ member }) => member?.memberNo ?? ''))
  }
}

async function lotWith(webhook: object) {
  const dir = join(newFolder(), 'lot')
  const words = ['--layout', '7.1.1', '--mode', 'demo', '--charge', 'card']
  const init = ['lot', 'init', '--data', dir, ...words, '--offline', 'other-payment']
  expect((await runToEnd(init)).code).toBe(0)
  const file = join(dir, 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as { readonly lotId: string }
  const certFile = join(dir, 'maker.pem')
  writeFileSync(certFile, maker.certPem)
  const certDir = join(dir, 'keys', 'partners')
  const partners = [{ id: 'MAKER', certFile, rights: ['members'], webhook }]
  const published = { host: '127.0.0.1', port: 0, certDir, partners }
  const port = await freePort()
  writeFileSync(file, JSON.stringify({ ...lot, published: { ...published, port } }))
  expect((await runToEnd(['access', 'keys', '--data', dir])).code).toBe(0)
  const pemFile = join(certDir, 'client.pem')
  const own = ownOf({ certDir })
  let program = new Program(['run', '--data', dir, '--timing', 'instant'])
  await program.ready()
  const put = async (no: string, name: string) => {
    const path = `/v1/members/${no}`
    const plates = [`测A${no.padStart(5, '0')}`]
    const pass = { kind: 'white', name, plates, spaces: null, areas: null }
    const content = { ...pass, from: '2026-01-01', until: null }
    const body = { rev: null, operator: '操作员', content }
    const request = signedBy({ method: 'PUT', path, body })
    return answerOf(await sent(`http://127.0.0.1:${port}`, request, globalAgent), own)
  }
  return {
    lotId: lot.lotId,
    pemFile,
    put,
    get of() {
      return program
    },
    async killed() {
      await program.stop('SIGKILL')
      program = new Program(['run', '--data', dir, '--timing', 'instant'])
      await program.ready()
    },
  }
}

/** Judged by openssl, from the text of docs/billing-interface.md. */
function isSigned({ authorization: header, path, body }: Post, pemFile: string): string {
  const of = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? ''
  const dir = newFolder()
  const at = (name: string): string => join(dir, name)
  const [timestampSec, nonce] = [Number(of('timestamp')), of('nonce_str')]
  writeFileSync(at('text'), requestMessage({ method: 'POST', path, timestampSec, nonce, body }))
  writeFileSync(at('sig'), Buffer.from(of('signature'), 'base64'))
  const pub = execFileSync('openssl', ['x509', '-in', pemFile, '-noout', '-pubkey'])
  writeFileSync(at('pub'), pub)
  const verify = ['dgst', '-sm3', '-verify', at('pub'), '-sigopt', 'distid:1234567812345678']
  const said = execFileSync('openssl', [...verify, '-signature', at('sig'), at('text')])
  return `${of('appid')} ${said.toString('utf8').trim()}`
}

it('sends each change once in order, signed, also after it was killed', async () => {
  const receiver = new Receiver()
  await receiver.open()
  const lot = await lotWith({ url: receiver.url })
  expect(await lot.put('1', '甲')).toMatchObject({ status: 200, isSigned: true })
  await eventually(
    () => receiver.members,
    (all) => all.length === 1,
    { of: lot.of },
  )
  const [first] = receiver.posts
  expect(isSigned(present(first, 'it is there'), lot.pemFile)).toBe(`${lot.lotId} Verified OK`)
  expect(first?.path).toBe('/events?lot=1')
  // The answer is lost: the same comes again after the kill.
  receiver.answer = (_, response) => response.destroy()
  expect((await lot.put('2', '乙')).status).toBe(200)
  await eventually(
    () => receiver.members,
    (all) => all.length === 2,
    { of: lot.of },
  )
  receiver.answer = ({ next }, response) => response.end(JSON.stringify({ next }))
  await lot.killed()
  expect((await lot.put('3', '丙')).status).toBe(200)
  await eventually(
    () => receiver.members,
    (all) => all.includes('3'),
    { of: lot.of },
  )
  expect(receiver.members).toEqual(['1', '2', '2', '3'])
})

it('sends over HTTPS to the certificate of the lot file alone', async () => {
  const dir = newFolder()
  const at = (name: string): string => join(dir, name)
  const subject = ['-subj', '/CN=maker', '-addext', 'subjectAltName=IP:127.0.0.1']
  for (const name of ['one', 'other'])
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-days', '2', ...subject, '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)],
    ])
  const receiver = new Receiver()
  await receiver.open({ key: readFileSync(at('one.key')), cert: readFileSync(at('one.pem')) })
  const trusted = await lotWith({ url: receiver.url, caFile: at('one.pem') })
  expect((await trusted.put('1', '甲')).status).toBe(200)
  await eventually(
    () => receiver.members,
    (all) => all.length === 1,
    { of: trusted.of },
  )
  const foreign = await lotWith({ url: receiver.url, caFile: at('other.pem') })
  expect((await foreign.put('2', '乙')).status).toBe(200)
  expect((await foreign.put('3', '丙')).status).toBe(200)
  expect(receiver.members).toEqual(['1'])
})

it.each<[string, Answer]>([
  ['nothing', () => undefined],
  ['a page', (_, response) => response.end('<html>sign in</html>')],
  ['a redirect', (_, response) => response.writeHead(302, { location: '/other' }).end()],
  ['an error', (_, response) => response.writeHead(500).end('{"next":1}')],
  ['an endless body', (_, response) => response.end('{'.repeat(1_000_000))],
])('a server that answers %s is asked again, and the lot goes on', async (_, answer) => {
  const receiver = new Receiver()
  receiver.answer = answer
  await receiver.open()
  const lot = await lotWith({ url: receiver.url })
  for (const no of ['1', '2', '3']) expect((await lot.put(no, '甲')).status).toBe(200)
  await eventually(
    () => receiver.posts,
    (all) => all.length === 1,
    { of: lot.of },
  )
  receiver.answer = ({ next }, response) => response.end(JSON.stringify({ next }))
  const taken = () => receiver.posts.slice(1).flatMap(({ events }) => events)
  await eventually(taken, (all) => all.length === 3, { of: lot.of })
  expect(taken().map(({ member }) => member?.memberNo)).toEqual(['1', '2', '3'])
  expect(receiver.posts.every(({ path }) => path === '/events?lot=1')).toBe(true)
})
