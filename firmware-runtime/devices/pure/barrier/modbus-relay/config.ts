// Wiring of one barrier and limits of its driver, each with unit and source. `standardBarrier` is a gate on a relay
// board, `instantBarrier` a simulated one without travel time.

import type { Sensor } from '#base/pure/lot/sensor.ts'

export type InputName = 'limitOpen' | 'limitClosed' | 'loopUnder' | 'loopArrive'
export type OutputName = 'open' | 'close' | 'stop'

export interface InputWiring {
  /** Discrete input number on the board. */
  readonly di: number
  /** False: the contact opens when the condition is present. */
  readonly activeHigh: boolean
}

/** The board's pulse starts when the request arrives, so a close waits this much longer than the pulse lasts. */
export const relayMarginMs = 50

export interface BarrierWiring {
  /** Null: the gate cannot be stopped; a boom that must not go down further is raised instead. */
  readonly outputs: Readonly<Record<'open' | 'close', number> & Record<'stop', number | null>>
  /** Null: not wired, so always unknown. A boom without limit inputs is never closed by the driver. */
  readonly inputs: Readonly<Record<InputName, InputWiring | null>> & {
    /** For a reused lane: the trigger at its inner end. */
    readonly loopInner?: InputWiring | undefined
  }
  /** Further presence sensors under the boom (photocell, radar): they block closing like loopUnder. */
  readonly presence: readonly InputWiring[]
}

export interface BarrierConfig {
  /** Sensors wired to other devices: unknown until reported, and unknown counts as occupied. */
  readonly outside?: readonly Sensor[]
  readonly unitId: number
  /** Holding register with the version of the board; absent: its profile names none, and it is never asked. */
  readonly versionRegister?: number
  readonly wiring: BarrierWiring
  readonly pollMs: number
  /** Time limit for the answer to a request. */
  readonly answerTimeoutMs: number
  /** Age at which the last inputs become unknown (rule 1: more than two polls). */
  readonly staleMs: number
  /** Unanswered requests in a row after which the link is closed and reopened. */
  readonly missesMax: number
  /** Repeats of a pulse whose echo did not arrive. */
  readonly retriesMax: number
  readonly debounceLimitMs: number
  readonly debounceLoopMs: number
  /** Time for which all presence inputs must be clear before the boom closes. */
  readonly closeDelayMs: number
  /** Hardware pulse, a multiple of 100 ms. */
  readonly pulseMs: number
  readonly openTravelMs: number
  readonly closeTravelMs: number
  /** Shortest time between opposite commands; the safety reopen does not wait for it. */
  readonly oppositeGapMs: number
  readonly loopStuckMs: number
  /** An open commanded while the link was down is carried out later up to this age. */
  readonly commandKeepMs: number
}

/** Coils and inputs of contract.md section 3. */
export const contractWiring: BarrierWiring = {
  outputs: { open: 0, close: 1, stop: 2 },
  inputs: {
    limitOpen: { di: 0, activeHigh: true },
    limitClosed: { di: 1, activeHigh: true },
    loopUnder: { di: 2, activeHigh: true },
    loopArrive: { di: 3, activeHigh: true },
  },
  presence: [],
}

/** Values of the profile in lane-devices.md 2.4; gap of 2.2; stuck loop of rule 8. */
export const standardBarrier: BarrierConfig = {
  unitId: 1,
  wiring: contractWiring,
  pollMs: 50,
  answerTimeoutMs: 300,
  staleMs: 100,
  missesMax: 3,
  retriesMax: 2,
  debounceLimitMs: 30,
  debounceLoopMs: 80,
  closeDelayMs: 1_000,
  pulseMs: 500,
  openTravelMs: 6_000,
  closeTravelMs: 6_000,
  oppositeGapMs: 1_000,
  loopStuckMs: 600_000,
  commandKeepMs: 10_000,
}

/** For replays over links at 20 passages a second: no travel, no bounce, and cars in a column. */
export const instantBarrier: BarrierConfig = {
  ...standardBarrier,
  pollMs: 10,
  // Two polls would be 20 ms, less than a busy machine may suspend a process.
  staleMs: 200,
  debounceLimitMs: 0,
  debounceLoopMs: 0,
  closeDelayMs: 150,
  pulseMs: 100,
  oppositeGapMs: 0,
}
