// How one barrier is wired and how patient its driver is: every limit with its unit and its source.
// `standardBarrier` is a gate on a relay board, `instantBarrier` a stand-in without travel time.

import type { Sensor } from '../../../core/lot/sensor.ts'

export type InputName = 'limitOpen' | 'limitClosed' | 'loopUnder' | 'loopArrive'
export type OutputName = 'open' | 'close' | 'stop'

export interface InputWiring {
  /** Discrete input number on the board. */
  readonly di: number
  /** False where the contact opens when the condition is there. */
  readonly activeHigh: boolean
}

/** The board's pulse begins when the request arrives: a close waits this much longer than it lasts. */
export const relayMarginMs = 50

export interface BarrierWiring {
  /** Null: the gate cannot be stopped; a boom that must not go on down is sent up instead. */
  readonly outputs: Readonly<Record<'open' | 'close', number> & Record<'stop', number | null>>
  /** Null: not wired, so never known. A boom without limits is not closed by us. */
  readonly inputs: Readonly<Record<InputName, InputWiring | null>> & {
    /** Of a reused lane: the trigger at its inner end. */
    readonly loopInner?: InputWiring | undefined
  }
  /** Further presence sensors under the boom (photocell, radar): they block closing like loopUnder. */
  readonly presence: readonly InputWiring[]
}

export interface BarrierConfig {
  /** Sensors that are wired elsewhere: unknown until they are told, and unknown counts as occupied. */
  readonly outside?: readonly Sensor[]
  readonly unitId: number
  readonly wiring: BarrierWiring
  readonly pollMs: number
  /** How long one request may stay without its answer. */
  readonly answerTimeoutMs: number
  /** Age of the last inputs from which on they count as unknown (rule 1: more than two polls). */
  readonly staleMs: number
  /** Requests in a row without answer after which the link is dropped and opened again. */
  readonly missesMax: number
  /** Further tries of one pulse whose echo did not come. */
  readonly retriesMax: number
  readonly debounceLimitMs: number
  readonly debounceLoopMs: number
  /** How long all presence inputs must be clear before the boom closes. */
  readonly closeDelayMs: number
  /** Hardware pulse, a multiple of 100 ms. */
  readonly pulseMs: number
  readonly openTravelMs: number
  readonly closeTravelMs: number
  /** Least time between opposite commands; the safety reopen does not wait for it. */
  readonly oppositeGapMs: number
  readonly loopStuckMs: number
  /** An open commanded while the link was down is still carried out up to this age. */
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
  // Two polls would be 20 ms, less than a busy machine may keep a process waiting.
  staleMs: 200,
  debounceLimitMs: 0,
  debounceLoopMs: 0,
  closeDelayMs: 150,
  pulseMs: 100,
  oppositeGapMs: 0,
}
