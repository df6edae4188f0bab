// The driver of a code scanner: (state, event) -> (state, effects). It wakes a device that needs it and collects bytes
// until a code is complete. An incomplete code, and one repeated at once, is not emitted.
import { noTimer, timer } from '#base/pure/values/step.ts'
import {
  change,
  count,
  emit,
  type Draft,
  type Driver,
  type DriverEvent,
  type LinkEffect,
} from '../driver.ts'

/** A chunk of bytes as decoded for one kind of scanner. */
interface ScannedChunk {
  /** Whole codes, in order. */
  readonly codes: readonly Uint8Array[]
  /** Bytes of an incomplete code. */
  readonly rest: Uint8Array
  /** The chunk was not a report with a code. */
  readonly isStrange: boolean
}

export interface ScanReader {
  read(rest: Uint8Array, chunk: Uint8Array): ScannedChunk
  /** True: silence ends a code. */
  readonly endsBySilence: boolean
  /** Bytes to send before the device reports codes. */
  readonly wakes?: Uint8Array
  /** Reader made from the device's own report descriptor; null: the descriptor does not help. */
  described?(descriptor: Uint8Array): ScanReader | null
}

export interface ScanTimes {
  /** Wait after the last byte of a code without an end. */
  readonly gapMs: number
  /** The same code within this time counts as the same scan. */
  readonly repeatMs: number
}

/** Limit of one code; a QR code holds no more. */
const codeBytesMax = 8_192

type NotRead = 'half' | 'tooLong' | 'notText'

export type ScanEvent =
  | { readonly type: 'scannerState'; readonly isUp: boolean }
  | { readonly type: 'read'; readonly text: string }
  | { readonly type: 'notRead'; readonly why: NotRead }

export type ScanEffect = LinkEffect<ScanEvent>

export interface ScanState {
  /** How the connected device formats its reports. */
  readonly reader: ScanReader
  readonly rest: Uint8Array
  /** The code is too long: bytes up to its end are discarded. */
  readonly isSkipping: boolean
  readonly last: { readonly text: string; readonly atMs: number } | null
  readonly counters: { readonly read: number; readonly repeated: number; readonly strange: number }
}

interface ScanDraft extends Draft<ScanState, ScanEffect> {
  readonly times: ScanTimes
}

const none = new Uint8Array()

const initialState: Omit<ScanState, 'reader'> = {
  rest: none,
  isSkipping: false,
  last: null,
  counters: { read: 0, repeated: 0, strange: 0 },
}

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f

function codeCame(d: ScanDraft, bytes: Uint8Array, atMs: number): void {
  if (d.s.isSkipping) return change(d, { isSkipping: false })
  if (bytes.length === 0) return
  if (bytes.length > codeBytesMax) return emit(d, { type: 'notRead', why: 'tooLong' })
  if (!bytes.every(isPrintable)) return emit(d, { type: 'notRead', why: 'notText' })
  const text = String.fromCharCode(...bytes)
  const { last } = d.s
  if (last?.text === text && atMs - last.atMs < d.times.repeatMs) return count(d, 'repeated')
  change(d, { last: { text, atMs } })
  count(d, 'read')
  emit(d, { type: 'read', text })
}

/** An incomplete code ended. */
function broken(d: ScanDraft): void {
  const { rest, isSkipping } = d.s
  change(d, { rest: none, isSkipping: false })
  if (rest.length > 0 && !isSkipping) emit(d, { type: 'notRead', why: 'half' })
}

function bytesCame(d: ScanDraft, chunk: Uint8Array, atMs: number): void {
  const { codes, rest, isStrange } = d.s.reader.read(d.s.rest, chunk)
  if (isStrange) count(d, 'strange')
  for (const code of codes) codeCame(d, code, atMs)
  const isTooLong = rest.length > codeBytesMax
  if (isTooLong && !d.s.isSkipping) emit(d, { type: 'notRead', why: 'tooLong' })
  if (isTooLong) change(d, { rest: none, isSkipping: true })
  else change(d, { rest })
  const isOpen = d.s.rest.length > 0 || d.s.isSkipping
  d.effects.push(isOpen ? timer('gap', d.times.gapMs) : noTimer('gap'))
}

/** The device's own descriptor takes precedence over the layout of its model. */
function linkUp(d: ScanDraft, given: ScanReader, descriptor: Uint8Array | undefined): void {
  const own = descriptor === undefined ? null : (given.described?.(descriptor) ?? null)
  change(d, { reader: own ?? given })
  if (given.wakes !== undefined) d.effects.push({ do: 'send', bytes: given.wakes })
  emit(d, { type: 'scannerState', isUp: true })
}

export const scannerDriver = (
  reader: ScanReader,
  times: ScanTimes,
): Driver<ScanState, DriverEvent, ScanEffect> => ({
  initial: () => ({ ...initialState, reader }),
  step(state, event) {
    const d: ScanDraft = { s: state, effects: [], times }
    if (event.type === 'linkUp') linkUp(d, reader, event.descriptor)
    if (event.type === 'linkDown') {
      d.effects.push(noTimer('gap'))
      broken(d)
      emit(d, { type: 'scannerState', isUp: false })
    }
    if (event.type === 'bytes') bytesCame(d, event.bytes, event.atMs)
    if (event.type === 'timer') {
      const { rest } = d.s
      if (reader.endsBySilence && !d.s.isSkipping) {
        change(d, { rest: none })
        codeCame(d, rest, event.atMs)
      } else broken(d)
    }
    return { state: d.s, effects: d.effects }
  },
})
