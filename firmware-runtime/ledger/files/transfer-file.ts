// A file of an offline transfer: JSON Lines, gzip, SM4-GCM under a file key, in a JSON envelope (P9).
// Format: docs/transfer-format.md. A file that does not open as a whole is refused with its code.
import { joinedWhy, t, type Why } from '#base/pure/words/fault-text.ts'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import { gmSeal, gzipOpened, gzipSealed } from '#base/crypto/gzip-seal.ts'
import { openWithKey, sealToKey, type RecoveryKey } from '#base/secrets/recovery-key.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { SigningKey, VerifyingKey } from '#base/ports/crypto.ts'

/** For one file: far more than a part of a transfer needs. */
const plainBytesMax = 64 * 1024 * 1024
export const fileBytesMax = plainBytesMax
const keyBytes = 16

const base64 = z.base64()
const envelopeShape = z.strictObject({
  format: z.literal('etc-lane-transfer'),
  version: z.literal(1),
  /** `out` to the platform, `back` to the lot. */
  way: z.enum(['out', 'back']),
  lotId: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  nodeId: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  /** Number of the ledger row at which it was made. */
  number: z.int().min(1),
  part: z.int().min(1).max(9_999),
  parts: z.int().min(1).max(9_999),
  alg: z.literal('SM4-GCM'),
  /** Whose key opens it: a certificate serial, the id of the recovery key, or `lot` for answers. */
  serial: z.string().max(64),
  /** The file key sealed to that recipient; null for answers, whose key the lot derives again. */
  encKey: base64.nullable(),
  nonce: base64,
  aad: z.string().max(200),
  ciphertext: base64,
  /** SM3 of the bytes before compression. */
  sm3: z.string().regex(/^[0-9a-f]{64}$/),
  /** All keys of the lot, sealed to its recovery key; only in a file for the recovery key. */
  box: base64.nullable(),
  /** Certificate of the lot as PEM, and its signature; null for answers. */
  cert: z.string().max(8_192).nullable(),
  signature: base64.nullable(),
})
export type Envelope = z.infer<typeof envelopeShape>

type TransferId = Pick<Envelope, 'way' | 'lotId' | 'nodeId' | 'number' | 'part' | 'parts'>

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const bytesOf = (base: string): Uint8Array => new Uint8Array(Buffer.from(base, 'base64'))
const utf8 = new TextEncoder()

const digits = (value: number, count: number): string => String(value).padStart(count, '0')

/** File name on a stick, which its seal is bound to. */
export const transferName = ({ way, lotId, nodeId, number, part }: TransferId): string =>
  `${lotId}-${nodeId}-${digits(number, 9)}-${digits(part, 4)}.etc${way}`

const broken = (file: string, note: Why): LaneFault => new LaneFault('TRANSFER-01', { file, note })

/** The recipient of a transfer. */
export type Recipient =
  | { readonly kind: 'certificate'; readonly serial: string; readonly publicKey: Uint8Array }
  | {
      readonly kind: 'recovery'
      readonly id: string
      readonly publicKey: Uint8Array
      readonly box: Uint8Array
    }

/** The opener: a certificate's private key, or the recovery key. */
export type Opener =
  | { readonly kind: 'certificate'; readonly serial: string; readonly privateKey: Uint8Array }
  | { readonly kind: 'recovery'; readonly key: RecoveryKey }

function wrapped(to: Recipient, key: Uint8Array, crypto: GmCrypto) {
  return to.kind === 'certificate'
    ? { serial: to.serial, encKey: text(crypto.encryptFor(to.publicKey, key)), box: null }
    : { serial: to.id, encKey: text(sealToKey(key, to.publicKey)), box: text(to.box) }
}

/** The signed text: the envelope without its signature, with the digest of the bytes. */
function signedText({ signature: _, ...rest }: Envelope): Uint8Array {
  const ciphertext = createHash('sha256').update(bytesOf(rest.ciphertext)).digest('hex')
  return utf8.encode(`${JSON.stringify({ ...rest, ciphertext })}\n`)
}

type Sealing = Pick<Envelope, 'serial' | 'encKey' | 'box' | 'cert'>

function sealed(
  id: TransferId,
  lines: readonly string[],
  key: Uint8Array,
  to: Sealing,
  crypto: GmCrypto,
): Envelope {
  const { way, lotId, nodeId, number, part, parts } = id
  const plain = utf8.encode(`${lines.join('\n')}\n`)
  const aad = transferName(id)
  const { nonce, ciphertext, digest: sm3 } = gzipSealed(plain, aad, key, gmSeal(crypto))
  return {
    format: 'etc-lane-transfer',
    version: 1,
    way,
    lotId,
    nodeId,
    number,
    part,
    parts,
    alg: 'SM4-GCM',
    serial: to.serial,
    encKey: to.encKey,
    nonce: text(nonce),
    aad,
    ciphertext: text(ciphertext),
    sm3,
    box: to.box,
    cert: to.cert,
    signature: null,
  }
}

