// Rows that a centre gives back to the lot that wrote them (docs/centre.md): whether a batch is one of the lot's history, by
// the digest of its own rows. What proves the rows is judged where the chain key is.
import { isObject } from '#base/pure/data/json.ts'
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import {
  digestAfter,
  digestOfHex,
  feedLimits,
  lowerHex,
  ownDigest,
  rowDigest,
  withheldMark,
} from './row-feed.ts'

type Sm3 = (data: Uint8Array) => Uint8Array

/** A batch as the centre answers it. */
export interface GivenJson {
  readonly fromSeq: number
  readonly toSeq: number
  /** d before the first row and after the last one. */
  readonly prev: string
  readonly head: string
  /** Of the certificate that signed the batch; the certificate as base64 of its DER, null when the centre lacks it. */
  readonly serial: string
  readonly signature: string
  readonly certificate: string | null
  /** The gzip of the batch, base64. */
  readonly rows: string
}

export interface GivenBatch extends Pick<
  GivenJson,
  'fromSeq' | 'toSeq' | 'prev' | 'head' | 'serial'
> {
  readonly signature: Uint8Array
  readonly certificate: Uint8Array | null
  /** gzip. */
  readonly body: Uint8Array
}

export type GivenAnswer =
  | { readonly is: 'batch'; readonly batch: GivenBatch }
  /** The centre has rows up to `last`, with d after it. */
  | { readonly is: 'end'; readonly last: number; readonly head: string }
  | { readonly is: 'unreadable' }

const unreadable = { is: 'unreadable' } as const
const isSeq = (value: unknown, min: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= min
const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && digestOfHex(value) !== null
const bytesIn = (value: unknown): Uint8Array | null =>
  typeof value === 'string' ? bytesOfBase64(value) : null

/** Reads an answer of status 200 or 404. */
export function givenAnswer(status: number, body: unknown): GivenAnswer {
  if (!isObject(body)) return unreadable
  const { last, head, fromSeq, toSeq, prev, serial, certificate } = body
  if (!isDigest(head)) return unreadable
  if (status === 404) return isSeq(last, 0) ? { is: 'end', last, head } : unreadable
  const rows = bytesIn(body['rows'])
  const signature = typeof body['signature'] === 'string' ? bytesOfHex(body['signature']) : null
  const isSpan = isSeq(fromSeq, 1) && isSeq(toSeq, fromSeq) && toSeq - fromSeq < feedLimits.rowsMax
  if (!isSpan || !isDigest(prev) || typeof serial !== 'string') return unreadable
  if (rows === null || signature === null) return unreadable
  const place = { fromSeq, toSeq, prev, head, serial }
  return {
    is: 'batch',
    batch: { ...place, signature, certificate: bytesIn(certificate), body: rows },
  }
}

/** The last row of the lot's own ledger, with d after it. */
export interface OwnEnd {
  readonly seq: number
  readonly digest: string
}

export type GivenVerdict =
  /** The lines behind the own end; `withheld`: the row behind them, which the centre has as its r alone. */
  | { readonly is: 'rows'; readonly lines: readonly Uint8Array[]; readonly withheld: number | null }
  /** The centre has other rows up to the own end. */
  | { readonly is: 'forked'; readonly seq: number }
  /** The answer is no batch with the row that was asked for. */
  | { readonly is: 'wrong'; readonly seq: number }

/**
 * Judges the batch that shall have the row behind `own`; `plain`: its lines, each ended by LF. As d holds all rows before it,
 * a batch that gives d of the own end has the lot's own rows up to there.
 */
export function judgeGiven(
  own: OwnEnd,
  batch: Pick<GivenBatch, 'fromSeq' | 'toSeq' | 'prev' | 'head'>,
  plain: Uint8Array,
  sm3: Sm3,
): GivenVerdict {
  const wrong = { is: 'wrong', seq: own.seq + 1 } as const
  const { fromSeq, toSeq } = batch
  if (fromSeq > own.seq + 1 || toSeq <= own.seq) return wrong
  const lines = linesOf(plain)
  if (lines?.length !== toSeq - fromSeq + 1) return wrong
  let d = ownDigest(batch.prev)
  let withheld: number | null = null
  for (const [at, line] of lines.entries()) {
    const seq = fromSeq + at
    if (seq === own.seq + 1 && lowerHex(d) !== own.digest) return { is: 'forked', seq: own.seq }
    const isText = line[0] !== withheldMark.charCodeAt(0)
    const r = isText ? rowDigest(line, sm3) : withheldDigest(line)
    if (r === null) return { is: 'wrong', seq }
    if (!isText && seq > own.seq) withheld ??= seq
    d = digestAfter(d, r, sm3)
  }
  if (lowerHex(d) !== batch.head) return { is: 'wrong', seq: toSeq }
  const end = withheld ?? toSeq + 1
  return { is: 'rows', lines: lines.slice(own.seq + 1 - fromSeq, end - fromSeq), withheld }
}

const withheldDigest = (line: Uint8Array): Uint8Array | null =>
  line.length === 65 ? digestOfHex(String.fromCodePoint(...line.subarray(1))) : null

/** Without their LF; null when the last one has none. */
function linesOf(plain: Uint8Array): readonly Uint8Array[] | null {
  const lines: Uint8Array[] = []
  for (let from = 0; from < plain.length;) {
    const end = plain.indexOf(10, from)
    if (end < 0) return null
    lines.push(plain.subarray(from, end))
    from = end + 1
  }
  return lines
}
