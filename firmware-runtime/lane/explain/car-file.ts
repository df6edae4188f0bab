// A car as one file for a dispute: the explanation in the first line, and in the second its proof in the day's tree of
// receipts (docs/car-format.md). With the lot's public key a reader can verify that nothing was changed.
import type { EventView, FrameView } from '../calls/views.ts'
import { masked, type HexOf, type HiddenBytes } from '#base/pure/words/mask.ts'
import type { TurnRecord } from '../pure/explain/turn.ts'
import type { WhySection } from '../pure/explain/why.ts'
import { base64Of } from '#base/pure/data/base64.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { canonicalJson, parsed } from '#base/pure/data/json.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { ReceiptReason } from '#money/calls/receipt.ts'
import { dayBar, holds, type DayHead, type JudgeParts } from '#money/receipts/receipt-judge.ts'
import { fileOfLeaf, saltBytes } from '#money/receipts/receipt-leaf.ts'
import { headText, type ProofParts } from '#money/receipts/receipt-proof.ts'
import { keptLeafOf } from '../money/receipts.ts'
import { leafHash, rootByPath, type Sha256 } from '#money/receipts/receipt-tree.ts'

export const carFileFormat = 'etc-lane car 1'

export interface CarPhoto {
  readonly side: 'entry' | 'exit'
  readonly photoId: string
  readonly sha256Hex: string
  /** Null: left out, because a plate may be readable in it. */
  readonly jpegBase64: string | null
}

export interface CarFile {
  readonly format: typeof carFileFormat
  readonly lotId: string
  readonly stayId: string
  readonly madeAtIso: string
  readonly isMasked: boolean
  readonly why: readonly WhySection[]
  readonly rows: readonly LedgerRow[]
  readonly turns: readonly TurnRecord[]
  readonly frames: readonly FrameView[]
  readonly events: readonly EventView[]
  readonly photos: readonly CarPhoto[]
}

const utf8 = new TextEncoder()

export const photoOf = (
  sha256: Sha256,
  side: CarPhoto['side'],
  photoId: string,
  jpeg: Uint8Array,
): CarPhoto => ({ side, photoId, sha256Hex: hexOf(sha256(jpeg)), jpegBase64: base64Of(jpeg) })

/** Leaves of receipts and files, replaced by their hash: it proves as much and reveals neither plate nor salt. */
const hiddenLeaf = (sha256: Sha256, leafHex: string): readonly HiddenBytes[] => {
  const mask = hexOf(leafHash(sha256, bytesOfHex(leafHex) ?? new Uint8Array()))
  const salt = { hex: leafHex.slice(-2 * saltBytes), mask: '00'.repeat(saltBytes) }
  return [{ hex: leafHex, mask }, salt]
}

/** The file without plates, card and OBU numbers, leaves, digests and pictures. */
export function maskedFile(file: CarFile, sha256: Sha256, hexOfs: readonly HexOf[]): CarFile {
  const rows = file.rows.map((row): LedgerRow => {
    const kept = keptLeafOf(row)
    if (kept === null || row.kind !== 'event') return row
    const detail = canonicalJson({ day: kept.day, leafHashHex: kept.leafHex })
    return { ...row, body: { ...row.body, detail } }
  })
  const hidden = file.rows.flatMap((row) => {
    const kept = keptLeafOf(row)
    return kept === null ? [] : hiddenLeaf(sha256, kept.leafHex)
  })
  return {
    ...masked({ ...file, rows, photos: [] }, hexOfs, hidden, '0'),
    isMasked: true,
    photos: file.photos.map((photo) => ({ ...photo, jpegBase64: null })),
  }
}

/** The first line of the file, and its digest for the day's tree. */
export function lineOf(sha256: Sha256, file: CarFile): { line: string; digest: Uint8Array } {
  const line = canonicalJson(file)
  return { line, digest: sha256(utf8.encode(line)) }
}

export function fileText(line: string, { leaf, index, path, head, ...rest }: ProofParts): string {
  const proof = {
    leafHex: hexOf(leaf),
    index,
    pathHex: path.map(hexOf),
    day: head.day,
    size: head.size,
    rootHex: hexOf(head.root),
    atSec: head.atSec,
    keyIdHex: hexOf(rest.keyId),
    signatureHex: hexOf(rest.signature),
  }
  return `${line}\n${canonicalJson(proof)}\n`
}

/** `changed`: the first line differs from the leaf in the day's tree. */
type CarFileReason = ReceiptReason | 'changed'

interface JudgedFile {
  readonly ok: boolean
  readonly reason: CarFileReason | null
  readonly file: CarFile | null
  readonly day: number | null
}

type Plain = Readonly<Record<string, unknown>>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null
const hex = (value: unknown): Uint8Array => {
  const bytes = typeof value === 'string' ? bytesOfHex(value) : null
  if (bytes === null) throw new RangeError('no hex')
  return bytes
}
const count = (value: unknown): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new RangeError('no number')
}

/** Throws RangeError when the text is not a proof. */
function proofOf(text: string): ProofParts {
  const given = parsed(text)
  if (!isPlain(given) || !Array.isArray(given['pathHex'])) throw new RangeError('no proof')
  const { day, size, atSec, index, leafHex, rootHex, keyIdHex, signatureHex, pathHex } = given
  return {
    leaf: hex(leafHex),
    index: count(index),
    path: pathHex.map(hex),
    head: { day: count(day), size: count(size), atSec: count(atSec), root: hex(rootHex) },
    keyId: hex(keyIdHex),
    signature: hex(signatureHex),
  }
}

const lists = ['why', 'rows', 'turns', 'frames', 'events', 'photos']

/** Null when the text is not such a file; its proof is not checked. */
export function readCarFile(text: string): CarFile | null {
  const given = parsed(text.split('\n', 1)[0] ?? '')
  if (!isPlain(given) || given['format'] !== carFileFormat) return null
  const isWhole = lists.every((name) => Array.isArray(given[name]))
  return isWhole ? (given as unknown as CarFile) : null
}

/** Whether the lot issued this file unchanged: `reason` is the first thing that does not hold. */
export function judgeCarFile(parts: JudgeParts, text: string, day: DayHead | null): JudgedFile {
  const [line = '', second = ''] = text.split('\n')
  const file = readCarFile(text)
  const no = (reason: CarFileReason | null): JudgedFile => ({ ok: false, reason, file, day: null })
  let proof: ProofParts
  try {
    proof = proofOf(second)
  } catch (error) {
    if (error instanceof RangeError) return no('unreadable')
    throw error
  }
  const { leaf, index, path, head, keyId, signature } = proof
  const named = fileOfLeaf(leaf)
  if (file === null || named === null) return no('unreadable')
  if (hexOf(keyId) !== hexOf(parts.keyId)) return no('otherKey')
  const root = rootByPath(
    parts.sha256,
    leafHash(parts.sha256, leaf),
    { index, size: head.size },
    path,
  )
  const isSigned = parts.verify(utf8.encode(headText(head)), signature)
  if (root === null || hexOf(root) !== hexOf(head.root) || !isSigned) return no('forged')
  const isOwn = named.stayId === file.stayId && named.lotId === file.lotId
  if (!isOwn || hexOf(parts.sha256(utf8.encode(line))) !== hexOf(named.digest)) return no('changed')
  const bar = day === null ? null : dayBar(parts, { proof }, day)
  return holds(bar) ? { ok: true, reason: bar, file, day: head.day } : no(bar)
}
