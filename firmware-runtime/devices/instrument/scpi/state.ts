// The state of an analyser's driver: which phase, what is still to be said, what is waited for.
// Plain data: a copy of it is the driver.
import type { MeterEffect, MeterFault, MeterIdentity, MeterSettings } from '../meter.ts'
import type { Ask } from './asks.ts'
import type { ScpiMap } from './command-map.ts'
import type { Draft } from '../../driver.ts'

export type Phase =
  | 'down'
  /** Who is there. */
  | 'identify'
  | 'setup'
  | 'ready'
  /** Whether it still is as it was set. */
  | 'poll'
  | 'hold'
  | 'sweep'
  | 'read'
  /** The error queue after an answer that did not come. */
  | 'fence'
  /** Refused or not to be set up: asked again after a while. */
  | 'resting'

interface Job {
  readonly id: number
  readonly fromMs: number
  readonly levelDbm: number | null
  readonly overload: boolean
  /** It was begun anew once, after an answer that was lost. */
  readonly again: boolean
}

export interface ScpiState {
  readonly link: 'up' | 'down' | 'dropping'
  readonly reported: 'up' | 'down' | null
  readonly phase: Phase
  /** When the connection began. */
  readonly upAtMs: number
  readonly asks: readonly Ask[]
  /** The one query whose answer is due. */
  readonly waiting: Ask | null
  readonly resting: boolean
  readonly carry: Uint8Array
  readonly identity: MeterIdentity | null
  /** Why nothing can be measured for now. */
  readonly refusal: MeterFault | null
  readonly job: Job | null
  /** Measurements that wait for their turn. */
  readonly wanted: readonly number[]
  /** What was asked in vain when the fence began. */
  readonly missed: Ask | null
  /** How often setting up was begun since it was last ready. */
  readonly setups: number
  /** Errors of its queue since the phase began. */
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
  setups: 0,
  errors: [],
  counters: { queries: 0, replies: 0, timeouts: 0, discardedBytes: 0 },
})

export interface ScpiDraft extends Draft<ScpiState, MeterEffect> {
  readonly config: { readonly map: ScpiMap; readonly settings: MeterSettings }
  readonly atMs: number
}
