// The Merkle tree of a day's receipts (RFC 6962 section 2.1) over SHA-256: hashes of leaves, root, and the path of one
// leaf. Leaves and nodes begin with different bytes, so that neither can be taken for the other.

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

/** `leaves`: hashes of leaves, in order; the root without leaves is the hash of no bytes. */
export function rootOf(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (only === undefined) return sha256(new Uint8Array())
  if (leaves.length === 1) return only
  const left = splitOf(leaves.length)
  return nodeHash(sha256, rootOf(sha256, leaves.slice(0, left)), rootOf(sha256, leaves.slice(left)))
}

/** The root computed from a path; null: the path has the wrong length for this index. */
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

/**
 * A tree that grows by one leaf at a time. Complete subtrees are hashed once: root and path of a day with 2,000
 * receipts need some ten hashes.
 */
export class GrowingTree {
  private readonly sha256: Sha256
  /** For each height: hashes of its complete subtrees, from the left. */
  private readonly levels: Uint8Array[][] = [[]]

  constructor(sha256: Sha256) {
    this.sha256 = sha256
  }

  get hashes(): readonly Uint8Array[] {
    return this.levels[0] ?? []
  }

  add(leaf: Uint8Array): void {
    let hash = leafHash(this.sha256, leaf)
    for (let height = 0; ; height++) {
      const level = (this.levels[height] ??= [])
      level.push(hash)
      const left = level.at(-2)
      if (level.length % 2 === 1 || left === undefined) return
      hash = nodeHash(this.sha256, left, hash)
    }
  }

  root(): Uint8Array {
    return this.rootOf(0, this.hashes.length)
  }

  /** From the leaf upwards: the sibling at each level. */
  path(index: number): readonly Uint8Array[] {
    const siblings: Uint8Array[] = []
    let [start, count] = [0, this.hashes.length]
    while (count > 1) {
      const left = splitOf(count)
      const isLeft = index < start + left
      siblings.push(isLeft ? this.rootOf(start + left, count - left) : this.rootOf(start, left))
      if (!isLeft) start += left
      count = isLeft ? left : count - left
    }
    return siblings.reverse()
  }

  /** Root of `count` leaves from `start` on. */
  private rootOf(start: number, count: number): Uint8Array {
    if (count === 0) return this.sha256(new Uint8Array())
    const whole = this.levels[Math.log2(count)]?.[start / count]
    if (whole !== undefined) return whole
    const left = splitOf(count)
    return nodeHash(this.sha256, this.rootOf(start, left), this.rootOf(start + left, count - left))
  }
}
