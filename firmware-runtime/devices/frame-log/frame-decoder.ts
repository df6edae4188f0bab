// Link data as rows for people: each frame with its raw bytes and its fields, discarded bytes, and link up and down.
// Decoded by the driver's own codec.
import type { ConsoleRowView } from '../calls/console-views.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { filled } from '#base/pure/words/gaps.ts'
import { emptyFraming, type Discard, type FramingState } from '../pure/rsu/framing.ts'
import type { RsuVariant } from '../pure/rsu/variants.ts'
import { noBytesRead, type ReadBytes, type FrameReader } from '../pure/frame-reader.ts'
import type { RingEvent } from './frame-ring.ts'

type LogPosition = 'seq' | 'atIso' | 'monoMs' | 'laneId' | 'device'

/** A row of the console without place and readable times. */
export interface DecodedRow extends Omit<ConsoleRowView, LogPosition> {
  readonly monoUs: number
  readonly atMs: number
}

export interface FrameDecoder {
  take(event: RingEvent): readonly DecodedRow[]
  /** Events are missing: incomplete frames cannot be completed any more. */
  reset(): void
  /** End of the data: a good frame after a false head was waiting for the rest of that head. */
  end(): readonly DecodedRow[]
}

type At = Pick<DecodedRow, 'monoUs' | 'atMs' | 'direction'>

const linkRow = (
  { monoUs, atMs }: Pick<RingEvent, 'monoUs' | 'atMs'>,
  type: 'up' | 'down',
  reason: string,
): DecodedRow => ({
  monoUs,
  atMs,
  direction: 'link',
  type,
  name: '',
  hex: '',
  ok: type === 'up',
  fields: {},
  discarded: 0,
  reason,
})

const sumOf = (discards: readonly Discard[]): number => {
  let sum = 0
  for (const { count } of discards) sum += count
  return sum
}

const reasonsOf = (discards: readonly Discard[]): string =>
  [...new Set(discards.map(({ reason }) => reason))].join(' ')

function frameRow(variant: RsuVariant, at: At, data: Uint8Array, hex: string): DecodedRow {
  const frame = variant.engine.decode(data)
  const row = { ...at, hex, discarded: 0 }
  if (frame.ok)
    return {
      ...row,
      type: frame.code,
      name: frame.name,
      ok: true,
      fields: frame.value,
      reason: frame.warnings.join(', '),
    }
  // A frame without data is the acknowledgement of some controllers (RSCTL only).
  if (frame.reason === 'empty')
    return { ...row, type: '', name: 'acknowledge', ok: true, fields: {}, reason: '' }
  return { ...row, type: frame.code, name: '', ok: false, fields: {}, reason: frame.reason }
}

type Framed = ReturnType<RsuVariant['framing']['decode']>

/** One direction of an antenna's link. */
class Half {
  private readonly variant: RsuVariant
  private state: FramingState = emptyFraming
  private discards: Discard[] = []

  constructor(variant: RsuVariant) {
    this.variant = variant
  }

  take(at: At, chunk: Uint8Array): readonly DecodedRow[] {
    const fresh = this.state.pending.length === 0 && !this.state.dropping
    const result = this.variant.framing.decode(this.state, chunk)
    const alone =
      fresh &&
      result.frames.length === 1 &&
      result.discards.length === 0 &&
      result.state.pending.length === 0
    return this.rows(at, result, alone ? hexOf(chunk) : null)
  }

  flush(at: At): readonly DecodedRow[] {
    return this.rows(at, this.variant.framing.flush(this.state), null)
  }

  reset(): void {
    this.state = emptyFraming
    this.discards = []
  }

  /** `rawHex`: the bytes as received, when they are exactly this frame. */
  private rows(at: At, result: Framed, rawHex: string | null): readonly DecodedRow[] {
    this.state = result.state
    this.discards.push(...result.discards)
    const rows: DecodedRow[] = []
    for (const { seq, data } of result.frames) {
      const hex = rawHex ?? hexOf(this.variant.framing.encode(seq, data))
      const row = frameRow(this.variant, at, data, hex)
      rows.push(this.discards.length === 0 ? row : { ...row, discarded: sumOf(this.discards) })
      this.discards = []
    }
    return rows
  }

