// A real HTTPS server on loopback for client tests, with a certificate chain made on the spot.
// P-256 keys of node:crypto: the ordinary TLS of P4, nothing of the product's own cryptography.
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  makeCertificate,
  signatureOid,
  type CertificateUse,
} from '#simulators/platform/certificates/certificates.ts'

export interface ServerIdentity {
  readonly caPem: string
  readonly certPem: string
  readonly keyPem: string
}

export interface IdentityOptions {
  /** A certificate without any host name in it. */
  readonly nameless?: boolean
  readonly expired?: boolean
  /** Common names after `TEST `. */
  readonly authority?: string
  readonly subject?: string
}

const pem = (label: string, data: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(data).toString('base64')}\n-----END ${label}-----\n`

const dayMs = 86_400_000

/** A fresh authority and a server certificate signed by it. */
export function makeIdentity(options: IdentityOptions = {}): ServerIdentity {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const nowMs = Date.now()
  const issuer = options.authority ?? 'authority'
  const issue = (key: KeyObject, use: CertificateUse, toMs: number): string =>
    pem(
      'CERTIFICATE',
      makeCertificate({
        serialHex: use === 'authority' ? '41' : '42',
        subject: use === 'authority' ? issuer : (options.subject ?? use),
        issuer,
        spki: Uint8Array.from(key.export({ format: 'der', type: 'spki' })),
        fromMs: nowMs - 3 * dayMs,
        toMs,
        use,
        signatureOid: signatureOid.ecdsa,
        sign: (tbs) => Uint8Array.from(createSign('sha256').update(tbs).sign(authority.privateKey)),
      }),
    )
  const use = options.nameless === true ? 'signing' : 'tls-server'
  const toMs = nowMs + (options.expired === true ? -dayMs : dayMs)
  return {
    caPem: issue(authority.publicKey, 'authority', nowMs + dayMs),
    certPem: issue(server.publicKey, use, toMs),
    keyPem: String(server.privateKey.export({ format: 'pem', type: 'pkcs8' })),
  }
}

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface TlsServer {
  readonly baseUrl: string
  readonly caFile: string
  readonly seen: SeenRequest[]
  /** Number of connections so far: keep-alive shows here. */
  connections(): number
  /** Ends every connection; new ones are under this certificate. */
  replace(identity: ServerIdentity): void
  close(): Promise<void>
}

export type Respond = (request: SeenRequest, response: ServerResponse) => void

export async function tlsServer(identity: ServerIdentity, respond: Respond): Promise<TlsServer> {
  const seen: SeenRequest[] = []
  const sockets = new Set<Duplex>()
  let connections = 0
  const server: Server = createServer({ cert: identity.certPem, key: identity.keyPem })
  server.on('connection', (socket) => {
    connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('request', (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const entry = { method, path: url, headers, body: Buffer.concat(parts) }
      seen.push(entry)
      respond(entry, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const folder = mkdtempSync(join(tmpdir(), 'etc-tls-'))
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, identity.caPem)
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `https://127.0.0.1:${port}`,
    caFile,
    seen,
    connections: () => connections,
    replace({ certPem, keyPem }) {
      server.setSecureContext({ cert: certPem, key: keyPem })
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      rmSync(folder, { recursive: true })
    },
  }
}
