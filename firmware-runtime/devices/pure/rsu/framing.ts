// The interface of all framings: a pure decoder (state, chunk) -> state, frames, discarded bytes. Memory is bounded by
// the limit of the variant; every dropped byte is counted with its reason.

export type DiscardReason = 'noise' | 'header' | 'check' | 'escape' | 'short' | 'overflow' | 'flush'

export interface Discard {
  readonly count: number
  readonly reason: DiscardReason
}

export interface FramedData {
  /** RSCTL of generic-bcc, SEQ of generic-ver, 0 when a variant has neither. */
  readonly seq: number
  /** Type byte and fields; empty for an acknowledgement. A view, valid as long as the chunk is. */
  readonly data: Uint8Array
}

export interface FramingState {
  /** Bytes of an incomplete frame, never longer than the limit. */
  readonly pending: Uint8Array
  /** An over-long body is being dropped, up to the next delimiter. */
  readonly dropping: boolean
}

export interface FramingResult {
  readonly state: FramingState
  readonly frames: readonly FramedData[]
  readonly discards: readonly Discard[]
}

export interface Framing {
  decode(state: FramingState, chunk: Uint8Array): FramingResult
  /** The line was silent for the inter-byte time: pending bytes cannot become a frame any more. */
  flush(state: FramingState): FramingResult
  encode(seq: number, data: Uint8Array): Uint8Array
}

export const emptyFraming: FramingState = { pending: new Uint8Array(0), dropping: false }

/** Adds to the last discard when the reason is the same, so that noise is one entry. */
export function addDiscard(discards: Discard[], count: number, reason: DiscardReason): void {
  if (count === 0) return
  const last = discards.at(-1)
  if (last?.reason === reason) discards[discards.length - 1] = { count: last.count + count, reason }
  else discards.push({ count, reason })
}