interface OutTransfer {
  readonly id: TransferId
  readonly lines: readonly string[]
  readonly to: Recipient
  /** PEM of `signer`'s certificate. */
  readonly cert: string
  readonly signer: SigningKey
}

/** Makes an outgoing file, signed by the lot. */
export function sealOut({ id, lines, to, cert, signer }: OutTransfer, crypto: GmCrypto): string {
  const key = globalThis.crypto.getRandomValues(new Uint8Array(keyBytes))
  const envelope = sealed(id, lines, key, { ...wrapped(to, key, crypto), cert }, crypto)
  const signature = text(signer.sign(signedText(envelope)))
  return `${JSON.stringify({ ...envelope, signature })}\n`
}

/** Seals the answers under a key known only to the lot and the opener of its transfer. */
export function sealBack(
  id: TransferId,
  lines: readonly string[],
  key: Uint8Array,
  crypto: GmCrypto,
): string {
  const to = { serial: 'lot', encKey: null, box: null, cert: null }
  return `${JSON.stringify(sealed(id, lines, key, to, crypto))}\n`
}

/** Throws TRANSFER-01 for another or an incomplete file. */
export function readEnvelope(source: string, file: string): Envelope {
  const found = envelopeShape.safeParse(parsed(source))
  if (!found.success)
    throw broken(file, found.error.issues[0]?.path.join('/') ?? t('不是 JSON', 'no JSON'))
  if (found.data.aad !== transferName(found.data))
    throw broken(file, t('它的名称与内容不符', 'its name is another one'))
  return found.data
}

/** Throws TRANSFER-02 when the lot's certificate did not sign it. */
export function mustBeSigned(envelope: Envelope, key: VerifyingKey, file: string): void {
  const signature = bytesOf(envelope.signature ?? '')
  if (!key.verify(signedText(envelope), signature))
    throw new LaneFault('TRANSFER-02', {
      file,
      note: t('不是由这个停车场签名', 'not signed by this lot'),
    })
}

/** Null when it is sealed to another key. */
function keyOf({ encKey, serial }: Envelope, by: Opener, crypto: GmCrypto): Uint8Array | null {
  if (encKey === null || serial !== (by.kind === 'certificate' ? by.serial : by.key.id)) return null
  if (by.kind === 'recovery') return openWithKey(bytesOf(encKey), by.key)
  return orIfFault(() => crypto.decryptWith(by.privateKey, bytesOf(encKey)), null)
}

function opened(envelope: Envelope, key: Uint8Array, crypto: GmCrypto, file: string): string[] {
  const { nonce, ciphertext, aad, sm3 } = envelope
  const seal = { nonce: bytesOf(nonce), ciphertext: bytesOf(ciphertext), sm3 }
  let plain: Uint8Array
  try {
    plain = gzipOpened({ ...seal, digest: seal.sm3 }, aad, key, gmSeal(crypto), plainBytesMax)
  } catch (error) {
    throw broken(
      file,
      joinedWhy([
        t('它的密封不成立', 'its seal does not hold'),
        error instanceof LaneFault ? (error.detail.note ?? '') : String(error),
      ]),
    )
  }
  return new TextDecoder().decode(plain).split('\n').slice(0, -1)
}

/** Lines of an outgoing transfer. Throws TRANSFER-01, or TRANSFER-02 when it is for another key. */
export function openOut(
  envelope: Envelope,
  by: Opener,
  crypto: GmCrypto,
  file: string,
): readonly string[] {
  const key = keyOf(envelope, by, crypto)
  if (key === null)
    throw new LaneFault('TRANSFER-02', {
      file,
      value: envelope.serial,
      note: t('用的是别的密钥', 'for another key'),
    })
  return opened(envelope, key, crypto, file)
}

/** Lines of the answers. Throws TRANSFER-01 when they were altered or belong to another ledger. */
export const openBack = (
  envelope: Envelope,
  key: Uint8Array,
  crypto: GmCrypto,
  file: string,
): readonly string[] => opened(envelope, key, crypto, file)

/** The key of answers: derived from the ledger's chain key, so that it need not be stored. */
export function backKey(
  { lotId, nodeId, number }: Pick<TransferId, 'lotId' | 'nodeId' | 'number'>,
  chainKey: Uint8Array,
  crypto: Pick<GmCrypto, 'hmacSm3'>,
): Uint8Array {
  const purpose = `etc-lane transfer 1 back ${lotId} ${nodeId} ${number}`
  return crypto.hmacSm3(chainKey, utf8.encode(purpose)).subarray(0, keyBytes)
}
