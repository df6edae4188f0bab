// What all framings share: a pure decoder (state, chunk) -> state, frames, what was thrown away.
// Memory is bounded by the cap of the variant; every dropped byte is counted with its reason.

export type DiscardReason = 'noise' | 'header' | 'check' | 'escape' | 'short' | 'overflow' | 'flush'

export interface Discard {
  readonly count: number
  readonly reason: DiscardReason
}

export interface FramedData {
  /** RSCTL of generic-bcc, SEQ of generic-ver, 0 where a variant has neither. */
  readonly seq: number
  /** Type byte and fields; empty for an empty acknowledgement. A view, valid while the chunk is. */
  readonly data: Uint8Array
}

export interface FramingState {
  /** Bytes of a frame that is not whole yet, never longer than the cap. */
  readonly pending: Uint8Array
  /** Bytes of an over-long body already dropped; they end at the next delimiter. */
  readonly dropping: boolean
}

export interface FramingResult {
  readonly state: FramingState
  readonly frames: readonly FramedData[]
  readonly discards: readonly Discard[]
}

export interface Framing {
  decode(state: FramingState, chunk: Uint8Array): FramingResult
  /** The line was silent for the inter-byte time: what is pending can no longer become whole. */
  flush(state: FramingState): FramingResult
  encode(seq: number, data: Uint8Array): Uint8Array
}

export const emptyFraming: FramingState = { pending: new Uint8Array(0), dropping: false }

/** Adds to the last discard when the reason is the same, so that noise stays one row. */
export function addDiscard(discards: Discard[], count: number, reason: DiscardReason): void {
  if (count === 0) return
  const last = discards.at(-1)
  if (last?.reason === reason) discards[discards.length - 1] = { count: last.count + count, reason }
  else discards.push({ count, reason })
}
