// A write to a device is a trial: it becomes permanent only when a transaction or a measurement shows that it works;
// otherwise it is rolled back. (state, event) -> (state, effects); the record is durable.
import { noTimer, timer, type Step, type TimerEffect } from '#base/pure/values/step.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { DeviceSettings } from './setting.ts'

interface Trial {
  readonly id: string
  /** All settings that the device takes, as one write sends them. */
  readonly wanted: DeviceSettings
  readonly by: string
  readonly reason: string
  readonly atMs: InstantMs
  /** Countdown from the moment the device took it, ms. */
  readonly forMs: number
  /** Only a measurement makes it permanent; without it the first car that is read does. */
  readonly keepsBy?: 'measurement'
  readonly phase: 'writing' | 'running'
}

/** End of a trial. Only `kept` leaves the new settings on the device. */
export type TrialEnd =
  | 'kept'
  | 'timeUp'
  | 'takenBack'
  | 'linkLost'
  | 'restarted'
  | 'notTaken'
  | 'differs'

export interface TrialState {
  /** Settings without a trial, restored after a failed one. */
  readonly permanent: DeviceSettings
  readonly trial: Trial | null
  /** The permanent settings have to be written again before anything else. */
  readonly restoring: boolean
  readonly last: {
    readonly id: string
    readonly end: TrialEnd
    readonly why: string
    readonly atMs: InstantMs
  } | null
}

export type WriteResult = 'accepted' | 'busy' | 'down' | 'noAnswer' | 'linkLost' | 'refused'

export type TrialEvent = { readonly nowMs: InstantMs } & (
  | { readonly type: 'apply'; readonly trial: Omit<Trial, 'phase' | 'atMs'> }
  | { readonly type: 'written'; readonly id: string; readonly result: WriteResult }
  /** The device reported values: they must equal the written ones. */
  | { readonly type: 'told'; readonly values: DeviceSettings }
  /** A car was read or paid under the trial, or a reading was taken. */
  | { readonly type: 'evidence'; readonly what: string; readonly from?: 'measurement' }
  | { readonly type: 'timer'; readonly name: string }
  | { readonly type: 'lost'; readonly reason: string }
  | { readonly type: 'takeBack'; readonly by: string }
  /** The runtime starts; the state was read from disk. */
  | { readonly type: 'start' }
)

export type TrialEffect =
  | TimerEffect
  /** Make the state durable before the next effect. */
  | { readonly do: 'store' }
  | { readonly do: 'write'; readonly id: string; readonly settings: DeviceSettings }
  | { readonly do: 'tell'; readonly id: string; readonly end: TrialEnd; readonly why: string }

export const restoreId = 'restore'
/** A car is in the zone: its transaction ends first. */
const busyAgainMs = 1_000

export const newTrialState = (permanent: DeviceSettings): TrialState => ({
  permanent,
  trial: null,
  restoring: false,
  last: null,
})

type Out = Step<TrialState, TrialEffect>

const write = (settings: DeviceSettings, id: string): TrialEffect => ({ do: 'write', id, settings })

/** Ends the trial without success: writes the permanent settings back. */
function takeBack(state: TrialState, end: TrialEnd, why: string, nowMs: InstantMs): Out {
  const { trial, permanent } = state
  if (trial === null) return { state, effects: [] }
  return {
    state: {
      permanent,
      trial: null,
      restoring: true,
      last: { id: trial.id, end, why, atMs: nowMs },
    },
    effects: [
      noTimer('trial'),
      { do: 'store' },
      write(permanent, restoreId),
      { do: 'tell', id: trial.id, end, why },
    ],
  }
}

function written(state: TrialState, id: string, result: WriteResult, nowMs: InstantMs): Out {
  const { trial } = state
  if (id === restoreId) {
    if (!state.restoring) return { state, effects: [] }
    // A write that was cut leaves the driver with what it had before, the trial's: tried until the
    // device took it, or is down, where the driver holds the permanent settings for its next start.
    if (result === 'linkLost' || result === 'noAnswer')
      return { state, effects: [write(state.permanent, restoreId)] }
    if (result !== 'accepted' && result !== 'down')
      return { state, effects: [timer('restore', busyAgainMs)] }
    return { state: { ...state, restoring: false }, effects: [{ do: 'store' }] }
  }
  if (trial === null || trial.id !== id || trial.phase !== 'writing') return { state, effects: [] }
  if (result === 'accepted')
    return {
      state: { ...state, trial: { ...trial, phase: 'running' } },
      effects: [{ do: 'store' }, timer('trial', trial.forMs)],
    }
  const untouched = result === 'busy' || result === 'down'
  return takeBack(state, untouched ? 'notTaken' : 'linkLost', result, nowMs)
}

function keep(trial: Trial, why: string, nowMs: InstantMs): Out {
  const last = { id: trial.id, end: 'kept', why, atMs: nowMs } as const
  return {
    state: { permanent: trial.wanted, trial: null, restoring: false, last },
    effects: [noTimer('trial'), { do: 'store' }, { do: 'tell', id: trial.id, end: 'kept', why }],
  }
}

function apply(state: TrialState, event: Extract<TrialEvent, { type: 'apply' }>): Out {
  if (state.trial !== null || state.restoring) return { state, effects: [] }
  const trial: Trial = { ...event.trial, atMs: event.nowMs, phase: 'writing' }
  return { state: { ...state, trial }, effects: [{ do: 'store' }, write(trial.wanted, trial.id)] }
}

export function stepTrial(state: TrialState, event: TrialEvent): Out {
  const { trial } = state
  const running = trial?.phase === 'running'
  switch (event.type) {
    case 'apply':
      return apply(state, event)
    case 'written':
      return written(state, event.id, event.result, event.nowMs)
    case 'told': {
      const wrong = Object.entries(event.values).find(([id, value]) => {
        const wanted = trial?.wanted[id]
        return wanted !== undefined && wanted !== value
      })
      if (!running || wrong === undefined) return { state, effects: [] }
      return takeBack(state, 'differs', `${wrong[0]} ${wrong[1]}`, event.nowMs)
    }
    case 'evidence':
      return running && (trial.keepsBy === undefined || trial.keepsBy === event.from)
        ? keep(trial, event.what, event.nowMs)
        : { state, effects: [] }
    case 'timer':
      if (event.name === 'restore' && state.restoring)
        return { state, effects: [write(state.permanent, restoreId)] }
      return event.name === 'trial' && running
        ? takeBack(state, 'timeUp', '', event.nowMs)
        : { state, effects: [] }
    case 'lost':
      return takeBack(state, 'linkLost', event.reason, event.nowMs)
    case 'takeBack':
      return takeBack(state, 'takenBack', event.by, event.nowMs)
    case 'start':
      // A cut while taking back: the driver starts with the permanent settings, so that is done.
      return trial === null && state.restoring
        ? { state: { ...state, restoring: false }, effects: [{ do: 'store' }] }
        : takeBack(state, 'restarted', '', event.nowMs)
  }
}
