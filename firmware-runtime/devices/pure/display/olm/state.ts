// State of the display driver, and the draft of a single step. The state can be printed as JSON; a step copies it and
// never changes its input.
import type { DisplayEvent, DisplayPage } from '../../lane/display.ts'
import type { DisplayConfig } from './config.ts'
import { noBytes } from './framing.ts'
import type { Draft, LinkEffect } from '../../driver.ts'

/** One frame to be sent and acknowledged. */
export interface Job {
  readonly name: string
  readonly command: number
  readonly bytes: Uint8Array
  /** The page it belongs to; null: it manages the board itself. */
  readonly pageId: number | null
  readonly triesLeft: number
}

/** The last page requested by the lane. */
export interface Wanted {
  readonly id: number
  readonly page: DisplayPage
  readonly pay: { readonly url: string; readonly amountFen: number; readonly forMs: number } | null
  readonly atMs: number
  /** The spoken text of the page; it is not repeated when the page is shown again. */
  readonly said: string | null
}

interface DisplayCounters {
  readonly acks: number
  readonly timeouts: number
  readonly refused: number
  /** Unexpected replies, or replies to another command. */
  readonly strangers: number
  readonly malformed: number
  readonly echoes: number
  readonly discardedBytes: number
  /** Pages that were replaced before they were complete. */
  readonly overtaken: number
}

export interface DisplayState {
  readonly link: 'down' | 'up' | 'dropping'
  /** The link state last reported to the lane. */
  readonly reported: 'up' | 'down' | null
  readonly carry: Uint8Array
  /** Unacknowledged frames of the wanted page. */
  readonly jobs: readonly Job[]
  /** Frames that manage the board. */
  readonly care: readonly Job[]
  readonly inFlight: Job | null
  /** Nothing is sent before this time. */
  readonly readyAtMs: number
  readonly wanted: Wanted | null
  /** The completely acknowledged page. */
  readonly shownId: number | null
  readonly lines: readonly string[]
  /** The page that was refused once: a locked board that restarted needs its password first. */
  readonly refusedId: number | null
  /** A page with a QR code covers the lines. */
  readonly payOn: boolean
  readonly silences: number
  /** The last report was that the password is wrong. */
  readonly locked: boolean
  /** The last acknowledged brightness. */
  readonly light: 'day' | 'night' | null
  readonly clockDay: number | null
  readonly nextId: number
  readonly counters: DisplayCounters
}

export type DisplayEffect = LinkEffect<DisplayEvent>

/** The draft of one step: `s` is replaced, never mutated. */
export interface DisplayDraft extends Draft<DisplayState, DisplayEffect> {
  readonly config: DisplayConfig
  readonly nowMs: number
  readonly businessNowMs: number
}

/** State of an unknown board: neither its page nor its brightness is known. */
export const boardUnknown = {
  shownId: null,
  lines: [],
  payOn: false,
  light: null,
  clockDay: null,
} as const satisfies Partial<DisplayState>

export const initialState: DisplayState = {
  ...boardUnknown,
  link: 'down',
  reported: null,
  carry: noBytes,
  jobs: [],
  care: [],
  inFlight: null,
  readyAtMs: 0,
  wanted: null,
  refusedId: null,
  silences: 0,
  locked: false,
  nextId: 1,
  counters: {
    acks: 0,
    timeouts: 0,
    refused: 0,
    strangers: 0,
    malformed: 0,
    echoes: 0,
    discardedBytes: 0,
    overtaken: 0,
  },
}
