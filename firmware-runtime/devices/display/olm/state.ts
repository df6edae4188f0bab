// What the display driver remembers, and the draft a single step works on.
// Everything here can be printed as JSON; a step copies it and never changes its input.
import type { DisplayEvent, DisplayPage } from '../../../core/lane/display.ts'
import type { DisplayConfig } from './config.ts'
import { noBytes } from './framing.ts'
import type { Draft, LinkEffect } from '../../driver.ts'

/** One frame to be sent and acknowledged. */
export interface Job {
  readonly name: string
  readonly command: number
  readonly bytes: Uint8Array
  /** The page it belongs to; null: it looks after the board itself. */
  readonly pageId: number | null
  readonly triesLeft: number
}

/** What the lane asked for last. */
export interface Wanted {
  readonly id: number
  readonly page: DisplayPage
  readonly pay: { readonly url: string; readonly amountFen: number; readonly forMs: number } | null
  readonly atMs: number
  /** What the board has said of it; it is not said again when the page is shown again. */
  readonly said: string | null
}

interface DisplayCounters {
  readonly acks: number
  readonly timeouts: number
  readonly refused: number
  /** Replies to nothing, or to another command. */
  readonly strangers: number
  readonly malformed: number
  readonly echoes: number
  readonly discardedBytes: number
  /** Pages that were overtaken before they were out. */
  readonly overtaken: number
}

export interface DisplayState {
  readonly link: 'down' | 'up' | 'dropping'
  /** What the lane was last told. */
  readonly reported: 'up' | 'down' | null
  readonly carry: Uint8Array
  /** Frames of the wanted page that are not acknowledged yet. */
  readonly jobs: readonly Job[]
  /** Frames that look after the board. */
  readonly care: readonly Job[]
  readonly inFlight: Job | null
  /** Nothing is sent before. */
  readonly readyAtMs: number
  readonly wanted: Wanted | null
  /** The page that is completely acknowledged. */
  readonly shownId: number | null
  readonly lines: readonly string[]
  /** The page that was refused once: a locked board that restarted wants its password first. */
  readonly refusedId: number | null
  /** A page with a QR code lies over the lines. */
  readonly payOn: boolean
  readonly silences: number
  /** The last thing told is that the password is wrong. */
  readonly locked: boolean
  /** As last acknowledged. */
  readonly light: 'day' | 'night' | null
  readonly clockDay: number | null
  readonly nextId: number
  readonly counters: DisplayCounters
}

export type DisplayEffect = LinkEffect<DisplayEvent>

/** One step at work: `s` is replaced, never changed in place. */
export interface DisplayDraft extends Draft<DisplayState, DisplayEffect> {
  readonly config: DisplayConfig
  readonly nowMs: number
  readonly businessNowMs: number
}

/** Nothing is known of the board: not what it shows, not how bright it is. */
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
