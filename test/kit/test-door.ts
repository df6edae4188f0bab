// A door of a centre as docs/centre.md describes it, in memory, for tests of the lot's side: it checks each batch with
// node:crypto and a signature check of its own, and can be told to answer something else.
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { createServer, type ServerOptions } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { gunzipSync } from 'node:zlib'
import { readCertificate } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { pemBlocks } from '#base/crypto/pem.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { keyOfRequest, testAuthority, type TestAuthority } from './test-authority.ts'

interface HeldPairing {
  readonly lotId: string
  readonly tlsRequest: string
  readonly signRequest: string
  readonly commitment: string
  readonly challenge: string
  secret: string | null
  state: 'pending' | 'accepted' | 'refused' | 'expired'
  tlsCertificate: string | null
  signCertificate: string | null
}
/** What the door says in place of its own answer; null: its own. */
type Said = ((response: ServerResponse, path: string) => void) | null

const crypto = openGmCrypto()
const sm3 = (data: string | Uint8Array): Buffer => createHash('sm3').update(data).digest()
const digestOfPem = (pem: string, label: string): string =>
  sm3(present(pemBlocks(pem, label)[0], label)).toString('hex')

export class TestDoor {
  authority: TestAuthority = testAuthority()
  readonly pairings = new Map<string, HeldPairing>()
  /** Lines of the node as they came. */
  lines: string[] = []
  /** d after row n at place n. */
  heads: string[] = ['0'.repeat(64)]
  readonly requests: string[] = []
  /** Heartbeats as they came. */
  readonly beats: unknown[] = []
  said: Said = null
  pace = { everyMs: 500, maxRows: 500 }
  url = ''
  private readonly sockets = new Set<Duplex>()
  private server: ReturnType<typeof createServer> | null = null
  private port = 0

