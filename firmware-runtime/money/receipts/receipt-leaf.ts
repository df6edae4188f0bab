// The content of a receipt as the bytes of its leaf (docs/receipt-format.md): lot, stay, plate, times, amount, means,
// and a salt, so that the other receipts in the tree cannot be guessed from their hashes.
import { timingSafeEqual } from 'node:crypto'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Sha256 } from './receipt-tree.ts'

export interface Receipt {
  readonly lotId: string
  readonly stayId: string
  /** Empty when the car has no plate. */
  readonly plate: string
  /** Whole seconds. */
  readonly enteredAtMs: InstantMs
  readonly leftAtMs: InstantMs
  readonly amountFen: Fen
  /** Word of payment-means.ts, or `etc`. */
  readonly means: string
  /** 16 bytes. */
  readonly salt: Uint8Array
}

const version = 1
/** Version byte of the leaf of a car file. */
const fileVersion = 2
const digestBytes = 32
export const saltBytes = 16
const textBytesMax = 64
const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

const lostVersion = 0
/** Leaf for a receipt that a lost machine may have issued: one byte, always the same. */
export const lostLeaf = (): Uint8Array => Uint8Array.of(lostVersion)
export const isLost = ([version]: Uint8Array): boolean => version === lostVersion

/** Unsigned, big-endian. */
export const uintBytes = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** (count - 1 - i)) % 256)

const uintOf = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0)

function textBytes(text: string): number[] {
  const bytes = utf8.encode(text)
  if (bytes.length > textBytesMax) throw new RangeError(`${bytes.length} bytes of text`)
  return [bytes.length, ...bytes]
}

export const leafOf = (receipt: Receipt): Uint8Array =>
  Uint8Array.from([
    version,
    ...textBytes(receipt.lotId),
    ...textBytes(receipt.stayId),
    ...textBytes(receipt.plate),
    ...uintBytes(receipt.enteredAtMs / 1000, 4),
    ...uintBytes(receipt.leftAtMs / 1000, 4),
    ...uintBytes(receipt.amountFen, 4),
    ...textBytes(receipt.means),
    ...receipt.salt,
  ])

/** Reads fields one after the other; throws RangeError when the bytes end too soon. */
export class Cut {
  private at = 0
  private readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw new RangeError('too short')
    this.at += count
    return this.bytes.subarray(this.at - count, this.at)
  }
  uint(count: number): number {
    return uintOf(this.take(count))
  }
  text(): string {
    return strictUtf8.decode(this.take(this.uint(1)))
  }
  /** Throws RangeError when bytes remain. */
  end(): void {
    if (this.at !== this.bytes.length) throw new RangeError('too long')
  }
}

/** Null for bytes that are not a leaf of this version. */
export function receiptOf(leaf: Uint8Array): Receipt | null {
  const cut = new Cut(leaf)
  try {
    if (cut.uint(1) !== version) return null
    const [lotId, stayId, plate] = [cut.text(), cut.text(), cut.text()]
    const [enteredAtMs, leftAtMs] = [cut.uint(4) * 1000, cut.uint(4) * 1000]
    const [amountFen, means] = [cut.uint(4), cut.text()]
    const salt = cut.take(saltBytes)
    cut.end()
    return { lotId, stayId, plate, enteredAtMs, leftAtMs, amountFen, means, salt }
  } catch {
    // Too few or too many bytes, or invalid UTF-8: not a receipt.
    return null
  }
}

/** An issued file about one stay, by the digest of its bytes. */
interface FileLeaf {
  readonly lotId: string
  readonly stayId: string
  /** SHA-256. */
  readonly digest: Uint8Array
  readonly salt: Uint8Array
}

export const fileLeafOf = ({ lotId, stayId, digest, salt }: FileLeaf): Uint8Array =>
  Uint8Array.from([fileVersion, ...textBytes(lotId), ...textBytes(stayId), ...digest, ...salt])

/** Null for bytes that are not the leaf of a file. */
export function fileOfLeaf(leaf: Uint8Array): FileLeaf | null {
  const cut = new Cut(leaf)
  try {
    if (cut.uint(1) !== fileVersion) return null
    const [lotId, stayId] = [cut.text(), cut.text()]
    const [digest, salt] = [cut.take(digestBytes), cut.take(saltBytes)]
    cut.end()
    return { lotId, stayId, digest, salt }
  } catch {
    // Too few or too many bytes: not a leaf.
    return null
  }
}

const checkBytes = 8

/** Check value of a receipt, 16 lower-case hex digits: it follows from the salt, not from what others know of the stay. */
export const checkOf = (sha256: Sha256, leaf: Uint8Array): string =>
  hexOf(sha256(Uint8Array.from([...utf8.encode('etc-lane receipt check 1\n'), ...leaf])))
    .slice(0, 2 * checkBytes)
    .toLowerCase()

/** In constant time. */
export function isCheckOf(sha256: Sha256, leaf: Uint8Array, given: string): boolean {
  const [own, other] = [checkOf(sha256, leaf), given].map((text) => sha256(utf8.encode(text)))
  return own !== undefined && other !== undefined && timingSafeEqual(own, other)
}
