// Commands between a lane and a display driver, independent of the board.
// A lane only states the content; it never waits for a board, and a silent board delays no car.

/** `wait`: nothing to do; `go`: the boom opens; `stop`: a person or a payment is needed. */
export type Tone = 'wait' | 'go' | 'stop'

/** Bytes of a code's text that every board takes whole. */
export const payTextBytesMax = 120

export interface DisplayPage {
  /** Words that belong together, in order; a board puts one on a line where it has the room. */
  readonly phrases: readonly string[]
  readonly tone: Tone
  /** Text for a board with speech output; empty: nothing. */
  readonly speech: string
}

/** Lane to driver. The latest page wins; earlier ones that are not out yet are forgotten. */
export type DisplayCommand =
  | { readonly do: 'show'; readonly page: DisplayPage }
  /** A QR code to pay by, with words beside it, until the next page or for `forMs` (0: no end). */
  | {
      readonly do: 'showPay'
      readonly page: DisplayPage
      readonly url: string
      readonly amountFen: number
      readonly forMs: number
    }

/** Driver to lane. */
export type DisplayEvent =
  | { readonly type: 'displayUp' }
  | { readonly type: 'displayDown'; readonly reason: string }
  /** The board acknowledged every part of the page: these words, letter for letter. */
  | {
      readonly type: 'shown'
      readonly lines: readonly string[]
      readonly spoken: string
      /** Characters that the board does not have were replaced. */
      readonly lossy: boolean
    }
  /** The board refused the page: what it shows now is not known. */
  | { readonly type: 'notShown'; readonly reason: string }
