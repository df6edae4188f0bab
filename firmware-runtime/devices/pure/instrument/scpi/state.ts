// The state of an analyser's driver: its phase, the messages still to be sent, and the answer that is due. Plain data:
// a copy of the state restores the driver.
import type { MeterEffect, MeterSettings, MeterState } from '../meter.ts'
import type { Ask } from './asks.ts'
import type { ScpiMap } from './command-map.ts'
import type { Draft } from '../../driver.ts'

export type Phase =
  | 'down'
  /** Asks which instrument it is. */
  | 'identify'
  | 'setup'
  | 'ready'
  /** Checks whether the settings are still in force. */
  | 'poll'
  | 'hold'
  | 'sweep'
  | 'read'
  /** Reads the error queue after an answer that did not arrive. */
  | 'fence'
  /** Refused, or could not be set up; tried again after a while. */
  | 'resting'

interface Job {
  readonly id: number
  readonly fromMs: number
  readonly levelDbm: number | null
  readonly overload: boolean
  /** The job was restarted once, after a lost answer. */
  readonly again: boolean
}

export interface ScpiState extends MeterState {
  readonly phase: Phase
  /** When the connection began. */
  readonly upAtMs: number
  readonly asks: readonly Ask[]
  /** The one query whose answer is due. */
  readonly waiting: Ask | null
  readonly carry: Uint8Array
  readonly job: Job | null
  /** The query that got no answer when the fence began. */
  readonly missed: Ask | null
  /** What came instead of its answer; null: nothing. */
  readonly missedCame: string | null
  /** The last line that came for the open query and cannot be its answer; null: none. */
  readonly strange: string | null
  /** Number of setups since the instrument was last ready. */
  readonly setups: number
  /** Entries of the instrument's error queue since the phase began. */
  readonly errors: readonly string[]
  readonly counters: {
    readonly queries: number
    readonly replies: number
    readonly timeouts: number
    readonly discardedBytes: number
  }
}

export const startScpi = (): ScpiState => ({
  link: 'down',
  reported: null,
  phase: 'down',
  upAtMs: 0,
  asks: [],
  waiting: null,
  resting: false,
  carry: new Uint8Array(),
  identity: null,
  refusal: null,
  job: null,
  wanted: [],
  missed: null,
  missedCame: null,
  strange: null,
  setups: 0,
  errors: [],
  counters: { queries: 0, replies: 0, timeouts: 0, discardedBytes: 0 },
})

export interface ScpiDraft extends Draft<ScpiState, MeterEffect> {
  readonly config: { readonly map: ScpiMap; readonly settings: MeterSettings }
  readonly atMs: number
}