  /** Discarded bytes without a frame after them. */
  left(at: At): readonly DecodedRow[] {
    const discarded = sumOf(this.discards)
    const reason = reasonsOf(this.discards)
    this.discards = []
    if (discarded === 0) return []
    const row = { ...at, type: '', name: '', hex: '', ok: false, fields: {} }
    return [{ ...row, discarded, reason }]
  }
}

class RsuFrameDecoder implements FrameDecoder {
  private readonly heard: Half
  private readonly said: Half
  private last: At = { monoUs: 0, atMs: 0, direction: 'in' }

  constructor(variant: RsuVariant) {
    this.heard = new Half(variant)
    this.said = new Half(variant)
  }

  take(event: RingEvent): readonly DecodedRow[] {
    const { monoUs, atMs } = event
    const at = { monoUs, atMs, direction: 'in' } as const
    this.last = at
    switch (event.kind) {
      case 'in':
        return this.heard.take(at, event.bytes)
      case 'out':
        return this.said.take({ ...at, direction: 'out' }, event.bytes)
      case 'timer':
        return event.name === 'interByte' ? [...this.heard.flush(at), ...this.heard.left(at)] : []
      case 'linkUp':
        this.reset()
        return [linkRow(event, 'up', '')]
      case 'linkDown': {
        const rest = [...this.heard.flush(at), ...this.heard.left(at)]
        this.reset()
        return [...rest, linkRow(event, 'down', event.reason)]
      }
      case 'command':
        return []
    }
  }

  reset(): void {
    this.heard.reset()
    this.said.reset()
  }

  end(): readonly DecodedRow[] {
    const out = { ...this.last, direction: 'out' } as const
    return [
      ...this.heard.flush(this.last),
      ...this.heard.left(this.last),
      ...this.said.flush(out),
      ...this.said.left(out),
    ]
  }
}

export const rsuFrameDecoder = (variant: RsuVariant): FrameDecoder => new RsuFrameDecoder(variant)

/** Any other device: decoded by the reader of its folder. */
class ReaderDecoder implements FrameDecoder {
  private readonly reader: FrameReader
  private last: Omit<At, 'direction'> = { monoUs: 0, atMs: 0 }

  constructor(reader: FrameReader) {
    this.reader = reader
  }

  take(event: RingEvent): readonly DecodedRow[] {
    const { monoUs, atMs } = event
    const at = { monoUs, atMs }
    const frameAt = { ...at, direction: 'in' } as const
    this.last = at
    switch (event.kind) {
      case 'in':
        return rowsOf(frameAt, this.reader.heard(filled(event), event.exchange))
      case 'out': {
        const said = this.reader.said(event.bytes, event.exchange)
        return rowsOf(said.receivedBefore === true ? frameAt : { ...at, direction: 'out' }, said)
      }
      case 'linkUp':
        return [...this.rest(), linkRow(event, 'up', '')]
      case 'linkDown':
        if (event.exchange !== undefined)
          return rowsOf(frameAt, this.reader.lost?.(event.exchange, event.reason) ?? noBytesRead)
        return [...this.rest(), linkRow(event, 'down', event.reason)]
      case 'timer':
        return rowsOf(frameAt, this.reader.fired?.(event.name) ?? noBytesRead)
      case 'command':
        return []
    }
  }

  reset(): void {
    this.reader.cut()
  }

  end(): readonly DecodedRow[] {
    return this.rest()
  }

  private rest(): readonly DecodedRow[] {
    const { receivedBytes, saidBytes } = this.reader.cut()
    return [
      ...thrownAway({ ...this.last, direction: 'in' }, receivedBytes),
      ...thrownAway({ ...this.last, direction: 'out' }, saidBytes),
    ]
  }
}

function thrownAway(at: At, discarded: number): readonly DecodedRow[] {
  if (discarded === 0) return []
  const row = { ...at, type: '', name: '', hex: '', ok: false, fields: {} }
  return [{ ...row, discarded, reason: 'noFrame' }]
}

function rowsOf(at: At, { frames, discardedBytes, link }: ReadBytes): readonly DecodedRow[] {
  const rows = frames.map(({ bytes, ...frame }, i) => ({
    ...at,
    ...frame,
    hex: hexOf(bytes),
    discarded: i === 0 ? discardedBytes : 0,
  }))
  const more = link === undefined ? [] : [linkRow(at, link.is, link.reason)]
  return frames.length === 0 ? [...thrownAway(at, discardedBytes), ...more] : [...rows, ...more]
}

export const readerDecoder = (reader: FrameReader): FrameDecoder => new ReaderDecoder(reader)
