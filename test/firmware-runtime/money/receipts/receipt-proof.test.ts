// Base45 with the examples of RFC 9285, the Merkle tree by RFC 6962, the leaf and the text of a receipt.
// A text with any byte changed is not a receipt, or not one of its lot.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headText, qrTextOf, readQrText } from '#money/receipts/receipt-proof.ts'
import { leafOf, receiptOf } from '#money/receipts/receipt-leaf.ts'
import { GrowingTree, leafHash, rootByPath, rootOf } from '#money/receipts/receipt-tree.ts'
import { base45Of, bytesOfBase45 } from '#base/pure/data/base45.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { pathOf, sha256 } from './path-kit.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('Base45', () => {
  // RFC 9285, sections 4.3 and 4.4.
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('%s is %s', (text, coded) => {
    expect(base45Of(utf8(text))).toBe(coded)
    expect(bytesOfBase45(coded)).toEqual(utf8(text))
  })

  it.each(['a', 'QED8WEX0AA', ':::', '::', 'AA;', 'GGW'])('refuses %s', (text) => {
    expect(bytesOfBase45(text)).toBeNull()
  })

  it('gives back whatever bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(bytesOfBase45(base45Of(bytes))).toEqual(bytes)
      }),
    )
  })
})

const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => utf8(`leaf ${i}`))

/** RFC 6962 section 2.1 in its plainest form: hashes are paired from the left, and an unpaired last one moves up unchanged. */
function pairedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0] ?? new Uint8Array()
  const next: Uint8Array[] = []
  for (let i = 0; i < hashes.length; i += 2) {
    const [left, right] = hashes.slice(i, i + 2)
    if (left !== undefined)
      next.push(right === undefined ? left : sha256(Uint8Array.from([1, ...left, ...right])))
  }
  return pairedRoot(next)
}

describe('the tree of a day', () => {
  it('of no receipt is the hash of nothing', () => {
    expect(hexOf(rootOf(sha256, []))).toBe(
      'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
    )
  })

  it('has the root of pairs, whatever its size, and a path for each leaf', () => {
    for (let size = 1; size <= 33; size++) {
      const hashes = leavesOf(size).map((leaf) => leafHash(sha256, leaf))
      const root = rootOf(sha256, hashes)
      expect(hexOf(root)).toBe(hexOf(pairedRoot(hashes)))
      for (const [index, leaf] of hashes.entries()) {
        const path = pathOf(sha256, hashes, index)
        expect(rootByPath(sha256, leaf, { index, size }, path)).toEqual(root)
        const moved = rootByPath(sha256, leaf, { index: (index + 1) % size, size }, path)
        if (size > 1) expect(moved).not.toEqual(root)
      }
    }
  })

  it('that grows is at every head what hashing all of it anew is, with every path', () => {
    const grown = new GrowingTree(sha256)
    expect(grown.root()).toEqual(rootOf(sha256, []))
    const leaves = leavesOf(130)
    for (const [at, leaf] of leaves.entries()) {
      grown.add(leaf)
      const hashes = leaves.slice(0, at + 1).map((one) => leafHash(sha256, one))
      expect(grown.hashes).toEqual(hashes)
      expect(hexOf(grown.root())).toBe(hexOf(rootOf(sha256, hashes)))
      for (const index of new Set([0, at >> 1, at - 1, at]))
        if (index >= 0) expect(grown.path(index)).toEqual(pathOf(sha256, hashes, index))
    }
  })

  it('is whatever size equal to the rebuilt one at a place taken at random', () => {
    const size = fc.integer({ min: 1, max: 3_000 })
    fc.assert(
      fc.property(size, fc.nat(), (count, seed) => {
        const grown = new GrowingTree(sha256)
        const leaves = Array.from({ length: count }, (_, i) => Uint8Array.of(i, i >> 8, seed))
        for (const leaf of leaves) grown.add(leaf)
        const hashes = leaves.map((leaf) => leafHash(sha256, leaf))
        expect(grown.root()).toEqual(rootOf(sha256, hashes))
        expect(grown.path(seed % count)).toEqual(pathOf(sha256, hashes, seed % count))
      }),
      { numRuns: 20 },
    )
  })

  it('hashes a receipt of a day of 2,000 in some forty steps', () => {
    let steps = 0
    const grown = new GrowingTree((bytes) => {
      steps++
      return sha256(bytes)
    })
    for (const leaf of leavesOf(2_000)) grown.add(leaf)
    expect(steps).toBeLessThan(4_000)
    steps = 0
    grown.add(utf8('one more'))
    grown.root()
    grown.path(2_000)
    expect(steps).toBeLessThan(60)
  })

  it('takes no path of another length, and no place behind its end', () => {
    const hashes = leavesOf(5).map((leaf) => leafHash(sha256, leaf))
    const [first = new Uint8Array()] = hashes
    const path = pathOf(sha256, hashes, 0)
    expect(rootByPath(sha256, first, { index: 0, size: 5 }, path.slice(1))).toBeNull()
    expect(rootByPath(sha256, first, { index: 0, size: 5 }, [...path, first])).toBeNull()
    expect(rootByPath(sha256, first, { index: 5, size: 5 }, path)).toBeNull()
    expect(rootByPath(sha256, first, { index: 0, size: 0 }, [])).toBeNull()
  })
})

