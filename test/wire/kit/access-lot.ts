// A lot under `etc-lane access` without a device, whose one partner MAKER sends requests over connections that the test gives.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request as plain, type Agent } from 'node:http'
import { request as secure } from 'node:https'
import { join } from 'node:path'
import { readCertificates } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { present } from '#base/pure/values/must.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { bareExit, bareLot } from '../../kit/bare-lot.ts'
import { freePort } from '../../kit/free-port.ts'
import { authorization, newIdentity, type Identity } from '../../kit/partner-kit.ts'
import { newFolder } from './live-program.ts'

export const maker = newIdentity('maker')
export const byMaker = { appid: 'MAKER', identity: maker }

interface AccessLot {
  readonly dir: string
  readonly certDir: string
  readonly port: number
  /** The lot file, and its content without `published`. */
  readonly file: string
  readonly lot: object
}

/** `more`: members of `published`. */
export async function newAccessLot(
  more: object = {},
  layout: '7.1.1' | '7.2.1' = '7.1.1',
): Promise<AccessLot> {
  const dir = join(newFolder(), 'lot')
  mkdirSync(dir)
  const lot = bareLot({ layout })
  const certFile = join(dir, 'maker.pem')
  writeFileSync(certFile, maker.certPem)
  const certDir = join(dir, 'keys', 'partners')
  const partners = [{ id: byMaker.appid, certFile, rights: ['orders'] }]
  const published = { host: '127.0.0.1', port: await freePort(), certDir, partners, ...more }
  const rsu = 'tcp://127.0.0.1:9?variant=generic-bcc'
  const lanes = [{ ...bareExit, rsu, ordersFrom: byMaker.appid }]
  writeLot(dir, { ...lot, lanes, published }, null)
  return { dir, certDir, port: published.port, lot, file: join(dir, 'lot.json') }
}

/** The identity of the lot, by which its answers are judged. */
export function ownOf({ certDir }: Pick<AccessLot, 'certDir'>): Identity {
  const file = join(certDir, 'client.pem')
  const [cert] = readCertificates(readFileSync(file, 'utf8'), file)
  const { publicKey, certSerial } = present(cert, 'one certificate')
  const verifying = openGmCrypto().verifyingKey(publicKey, certSerial)
  return { ...maker, key: { ...maker.key, certSerial }, verifying }
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** Text of the signed request, made before it is sent. */
export function signedBy({ method, path, body }: Asked) {
  const text = body === undefined ? '' : JSON.stringify(body)
  const signed = authorization(method, path, Buffer.from(text), byMaker)
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const length = { 'content-length': Buffer.byteLength(text) }
  return { method, path, text, headers: { authorization: signed, ...length, ...type } }
}

/** Sends it; rejects where the connection ends without an answer. */
export function sent(
  url: string,
  { method, path, text, headers }: ReturnType<typeof signedBy>,
  agent: Agent,
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const send = url.startsWith('https:') ? secure : plain
  const asking = send(`${url}${path}`, { agent, method, headers }, (incoming) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('error', reject)
    incoming.on('end', () => {
      const given = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ])
      const { statusCode: status = 0 } = incoming
      resolve(new Response(Buffer.concat(parts), { status, headers: given }))
    })
  })
  asking.on('error', reject)
  asking.end(text)
  return promise
}
