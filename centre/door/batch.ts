// Reads a batch of rows strictly (docs/centre.md, "Rows"): its headers, its lines, and the digests that it claims. Pure,
// apart from unpacking, which is bounded.
import { gunzip, type InputType, type ZlibOptions } from 'node:zlib'
import {
  batchText,
  digestAfter,
  digestOfHex,
  feedHeaders,
  feedLimits,
  lowerHex,
  nodeShape,
  ownDigest,
  rowDigest,
  seqShape,
  withheldMark,
  type BatchHead,
} from '#ledger/pure/centre/row-feed.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { lotIdShape } from '#base/pure/values/ids.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { AsideRow } from './judge.ts'

type Sm3 = (data: Uint8Array) => Uint8Array

export interface SignedHead extends BatchHead {
  readonly serial: string
  readonly signature: Uint8Array
}

/** 400: the request breaks a rule of the protocol. */
export class Malformed extends Error {
  readonly body: { readonly field: string; readonly value: string } | { readonly row: number }
  constructor(body: Malformed['body']) {
    super(JSON.stringify(body))
    this.body = body
  }
}

/** 413. */
export class TooLarge extends Error {}

const digestShape = /^[0-9a-f]{64}$/
const shapes: Readonly<Record<keyof typeof feedHeaders, RegExp>> = {
  lotId: lotIdShape,
  nodeId: nodeShape,
  fromSeq: seqShape,
  toSeq: seqShape,
  prev: digestShape,
  head: digestShape,
  serial: /^(?:[0-9A-F]{2}){1,20}$/,
  signature: /^(?:[0-9A-Fa-f]{2}){8,80}$/,
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

function headerOf(headers: Headers, name: keyof typeof feedHeaders): string {
  const given = headers[feedHeaders[name]]
  const value = typeof given === 'string' ? given : ''
  if (!shapes[name].test(value))
    throw new Malformed({ field: feedHeaders[name], value: value.slice(0, 80) })
  return value
}

function must(headers: Headers, name: string, wanted: string): void {
  const given = headers[name]
  const value = typeof given === 'string' ? given : ''
  if (value.toLowerCase() !== wanted)
    throw new Malformed({ field: name, value: value.slice(0, 80) })
}

/** Throws Malformed for the first header that breaks a rule, TooLarge for more rows than a batch may have. */
export function batchHeadOf(headers: Headers): SignedHead {
  must(headers, 'content-type', 'application/x-ndjson')
  must(headers, 'content-encoding', 'gzip')
  const number = (name: 'fromSeq' | 'toSeq'): number => {
    const value = Number(headerOf(headers, name))
    if (Number.isSafeInteger(value)) return value
    throw new Malformed({ field: feedHeaders[name], value: String(value) })
  }
  const head = {
    lotId: headerOf(headers, 'lotId'),
    nodeId: headerOf(headers, 'nodeId'),
    fromSeq: number('fromSeq'),
    toSeq: number('toSeq'),
    prev: headerOf(headers, 'prev'),
    head: headerOf(headers, 'head'),
    serial: headerOf(headers, 'serial'),
    signature: bytesOfHex(headerOf(headers, 'signature')) ?? new Uint8Array(),
  }
  if (head.toSeq < head.fromSeq)
    throw new Malformed({ field: feedHeaders.toSeq, value: String(head.toSeq) })
  if (head.toSeq - head.fromSeq >= feedLimits.rowsMax) throw new TooLarge()
  return head
}

/** The bytes that the signature of a batch is over. */
export const signedBytes = (head: BatchHead): Uint8Array =>
  new TextEncoder().encode(batchText(head))

type Unpacked = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }
/** With `info` the answer names the bytes used, which the types of Node leave out. */
const gunzipWithInfo = gunzip as unknown as (
  body: InputType,
  options: ZlibOptions,
  done: (error: NodeJS.ErrnoException | null, unpacked: Unpacked) => void,
) => void

/** Throws TooLarge for a body that unpacks to more than the limit, Malformed for other bytes than one gzip. */
export const unpacked = (body: Uint8Array): Promise<Uint8Array> =>
  new Promise((found, failed) => {
    const options = { maxOutputLength: feedLimits.plainBytesMax, info: true }
    gunzipWithInfo(body, options, (error, whole) => {
      if (error?.code === 'ERR_BUFFER_TOO_LARGE') failed(new TooLarge())
      else if (error !== null || whole.engine.bytesWritten !== body.length)
        failed(new Malformed({ field: 'content-encoding', value: 'gzip' }))
      else found(whole.buffer)
    })
  })

