// Replies of an analyser: lines, and blocks of IEEE 488.2 that are read by their byte count, so that a line feed inside
// a block does not end it. Any split of the stream; bounded; invalid bytes are dropped.
import { latin1 } from '../meter.ts'

/** A text trace of 4,001 values has about 60,000 bytes; at 20 MHz more is not needed. */
export const replyBytesMax = 65_536
const lineFeed = 0x0a
const carriageReturn = 0x0d
const hash = 0x23

export type Reply =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'block'; readonly payload: Uint8Array }

interface Taken {
  /** Null: the reply is incomplete. */
  readonly reply: Reply | null
  readonly rest: Uint8Array
  /** Bytes that cannot belong to a reply. */
  readonly discardedBytes: number
}

const none = new Uint8Array()

type Head =
  | { readonly is: 'head'; readonly bytes: number; readonly count: number }
  | { readonly is: 'open' }
  | { readonly is: 'none' }

const digits = (text: string): boolean => /^\d+$/.test(text)

/** `#212` means that 12 bytes follow; one maker writes long counts as `#(1677721600)`. */
function headOf(bytes: Uint8Array): Head {
  const text = latin1(bytes.subarray(0, 24))
  const first = text[1]
  if (first === undefined) return { is: 'open' }
  if (first === '(') {
    const end = text.indexOf(')')
    if (end < 0) return text.length < 24 ? { is: 'open' } : { is: 'none' }
    const count = text.slice(2, end)
    return digits(count) ? { is: 'head', bytes: end + 1, count: Number(count) } : { is: 'none' }
  }
  // `#0` has no length and ends with the message, which a socket does not show: never requested, and not accepted.
  if (!/[1-9]/.test(first)) return { is: 'none' }
  const count = text.slice(2, 2 + Number(first))
  if (count !== '' && !digits(count)) return { is: 'none' }
  if (count.length < Number(first)) return { is: 'open' }
  return { is: 'head', bytes: 2 + Number(first), count: Number(count) }
}

function lineOf(bytes: Uint8Array): Taken {
  // Some instruments end with CR alone; the LF of a CR LF begins no reply.
  const end = bytes.findIndex((byte) => byte === lineFeed || byte === carriageReturn)
  if (end < 0) {
    const tooLong = bytes.length > replyBytesMax
    return tooLong
      ? { reply: null, rest: none, discardedBytes: bytes.length }
      : { reply: null, rest: bytes, discardedBytes: 0 }
  }
  const text = latin1(bytes.subarray(0, end)).trim()
  return { reply: { kind: 'line', text }, rest: bytes.subarray(end + 1), discardedBytes: 0 }
}

/** The first reply in the bytes so far. Blocks are recognised only where one was requested. */
export function takeReply(carry: Uint8Array, blocks: boolean): Taken {
  let start = 0
  // Skips line ends left over from the reply before.
  while (start < carry.length && [lineFeed, carriageReturn].includes(carry[start] ?? 0)) start++
  const bytes = carry.subarray(start)
  if (!blocks || bytes[0] !== hash) return lineOf(bytes)
  const head = headOf(bytes)
  if (head.is === 'open') return { reply: null, rest: bytes, discardedBytes: 0 }
  if (head.is === 'none' || head.bytes + head.count > replyBytesMax) return lineOf(bytes)
  const end = head.bytes + head.count
  if (bytes.length < end) return { reply: null, rest: bytes, discardedBytes: 0 }
  const payload = bytes.slice(head.bytes, end)
  return { reply: { kind: 'block', payload }, rest: bytes.subarray(end), discardedBytes: 0 }
}

/** SCPI constants: 9.91E+37 is not a number, 9.9E+37 and -9.9E+37 are out of range. */
const notNumber = 9.91e37
const beyond = 9.9e37

export type Figure =
  | { readonly is: 'value'; readonly value: number }
  | { readonly is: 'invalid' | 'overflow'; readonly text: string }

const numberShape = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/** Null: the text is not a figure. */
export function figureOf(text: string): Figure | null {
  if (/^[+-]?(?:nan|inf|infinity)$/i.test(text)) return { is: 'invalid', text }
  if (text.length > 40 || !numberShape.test(text)) return null
  const value = Number(text)
  if (Math.abs(value) >= notNumber) return { is: 'invalid', text }
  if (Math.abs(value) >= beyond) return { is: 'overflow', text }
  return { is: 'value', value }
}

export const traceForms = ['ascii', 'real32le', 'real32be'] as const
export type TraceForm = (typeof traceForms)[number]

/** Figures of a trace; null: the reply is not a trace in this form. */
export function traceOf(reply: Reply, form: TraceForm): readonly Figure[] | null {
  if (form !== 'ascii') {
    if (reply.kind !== 'block' || reply.payload.length % 4 !== 0) return null
    const { payload } = reply
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
    return Array.from({ length: payload.length / 4 }, (_, i): Figure => {
      const value = view.getFloat32(4 * i, form === 'real32le')
      return Number.isFinite(value) && Math.abs(value) < beyond
        ? { is: 'value', value }
        : { is: 'invalid', text: String(value) }
    })
  }
  const text = reply.kind === 'line' ? reply.text : latin1(reply.payload)
  const figures = text.split(',').map((part) => figureOf(part.trim()))
  const all = figures.filter((figure) => figure !== null)
  return all.length === figures.length ? all : null
}