  /** `tls`: the key and certificate it shows; absent: as it should. */
  async open(tls: { key: string; cert: string } = this.authority.door()): Promise<this> {
    const options: ServerOptions = { ...tls, requestCert: true, rejectUnauthorized: false }
    const server = createServer(options, (request, response) => void this.serve(request, response))
    server.on('connection', (socket) => this.sockets.add(socket))
    this.server = server
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done))
    this.port = (server.address() as AddressInfo).port
    this.url = `https://127.0.0.1:${this.port}`
    return this
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise((done) => this.server?.close(done) ?? done(null))
  }

  /** Shows another certificate on the same port. */
  async reopen(tls: { key: string; cert: string } = this.authority.door()): Promise<void> {
    await this.close()
    await this.open(tls)
  }

  /** The digits of each pairing that waits, by the page of the protocol. */
  get digits(): readonly string[] {
    return [...this.pairings.values()].flatMap((one) => {
      if (one.state !== 'pending' || one.secret === null) return []
      const text = [
        'etc-lane pairing 1',
        one.lotId,
        digestOfPem(one.tlsRequest, 'CERTIFICATE REQUEST'),
        digestOfPem(one.signRequest, 'CERTIFICATE REQUEST'),
        digestOfPem(this.authority.pem, 'CERTIFICATE'),
        one.secret,
        one.challenge,
      ].join('\n')
      const number = sm3(text).readBigUInt64BE(0) % 1_000_000n
      return [number.toString().padStart(6, '0')]
    })
  }

  /** Decides every pairing that waits. `made`: certificates in place of the right ones. */
  decide(
    state: 'accepted' | 'refused' | 'expired',
    made: (one: HeldPairing) => { tls: string; sign: string } = (one) => this.issued(one),
  ): void {
    for (const one of this.pairings.values()) {
      if (one.state !== 'pending') continue
      one.state = state
      if (state !== 'accepted') continue
      const { tls, sign } = made(one)
      ;[one.tlsCertificate, one.signCertificate] = [tls, sign]
    }
  }

  issued({ lotId, tlsRequest, signRequest }: HeldPairing, of = this.authority) {
    const tls = of.issue(lotId, keyOfRequest(tlsRequest), 'client')
    return { tls, sign: of.issue(lotId, keyOfRequest(signRequest), 'client') }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    this.requests.push(`${request.method} ${path}`)
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    if (this.said !== null) return this.said(response, path)
    const [status, body] = this.answer(request, path, Buffer.concat(parts))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  private answer(request: IncomingMessage, path: string, body: Buffer): [number, unknown] {
    if (path === '/v1/rows') return this.rows(request, body)
    if (path === '/v1/beat') return this.beat(request, body)
    const [, id = '', what] = /^\/v1\/pairings(?:\/([\w-]+)(\/secret)?)?$/.exec(path) ?? []
    if (id === '') return this.ask(body)
    const held = this.pairings.get(id)
    if (held === undefined) return [404, {}]
    if (what === undefined) {
      const { state, tlsCertificate, signCertificate } = held
      return [200, { state, tlsCertificate, signCertificate }]
    }
    const { secret } = JSON.parse(body.toString()) as { secret: string }
    if (sm3(Buffer.from(secret, 'hex')).toString('hex') !== held.commitment) return [400, {}]
    held.secret = secret
    return [200, { state: 'pending' }]
  }

  private ask(body: Buffer): [number, unknown] {
    const pairingId = randomBytes(8).toString('hex')
    const challenge = randomBytes(32).toString('hex')
    const asked = JSON.parse(body.toString()) as HeldPairing
    const none = { tlsCertificate: null, signCertificate: null }
    this.pairings.set(pairingId, { ...asked, challenge, secret: null, state: 'pending', ...none })
    return [201, { pairingId, challenge, authority: this.authority.pem }]
  }

  private accepted(serial: string): HeldPairing | undefined {
    return [...this.pairings.values()].find(
      ({ signCertificate }) => signCertificate !== null && serialOf(signCertificate) === serial,
    )
  }

  private beat({ socket }: IncomingMessage, body: Buffer): [number, unknown] {
    const peer = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
    const isKnown = [...this.pairings.values()].some(
      (one) => one.tlsCertificate !== null && peer?.raw.equals(tlsOf(one).raw) === true,
    )
    if (!isKnown) return [401, { reason: 'unknown' }]
    this.beats.push(JSON.parse(body.toString()))
    return [200, { everyMs: 60_000, commands: [] }]
  }

  private rows(request: IncomingMessage, body: Buffer): [number, unknown] {
    const header = (name: string): string => String(request.headers[name] ?? '')
    const pairing = this.accepted(header('etc-serial'))
    const { socket } = request
    const peer = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
    if (pairing === undefined || peer?.raw.equals(tlsOf(pairing).raw) !== true)
      return [401, { reason: 'unknown' }]
    const [from, to] = [Number(header('etc-from')), Number(header('etc-to'))]
    const names = ['etc-lot', 'etc-node', 'etc-from', 'etc-to', 'etc-prev', 'etc-head']
    const text = ['etc-lane rows 1', ...names.map(header)].join('\n')
    const { publicKey } = readCertificate(
      new X509Certificate(pairing.signCertificate ?? '').raw,
      '',
    )
    const key = crypto.verifyingKey(publicKey, header('etc-serial'))
    const signature = present(bytesOfHex(header('etc-signature')), 'hex')
    if (!key.verify(Buffer.from(text), signature)) return [401, { reason: 'signature' }]
    return this.batch(from, to, header, gunzipSync(body).toString('utf8'))
  }

  private batch(
    from: number,
    to: number,
    header: (name: string) => string,
    text: string,
  ): [number, unknown] {
    const last = this.lines.length
    const lines = text.slice(0, -1).split('\n')
    const heads = headsOf(header('etc-prev'), lines)
    if (lines.length !== to - from + 1 || heads.at(-1) !== header('etc-head'))
      return [400, { field: 'Etc-Head', value: header('etc-head') }]
    const { pace } = this
    if (to <= last)
      return this.heads[to] === heads.at(-1) ? [200, { last, pace }] : [412, { forked: last }]
    if (from !== last + 1) return [409, { want: last + 1 }]
    if (this.heads[last] !== header('etc-prev')) return [412, { forked: last }]
    this.lines.push(...lines)
    this.heads.push(...heads)
    return [200, { last: to, pace, commands: [] }]
  }
}

const serialOf = (pem: string): string =>
  readCertificate(new X509Certificate(pem).raw, '').certSerial
const tlsOf = ({ tlsCertificate }: HeldPairing) => new X509Certificate(tlsCertificate ?? '')

/** d after each line, by the page of the protocol. */
function headsOf(prev: string, lines: readonly string[]): readonly string[] {
  let before: Buffer = Buffer.from(prev, 'hex')
  return lines.map((line) => {
    const r = line.startsWith('#') ? Buffer.from(line.slice(1), 'hex') : sm3(line)
    before = sm3(Buffer.concat([before, r]))
    return before.toString('hex')
  })
}
