// The path of a leaf by hashing the whole tree anew, as RFC 6962 section 2.1.1 defines it.
// The reference for the tree that grows incrementally.
import { createHash } from 'node:crypto'
import { rootOf, type Sha256 } from '#money/receipts/receipt-tree.ts'

export const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest())

/** From the leaf upwards: the sibling of each step. */
export function pathOf(
  sha256: Sha256,
  leaves: readonly Uint8Array[],
  index: number,
): readonly Uint8Array[] {
  if (leaves.length < 2) return []
  let left = 1
  while (left * 2 < leaves.length) left *= 2
  const [near, far] = [leaves.slice(0, left), leaves.slice(left)]
  return index < left
    ? [...pathOf(sha256, near, index), rootOf(sha256, far)]
    : [...pathOf(sha256, far, index - left), rootOf(sha256, near)]
}
