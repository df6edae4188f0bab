// Keys and signed requests of a billing system for tests of the published interface.
import { randomBytes } from 'node:crypto'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { pkcs8Of, spkiOf } from '#base/crypto/accelerator.ts'
import { pemText } from '#base/crypto/certificate-request.ts'
import { readCertificates } from '#base/crypto/certs.ts'
import type { Partner } from '#money/partners/seal.ts'
import { answerMessage, requestMessage } from '#base/pure/words/envelope-text.ts'
import type { SigningKey, VerifyingKey } from '#base/ports/crypto.ts'
import { makeCertificate, signatureOid } from '#simulators/platform/certificates/certificates.ts'

const crypto = openGmCrypto()
const dayMs = 86_400_000

export interface Identity {
  readonly key: SigningKey
  readonly verifying: VerifyingKey
  readonly keyPem: string
  readonly certPem: string
}

export function newIdentity(
  name: string,
  { fromMs = Date.now() - dayMs, toMs = Date.now() + dayMs, serialHex = '5A01' } = {},
): Identity {
  const pair = crypto.keyPair()
  const key = crypto.signingKey(pair, serialHex)
  const certificate = makeCertificate({
    serialHex,
    subject: name,
    issuer: name,
    use: 'signing',
    spki: spkiOf(pair.publicKey),
    fromMs,
    toMs,
    signatureOid: signatureOid.sm2,
    sign: (tbs) => key.sign(tbs),
  })
  return {
    key,
    verifying: crypto.verifyingKey(pair.publicKey, serialHex),
    keyPem: pemText('PRIVATE KEY', pkcs8Of(pair)),
    certPem: pemText('CERTIFICATE', certificate),
  }
}

export const partnerOf = (
  id: string,
  identities: readonly Identity[],
  rights: Partner['rights'] = ['orders'],
): Partner => ({
  id,
  rights,
  keys: identities.map(({ certPem, verifying }) => {
    const [
      { notBeforeMs, notAfterMs, certSerial } = { notBeforeMs: 0, notAfterMs: 0, certSerial: '' },
    ] = readCertificates(certPem, id)
    return {
      ...verifying,
      verify: (m, s) => verifying.verify(m, s),
      certSerial,
      notBeforeMs,
      notAfterMs,
    }
  }),
})

export interface Signing {
  readonly appid: string
  readonly identity: Identity
  readonly nonce?: string
  readonly atSec?: number
}

export const newNonce = (): string => randomBytes(16).toString('hex').toUpperCase()

/** Text of the Authorization header. */
export function authorization(
  method: string,
  path: string,
  body: Uint8Array,
  { appid, identity, nonce = newNonce(), atSec = Math.floor(Date.now() / 1000) }: Signing,
): string {
  const text = requestMessage({ method, path, timestampSec: atSec, nonce, body })
  const signature = Buffer.from(identity.key.sign(text)).toString('base64')
  const members = {
    appid,
    nonce_str: nonce,
    timestamp: atSec,
    serial_no: identity.key.certSerial,
    signature,
  }
  const written = Object.entries(members).map(([name, value]) => `${name}="${value}"`)
  return `ETC-SM2-WITH-SM3 ${written.join(',')}`
}

export interface Answer {
  readonly status: number
  readonly json: Readonly<Record<string, unknown>>
  /** Code and field of a refusal. */
  readonly refused: readonly [code: string, field: string | null] | null
  /** Signed by this identity, at this time. */
  readonly isSigned: boolean
  readonly nonce: string
}

export async function answerOf(response: Response, own: Identity): Promise<Answer> {
  const body = new Uint8Array(await response.arrayBuffer())
  const of = (name: string): string => response.headers.get(name) ?? ''
  const [timestamp, nonce] = [of('etc-timestamp'), of('etc-nonce')]
  const signature = new Uint8Array(Buffer.from(of('etc-signature'), 'base64'))
  const isSigned =
    of('etc-serial') === own.key.certSerial &&
    Math.abs(Number(timestamp) - Date.now() / 1000) < 300 &&
    own.verifying.verify(answerMessage({ timestamp, nonce, body }), signature)
  const json = JSON.parse(Buffer.from(body).toString('utf8')) as Answer['json']
  const error = json['error'] as { code: string; field: string | null } | undefined
  const refused = error === undefined ? null : ([error.code, error.field] as const)
  return { status: response.status, json, refused, isSigned, nonce }
}