/** Lines without their LF. Malformed when the last one has none, or there are more or fewer than `count`. */
function linesOf(plain: Uint8Array, count: number): readonly Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let from = 0; from < plain.length && lines.length <= count;) {
    const end = plain.indexOf(10, from)
    if (end < 0) throw new Malformed({ field: 'body', value: 'LF' })
    lines.push(plain.subarray(from, end))
    from = end + 1
  }
  if (lines.length !== count) throw new Malformed({ field: 'body', value: String(lines.length) })
  return lines
}

type AsideWhy = 'withheld' | 'text' | 'kind' | 'atMs'

/** A row as the door needs it: its r, its time where it can be read, and why it cannot be. */
interface ReadRow {
  readonly digest: Uint8Array
  readonly atMs: InstantMs | null
  readonly why: AsideWhy | null
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function parsed(line: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(utf8.decode(line))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null
  } catch {
    return null
  }
}

/** Throws Malformed for a row of another node or number. */
function rowOf(line: Uint8Array, nodeId: string, seq: number, sm3: Sm3): ReadRow {
  if (line[0] === withheldMark.charCodeAt(0)) {
    const digest = digestOfHex(new TextDecoder().decode(line.subarray(1)))
    if (digest === null) throw new Malformed({ row: seq })
    return { digest, atMs: null, why: 'withheld' }
  }
  const digest = rowDigest(line, sm3)
  const row = parsed(line)
  if (row === null) return { digest, atMs: null, why: 'text' }
  if (row['nodeId'] !== nodeId || row['seq'] !== seq) throw new Malformed({ row: seq })
  const { kind, atMs } = row
  if (typeof kind !== 'string' || kind === '') return { digest, atMs: null, why: 'kind' }
  if (typeof atMs !== 'number' || !Number.isSafeInteger(atMs))
    return { digest, atMs: null, why: 'atMs' }
  return { digest, atMs, why: null }
}

interface FoundAside extends AsideRow {
  readonly why: AsideWhy
}

export interface ReadBatch extends SignedHead {
  /** gzip as received, with the rows that are passed as their r alone replaced once they are taken. */
  readonly body: Uint8Array
  readonly plain: Uint8Array
  /** r of its first row. */
  readonly firstDigest: string
  readonly asides: readonly FoundAside[]
  /** First row whose time is outside the days that are counted; null: none. */
  readonly odd: { readonly seq: number; readonly atMs: InstantMs } | null
}

const daysBefore = 400
/** Days that a row counts for: from 400 days before its receipt to one day after it (docs/centre.md). */
export const isOddTime = (atMs: InstantMs, receiptMs: InstantMs): boolean =>
  atMs < receiptMs - daysBefore * dayMs || atMs > receiptMs + dayMs

/** Throws Malformed for rows that break a rule or do not give the head of the batch. */
export function readBatch(
  head: SignedHead,
  body: Uint8Array,
  plain: Uint8Array,
  { sm3, receiptMs }: { readonly sm3: Sm3; readonly receiptMs: InstantMs },
): ReadBatch {
  const asides: FoundAside[] = []
  let odd: ReadBatch['odd'] = null
  let firstDigest = ''
  let d = ownDigest(head.prev)
  for (const [at, line] of linesOf(plain, head.toSeq - head.fromSeq + 1).entries()) {
    const seq = head.fromSeq + at
    const { digest, atMs, why } = rowOf(line, head.nodeId, seq, sm3)
    d = digestAfter(d, digest, sm3)
    if (at === 0) firstDigest = lowerHex(digest)
    if (why !== null) asides.push({ seq, digest: lowerHex(digest), why })
    if (odd === null && atMs !== null && isOddTime(atMs, receiptMs)) odd = { seq, atMs }
  }
  if (lowerHex(d) !== head.head) throw new Malformed({ row: head.toSeq })
  return { ...head, body, plain, firstDigest, asides, odd }
}

/** The lines of a batch, with those rows as their r alone. */
export function withPassed(
  { fromSeq, toSeq, plain }: Pick<ReadBatch, 'fromSeq' | 'toSeq' | 'plain'>,
  passed: readonly AsideRow[],
): Uint8Array {
  const bySeq = new Map(passed.map(({ seq, digest }) => [seq, digest]))
  const lines = linesOf(plain, toSeq - fromSeq + 1).map((line, at) => {
    const digest = bySeq.get(fromSeq + at)
    return digest === undefined ? line : Buffer.from(`${withheldMark}${digest}`)
  })
  return Buffer.concat(lines.flatMap((line) => [line, Uint8Array.of(10)]))
}
