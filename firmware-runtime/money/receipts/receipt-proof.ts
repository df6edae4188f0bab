// The text of a receipt's QR code: the leaf, its path, and the head signed when it was printed. With the lot's public
// key it can be checked without a network (docs/receipt-format.md).
import { base45Of, bytesOfBase45 } from '#base/pure/data/base45.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { Cut, receiptOf, uintBytes, type Receipt } from './receipt-leaf.ts'
import { hashBytes, leafHash, rootByPath, type Sha256 } from './receipt-tree.ts'

/** The tree at the time when a receipt was printed. */
export interface ReceiptHead {
  /** yyyymmdd of the lot's day, as a number. */
  readonly day: number
  readonly size: number
  readonly root: Uint8Array
  /** Whole seconds since 1970. */
  readonly atSec: number
}

/** A leaf, its path to the head of its day, and the signed head. */
export interface ProofParts {
  readonly leaf: Uint8Array
  readonly index: number
  readonly path: readonly Uint8Array[]
  readonly head: ReceiptHead
  /** The first 8 bytes of SHA-256 over the public key of 65 bytes. */
  readonly keyId: Uint8Array
  /** SM2 with SM3, r and s of 32 bytes each. */
  readonly signature: Uint8Array
}

const prefix = 'ETCR1:'
export const keyIdBytes = 8
const signatureBytes = 64
/** Paths of a day of up to 2^20 receipts. */
const pathMax = 20

/** The signed text. It needs no lot id: each lot has a key of its own. */
export const headText = ({ day, size, root, atSec }: ReceiptHead): string =>
  `etc-lane receipt head 1\n${day}\n${size}\n${hexOf(root).toLowerCase()}\n${atSec}\n`

export function qrTextOf({ leaf, index, path, head, keyId, signature }: ProofParts): string {
  const bytes = [
    ...uintBytes(leaf.length, 2),
    ...leaf,
    ...uintBytes(head.day, 4),
    ...uintBytes(index, 4),
    ...uintBytes(head.size, 4),
    ...uintBytes(path.length, 1),
    ...path.flatMap((hash) => [...hash]),
    ...uintBytes(head.atSec, 4),
    ...keyId,
    ...signature,
  ]
  return prefix + base45Of(Uint8Array.from(bytes))
}

export interface ReadReceipt {
  readonly receipt: Receipt
  readonly proof: ProofParts
}

/** Null for a text that is not a receipt of this form; its signature is not checked. */
export function readQrText(sha256: Sha256, text: string): ReadReceipt | null {
  const bytes = text.startsWith(prefix) ? bytesOfBase45(text.slice(prefix.length)) : null
  if (bytes === null) return null
  const cut = new Cut(bytes)
  try {
    const leaf = cut.take(cut.uint(2))
    const [day, index, size] = [cut.uint(4), cut.uint(4), cut.uint(4)]
    const steps = cut.uint(1)
    if (steps > pathMax) return null
    const path = Array.from({ length: steps }, () => cut.take(hashBytes))
    const [atSec, keyId, signature] = [cut.uint(4), cut.take(keyIdBytes), cut.take(signatureBytes)]
    cut.end()
    const receipt = receiptOf(leaf)
    const root = rootByPath(sha256, leafHash(sha256, leaf), { index, size }, path)
    if (receipt === null || root === null) return null
    return {
      receipt,
      proof: { leaf, index, path, head: { day, size, root, atSec }, keyId, signature },
    }
  } catch {
    // Too few or too many bytes: not a receipt.
    return null
  }
}