const receipt = {
  lotId: 'LOT-1',
  stayId: 's1',
  plate: '测A00001',
  enteredAtMs: 1_772_410_000_000,
  leftAtMs: 1_772_420_000_000,
  amountFen: 900,
  means: 'cash',
  salt: Uint8Array.from({ length: 16 }, (_, i) => i),
}

describe('a leaf', () => {
  it('gives back the receipt', () => {
    expect(receiptOf(leafOf(receipt))).toEqual(receipt)
    expect(receiptOf(leafOf({ ...receipt, plate: '', amountFen: 4_294_967_295 }))).toMatchObject({
      plate: '',
      amountFen: 4_294_967_295,
    })
  })

  it.each([
    ['another version', (leaf: Uint8Array) => Uint8Array.from([2, ...leaf.subarray(1)])],
    ['cut', (leaf: Uint8Array) => leaf.subarray(0, -1)],
    ['with more behind it', (leaf: Uint8Array) => Uint8Array.from([...leaf, 0])],
    ['with a text that is none', (leaf: Uint8Array) => leaf.with(2, 0xff)],
    ['nothing', () => new Uint8Array()],
  ])('%s is none', (_, change) => {
    expect(receiptOf(change(leafOf(receipt)))).toBeNull()
  })
})

function dayOf(leaves: readonly Uint8Array[]) {
  const tree = new GrowingTree(sha256)
  for (const leaf of leaves) tree.add(leaf)
  const at = { day: 20_260_302, atSec: 1_772_420_001 }
  return { tree, head: { ...at, size: leaves.length, root: tree.root() } }
}

describe('the text of the code', () => {
  const leaves = [...leavesOf(9), leafOf(receipt)]
  const { head, tree } = dayOf(leaves)
  const parts = { leaf: leafOf(receipt), index: 9, path: tree.path(9), head }
  const proof = {
    ...parts,
    keyId: new Uint8Array(8).fill(7),
    signature: new Uint8Array(64).fill(9),
  }

  it('gives back all of it, and signs day, size, root and time', () => {
    expect(readQrText(sha256, qrTextOf(proof))).toEqual({ receipt, proof })
    const root = hexOf(head.root).toLowerCase()
    expect(headText(head)).toBe(`etc-lane receipt head 1\n20260302\n10\n${root}\n1772420001\n`)
  })

  it('stays below 1 kB where a day has 2,000 receipts and texts are long', () => {
    const long = { ...receipt, lotId: 'L'.repeat(20), stayId: 'S'.repeat(24), plate: '测AD000001' }
    const many = [...leavesOf(1_999), leafOf(long)]
    const { head: full, tree: whole } = dayOf(many)
    const path = whole.path(1_000)
    expect(path).toHaveLength(11)
    const text = qrTextOf({ ...proof, leaf: leafOf(long), index: 1_000, path, head: full })
    expect(text.length).toBeLessThan(900)
    expect(text).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
  })

  it.each(['', 'ETCR1:', 'ETCR2:BB8', 'ETCR1:BB8', 'etcr1:BB8'])('refuses "%s"', (text) => {
    expect(readQrText(sha256, text)).toBeNull()
  })

  it('says another thing, or nothing, for every byte that changes', () => {
    const bytes = bytesOfBase45(qrTextOf(proof).slice(6)) ?? new Uint8Array()
    for (const at of bytes.keys()) {
      const changed = bytes.with(at, (bytes[at] ?? 0) ^ 1)
      const read = readQrText(sha256, `ETCR1:${base45Of(changed)}`)
      if (read === null) continue
      const isHead = headText(read.proof.head) === headText(head)
      const isSignature = hexOf(read.proof.signature) === hexOf(proof.signature)
      const isKey = hexOf(read.proof.keyId) === hexOf(proof.keyId)
      expect([at, isHead && isSignature && isKey]).toEqual([at, false])
    }
  })
})
