// The tree of a day's receipts, as RFC 6962 section 2.1 has it, over SHA-256: hashes of leaves, root, and the path
// of one leaf. A leaf and a node begin with different bytes, so that none can stand for the other.

/** 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

export const hashBytes = 32

const joined = (first: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from([first, ...parts.flatMap((part) => [...part])])

export const leafHash = (sha256: Sha256, leaf: Uint8Array): Uint8Array => sha256(joined(0, leaf))
const nodeHash = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(joined(1, left, right))

/** The largest power of two below `count`, which is at least 2. */
function splitOf(count: number): number {
  let left = 1
  while (left * 2 < count) left *= 2
  return left
}

/** `leaves`: hashes of leaves, in order; the root of none is the hash of nothing. */
export function rootOf(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (only === undefined) return sha256(new Uint8Array())
  if (leaves.length === 1) return only
  const left = splitOf(leaves.length)
  return nodeHash(sha256, rootOf(sha256, leaves.slice(0, left)), rootOf(sha256, leaves.slice(left)))
}

/** From the leaf upwards: the sibling of each step. */
export function pathOf(
  sha256: Sha256,
  leaves: readonly Uint8Array[],
  index: number,
): readonly Uint8Array[] {
  if (leaves.length < 2) return []
  const left = splitOf(leaves.length)
  const [near, far] = [leaves.slice(0, left), leaves.slice(left)]
  return index < left
    ? [...pathOf(sha256, near, index), rootOf(sha256, far)]
    : [...pathOf(sha256, far, index - left), rootOf(sha256, near)]
}

/** The root that a path leads to, or null where the path has not the length of this leaf's place. */
export function rootByPath(
  sha256: Sha256,
  leaf: Uint8Array,
  { index, size }: { readonly index: number; readonly size: number },
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (size === 1) return index === 0 && path.length === 0 ? leaf : null
  const sibling = path.at(-1)
  if (sibling === undefined || index >= size) return null
  const left = splitOf(size)
  const rest = path.slice(0, -1)
  const isLeft = index < left
  const place = isLeft ? { index, size: left } : { index: index - left, size: size - left }
  const below = rootByPath(sha256, leaf, place, rest)
  if (below === null) return null
  return isLeft ? nodeHash(sha256, below, sibling) : nodeHash(sha256, sibling, below)
}
