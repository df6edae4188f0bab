// The rows of a lot as its centre gets them (docs/centre.md): the open digest over their canonical texts, the text that a
// batch is signed over, its headers and its limits. Lot and centre use this file; the digest needs no key of the lot.
import { bytesOfAscii, bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'

type Sm3 = (data: Uint8Array) => Uint8Array

/** d of no row. */
export const noRowsDigest: Uint8Array = new Uint8Array(32)

/** r = SM3 of the canonical text of a row, UTF-8 without LF (docs/ledger-format.md). */
export const rowDigest = (text: Uint8Array, sm3: Sm3): Uint8Array => sm3(text)

/** d after a row = SM3(d before it || r of the row). */
export function digestAfter(before: Uint8Array, row: Uint8Array, sm3: Sm3): Uint8Array {
  const both = new Uint8Array(64)
  both.set(before)
  both.set(row, 32)
  return sm3(both)
}

/** What a batch says about itself in its headers, and what its signature is over. */
export interface BatchHead {
  readonly lotId: string
  readonly nodeId: string
  readonly fromSeq: number
  readonly toSeq: number
  /** d before the first row and after the last one, 64 lower-case hex digits. */
  readonly prev: string
  readonly head: string
}

/** The signed text of a batch: SM2 with SM3, the usual user id, DER. */
export const batchText = ({ lotId, nodeId, fromSeq, toSeq, prev, head }: BatchHead): string =>
  `etc-lane rows 1\n${lotId}\n${nodeId}\n${fromSeq}\n${toSeq}\n${prev}\n${head}`

/** Request headers of a batch, in lower case. */
export const feedHeaders = {
  lotId: 'etc-lot',
  nodeId: 'etc-node',
  fromSeq: 'etc-from',
  toSeq: 'etc-to',
  prev: 'etc-prev',
  head: 'etc-head',
  serial: 'etc-serial',
  signature: 'etc-signature',
} as const

export const feedLimits = {
  rowsMax: 500,
  /** Body as sent. */
  bytesMax: 1024 * 1024,
  /** Body unpacked. */
  plainBytesMax: 8 * 1024 * 1024,
} as const

/** Number of a row as text, and the name of a node as in the lot file. */
export const seqShape = /^[1-9]\d{0,15}$/
export const nodeShape = /^[a-z0-9]{1,4}$/

/** Marks a line that has the r of a row, 64 hex digits, in place of its text. */
export const withheldMark = '#'

/** Lower-case hex as in headers and digests. */
export const lowerHex = (bytes: Uint8Array): string => hexOf(bytes).toLowerCase()

/** Null: not the 64 lower-case hex digits of a digest. */
export const digestOfHex = (text: string): Uint8Array | null =>
  /^[0-9a-f]{64}$/.test(text) ? bytesOfHex(text) : null

interface PairingParts {
  readonly lotId: string
  /** DER. */
  readonly tlsRequest: Uint8Array
  readonly signRequest: Uint8Array
  readonly authority: Uint8Array
  /** 32 bytes of the lot, committed to by their SM3 before the centre makes its own. */
  readonly secret: Uint8Array
  /** 32 bytes of the centre. */
  readonly challenge: Uint8Array
}

/** The six digits that a person compares at the lot and at the desk: both sides had a part in them (docs/centre.md). */
export function pairingDigits(parts: PairingParts, sm3: Sm3): string {
  const digest = (data: Uint8Array): string => lowerHex(sm3(data))
  const lines = [
    'etc-lane pairing 1',
    parts.lotId,
    digest(parts.tlsRequest),
    digest(parts.signRequest),
    digest(parts.authority),
    lowerHex(parts.secret),
    lowerHex(parts.challenge),
  ]
  const made = sm3(bytesOfAscii(lines.join('\n')))
  const number = made.subarray(0, 8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return String(number % 1_000_000n).padStart(6, '0')
}

/** The pace that the centre asks for. */
export interface FeedPace {
  readonly everyMs: number
  readonly maxRows: number
}

/** Why a centre refuses every batch of a lot until a person acts. */
const refusedWhys = ['unknown', 'revoked', 'expired', 'lot', 'signature'] as const
export type RefusedWhy = (typeof refusedWhys)[number]

/** The answer to a batch. */
export type FeedAnswer =
  /** 200: the centre has all rows up to `last`. */
  | { readonly is: 'taken'; readonly last: number; readonly pace: FeedPace }
  /** 409: it wants the rows from `want` on. */
  | { readonly is: 'want'; readonly want: number }
  /** 412: it has other rows up to `forked`. */
  | { readonly is: 'forked'; readonly forked: number }
  /** 422: it cannot read the row `aside`, and waits for a person. */
  | { readonly is: 'aside'; readonly aside: number }
  /** 401. */
  | { readonly is: 'refused'; readonly why: RefusedWhy }
  /** 400, 413: this program and the centre do not agree about the protocol. */
  | { readonly is: 'malformed'; readonly status: number }
  /** 503, or no answer. */
  | { readonly is: 'later'; readonly retryMs: number }

/** Waits at least so long when no answer names a time. */
const retryAnywayMs = 5_000
const memberIn = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined
const numberIn = (body: unknown, name: string): number | null => {
  const value = memberIn(body, name)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** Reads an answer; one that is none of them counts as no answer. */
export function feedAnswer(status: number, body: unknown): FeedAnswer {
  const later = { is: 'later', retryMs: numberIn(body, 'retryMs') ?? retryAnywayMs } as const
  if (status === 200) {
    const last = numberIn(body, 'last')
    const pace = memberIn(body, 'pace')
    const [everyMs, maxRows] = [numberIn(pace, 'everyMs'), numberIn(pace, 'maxRows')]
    if (last === null || everyMs === null || maxRows === null) return later
    return { is: 'taken', last, pace: { everyMs, maxRows: Math.max(1, maxRows) } }
  }
  if (status === 409) {
    const want = numberIn(body, 'want')
    return want === null || want === 0 ? later : { is: 'want', want }
  }
  if (status === 412) return { is: 'forked', forked: numberIn(body, 'forked') ?? 0 }
  if (status === 422) {
    const aside = numberIn(body, 'aside')
    return aside === null ? later : { is: 'aside', aside }
  }
  if (status === 401) {
    const reason = memberIn(body, 'reason')
    const why = refusedWhys.find((one) => one === reason)
    return why === undefined ? later : { is: 'refused', why }
  }
  if (status === 400 || status === 413) return { is: 'malformed', status }
  return later
}

/** A digest of 64 hex digits that the program made itself. */
export const ownDigest = (hex: string): Uint8Array =>
  present(digestOfHex(hex), 'a digest is 64 hex digits')
