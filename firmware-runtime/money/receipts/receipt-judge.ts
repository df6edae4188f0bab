// Whether the lot issued a receipt: its path, the signature of its head, and optionally the head of its day. The reason
// is a word for the first check that failed.
import type { ReceiptReason } from '../calls/receipt.ts'
import type { receiptCalls } from '../calls/receipt.ts'
import type { RowAnswer } from '#base/calls/rows.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { headText, readQrText, type ReadReceipt, type ReceiptHead } from './receipt-proof.ts'
import { lostLeaf } from './receipt-leaf.ts'
import { leafHash, rootOf, type Sha256 } from './receipt-tree.ts'

/** The head of a whole day as written by `receipt day`; upper-case hex. */
export type DayHead = Omit<
  RowAnswer<(typeof receiptCalls)['receipt.day']>,
  'amountFen' | 'lost' | 'publicKeyPem'
>

export interface JudgeParts {
  readonly sha256: Sha256
  readonly keyId: Uint8Array
  /** `signature`: r and s, 64 bytes. */
  verify(message: Uint8Array, signature: Uint8Array): boolean
}

/** A day that lost the place of a receipt neither proves nor disproves it. */
export const holds = (reason: ReceiptReason | null): boolean => reason === null || reason === 'lost'

export interface JudgedReceipt {
  readonly ok: boolean
  readonly reason: ReceiptReason | null
  readonly read: ReadReceipt | null
}

const utf8 = new TextEncoder()
const isEqual = (a: Uint8Array, b: Uint8Array): boolean => hexOf(a) === hexOf(b)

/** Null: the day has this leaf at its place. */
export function dayBar(
  { sha256, verify }: JudgeParts,
  { proof }: Pick<ReadReceipt, 'proof'>,
  day: DayHead,
): ReceiptReason | null {
  const hashes = day.leafHashes.map((hash) => bytesOfHex(hash) ?? new Uint8Array())
  const head: ReceiptHead = { ...day, root: rootOf(sha256, hashes) }
  const signature = bytesOfHex(day.signatureHex) ?? new Uint8Array()
  const isWhole = day.size === hashes.length && hexOf(head.root) === day.rootHex.toUpperCase()
  if (!isWhole || !verify(utf8.encode(headText(head)), signature)) return 'dayForged'
  const own = hashes[proof.index]
  if (own === undefined || day.day !== proof.head.day) return 'notInDay'
  const lost = leafHash(sha256, lostLeaf())
  if (isEqual(own, lost)) return 'lost'
  if (!isEqual(own, leafHash(sha256, proof.leaf))) return 'notInDay'
  const then = rootOf(sha256, hashes.slice(0, proof.head.size))
  if (isEqual(then, proof.head.root)) return null
  // Signed after receipts that were lost: the receipts before it cannot be checked any more.
  const firstLost = hashes.findIndex((hash) => isEqual(hash, lost))
  return firstLost > proof.index && firstLost < proof.head.size ? 'lost' : 'notInDay'
}

/** Without `parts` it is only decoded: its issuer stays unknown. */
export function judgeReceipt(
  sha256: Sha256,
  parts: JudgeParts | null,
  text: string,
  day: DayHead | null = null,
): JudgedReceipt {
  const read = readQrText(sha256, text)
  const no = (reason: ReceiptReason | null): JudgedReceipt => ({ ok: false, reason, read })
  if (read === null) return no('unreadable')
  if (parts === null) return no('noKey')
  const { head, keyId, signature } = read.proof
  if (!isEqual(keyId, parts.keyId)) return no('otherKey')
  if (!parts.verify(utf8.encode(headText(head)), signature)) return no('forged')
  const bar = day === null ? null : dayBar(parts, read, day)
  return holds(bar) ? { ok: true, reason: bar, read } : no(bar)
}
