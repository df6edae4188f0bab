// The recovery key of a lot: made once, kept by people on paper or a stick, never on the machine. The machine has the
// public half and seals the lot's keys to it (docs/recovery-format.md).
import { t } from '../pure/words/fault-text.ts'
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'
import { LaneFault, type Why } from '../pure/faults/faults.ts'

/** Digits and capitals without I, L, O and U, which look alike in handwriting. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const seedBytes = 32
const idBytes = 4
const checkBytes = 3
const textBytes = 1 + idBytes + seedBytes + checkBytes
const groupLength = 4
const boxMagic = 'ETCBOX01'
const macBytes = 32
const publicBytes = 32
const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex')
const spkiHead = Buffer.from('302a300506032b656e032100', 'hex')

export const sha256Of = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export interface RecoveryKey {
  /** Eight hex digits, on paper and in the folder: they show which key opens which lot. */
  readonly id: string
  readonly publicKey: Uint8Array
  readonly seed: Uint8Array
}

const privateOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })

const publicKeyObject = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' })

const rawPublic = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-publicBytes)

export const keyIdOf = (publicKey: Uint8Array): string =>
  sha256Of(publicKey).subarray(0, idBytes).toString('hex')

export function recoveryKeyOf(seed: Uint8Array = randomBytes(seedBytes)): RecoveryKey {
  const publicKey = rawPublic(privateOf(seed))
  return { id: keyIdOf(publicKey), publicKey, seed }
}

/** Content of a text: 0 the whole key, 1 or 2 one of its two shares. */
type Part = 0 | 1 | 2

function textOf(part: Part, id: string, bytes: Uint8Array): string {
  const body = Buffer.concat([Buffer.from([part]), Buffer.from(id, 'hex'), bytes])
  const all = Buffer.concat([body, sha256Of(body).subarray(0, checkBytes)])
  const bits = [...all].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = bits.match(/.{5}/g) ?? []
  const text = letters.map((five) => alphabet.charAt(Number.parseInt(five, 2))).join('')
  return (text.match(new RegExp(`.{${groupLength}}`, 'g')) ?? []).join('-')
}

/** The key as printed: 64 letters in 16 groups. */
export const recoveryText = ({ id, seed }: RecoveryKey): string => textOf(0, id, seed)

const xor = (a: Uint8Array, b: Uint8Array): Buffer =>
  Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)))

/** Two texts that make the key only together: each alone is random. */
export function recoveryShares({ id, seed }: RecoveryKey): readonly [string, string] {
  const one = randomBytes(seedBytes)
  return [textOf(1, id, one), textOf(2, id, xor(seed, one))]
}

const bad = (note: Why): LaneFault => new LaneFault('RECOVERY-01', { note })

function readText(text: string): { part: Part; id: string; bytes: Buffer } {
  const clean = text.toUpperCase().replaceAll(/[\s-]/g, '')
  const letters = clean.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (letters.length !== (textBytes * 8) / 5) throw bad(`${letters.length} letters, not 64`)
  const bits = [...letters].map((letter) => {
    const value = alphabet.indexOf(letter)
    if (value < 0) throw bad(t('有密钥不用的字母', 'a letter that no key has'))
    return value.toString(2).padStart(5, '0')
  })
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
  const all = Buffer.from(bytes)
  const body = all.subarray(0, -checkBytes)
  const part = body[0]
  if (!sha256Of(body).subarray(0, checkBytes).equals(all.subarray(-checkBytes)))
    throw bad(t('校验字母不符,有字母写错', 'the check letters do not fit: a letter is wrong'))
  if (part !== 0 && part !== 1 && part !== 2)
    throw bad(t('由更新的版本生成', 'made by a newer version'))
  return {
    part,
    id: body.subarray(1, 1 + idBytes).toString('hex'),
    bytes: body.subarray(1 + idBytes),
  }
}

/** Lines with a key; other lines of a file are for people. */
const textShape = /^\s*(?:[0-9A-Z]{4}[- ]){15}[0-9A-Z]{4}\s*$/gim

/** The key from one text, or from two shares in either order. Throws RECOVERY-01 otherwise. */
export function readRecoveryKey(source: string): RecoveryKey {
  const found = [...new Set(source.match(textShape) ?? [source])].map(readText)
  const [first, second] = found
  if (first === undefined || found.length > 2)
    throw bad(t('一个密钥,或它的两份', 'one key, or its two shares'))
  if (second === undefined && first.part !== 0)
    throw bad(
      t(
        `只有两份中的第 ${first.part} 份,还要另一份`,
        `only share ${first.part} of 2: the other one is needed as well`,
      ),
    )
  if (second !== undefined) {
    if (first.part + second.part !== 3 || first.part === 0 || second.part === 0)
      throw bad(t('不是第 1 份和第 2 份', 'these are not share 1 and share 2'))
    if (first.id !== second.id) throw bad(t('两份属于不同的密钥', 'the two shares are of two keys'))
  }
  const key = recoveryKeyOf(second === undefined ? first.bytes : xor(first.bytes, second.bytes))
  if (key.id !== first.id) throw bad(t('密钥与它的编号不符', 'the key does not fit its own number'))
  return key
}

interface Streams {
  readonly cipherKey: Uint8Array
  readonly macKey: Uint8Array
  readonly iv: Uint8Array
}

/** Keys of one sealed text or file, from the shared secret. */
export function streamKeys(ikm: Uint8Array, salt: Uint8Array, purpose: string): Streams {
  const okm = Buffer.from(hkdfSync('sha256', ikm, salt, `etc-lane recovery 1 ${purpose}`, 80))
  return { cipherKey: okm.subarray(0, 32), macKey: okm.subarray(32, 64), iv: okm.subarray(64) }
}

/** `magic 8 | ephemeral public key 32 | AES-256-CTR | HMAC-SHA256 32` over all before it. */
export function sealToKey(plain: Uint8Array, publicKey: Uint8Array): Buffer {
  const own = privateOf(randomBytes(seedBytes))
  const ephemeral = rawPublic(own)
  const shared = diffieHellman({ privateKey: own, publicKey: publicKeyObject(publicKey) })
  const keys = streamKeys(shared, Buffer.concat([ephemeral, publicKey]), 'keys')
  const cipher = createCipheriv('aes-256-ctr', keys.cipherKey, keys.iv)
  const body = Buffer.concat([Buffer.from(boxMagic), ephemeral, cipher.update(plain)])
  return Buffer.concat([body, createHmac('sha256', keys.macKey).update(body).digest()])
}

/** Opens a sealed text; null for another key or an altered text. */
export function openWithKey(box: Uint8Array, key: RecoveryKey): Buffer | null {
  const start = boxMagic.length + publicBytes
  if (box.length < start + macBytes) return null
  if (Buffer.from(box.subarray(0, boxMagic.length)).toString('latin1') !== boxMagic) return null
  const ephemeral = box.subarray(boxMagic.length, start)
  const body = box.subarray(0, -macBytes)
  const shared = diffieHellman({
    privateKey: privateOf(key.seed),
    publicKey: publicKeyObject(ephemeral),
  })
  const keys = streamKeys(shared, Buffer.concat([ephemeral, key.publicKey]), 'keys')
  const mac = createHmac('sha256', keys.macKey).update(body).digest()
  if (!timingSafeEqual(mac, box.subarray(-macBytes))) return null
  const decipher = createDecipheriv('aes-256-ctr', keys.cipherKey, keys.iv)
  return decipher.update(body.subarray(start))
}
