// Judges a version on trial: pure. What was seen of it goes in as events; out comes whether it goes on, stays for good, or is
// taken back, and why. Time is monotonic, so a wrong clock changes nothing.
import { isFaultCode } from '#base/pure/faults/faults.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'
import { isTrialOver, trialMs, trialPassages, type TakenBackWhy, type Trial } from './slots.ts'
import { mayBeOwn, ownFaults, type OwnFault } from './trial-faults.ts'

/** A longer step between two looks is a machine that slept. */
const trialStepMsMax = 300_000
/**
 * A car in front of which the program failed and that is still there after this time did not get through; a charge that is
 * under way so long was lost by the program, whose own limits of time are seconds.
 */
const patienceMs = 300_000
/** Cars whose record could not be made: fewer may be odd cards. */
const recordsMax = 3
const noteMax = 200

/** A car in a lane: since when by the lot's clock, which names it. */
export interface CarInLane {
  readonly laneId: string
  readonly sinceMs: number
}

export type TrialEvent =
  /** Lanes are up; `passages`: cars that came in or left since the last one; `charges`: names of those under way. */
  | {
      readonly is: 'ran'
      readonly monoMs: number
      readonly passages: number
      readonly charges: readonly string[]
    }
  | {
      readonly is: 'fault'
      readonly code: string
      /** Row that the fault is about; null: none. */
      readonly seq: number | null
      /** The disk has no room, or the cause may pass by itself. */
      readonly isOfWorld: boolean
      /** The car that it is about; empty: none. */
      readonly of: string
    }
  /** An error of the program that no turn, no call and no task took, or that a task beside the lanes ended with. */
  | {
      readonly is: 'stray'
      readonly monoMs: number
      readonly text: string
      readonly cars: readonly CarInLane[]
    }
  /** A turn broke, and the process ends. */
  | { readonly is: 'broken'; readonly text: string }
  | {
      readonly is: 'lane'
      readonly laneId: string
      /** Null: no car is there. */
      readonly sinceMs: number | null
      /** Why the car needs a person; null: it does not. */
      readonly manual: ManualReason | null
    }

interface Suspicion {
  readonly sinceMs: number
  readonly fromMonoMs: number
  readonly text: string
}

export interface TrialState {
  readonly trial: Trial
  /** Of the last look; null: none since this start. */
  readonly monoMs: number | null
  /** By lane: the car during which the program failed. */
  readonly suspicions: ReadonlyMap<string, Suspicion>
  /** Charges under way, and since when they were seen. */
  readonly charges: ReadonlyMap<string, number>
  /** Cars whose record could not be made. */
  readonly notMade: ReadonlySet<string>
  /** Errors of the program that held up no car. */
  readonly strays: number
  readonly lastStray: string
}

export type TrialVerdict =
  | { readonly is: 'goOn' }
  | { readonly is: 'kept' }
  | { readonly is: 'takeBack'; readonly why: TakenBackWhy; readonly note: string }

interface Judged {
  readonly state: TrialState
  readonly verdict: TrialVerdict
}

export const trialBegins = (trial: Trial): TrialState => ({
  trial,
  monoMs: null,
  suspicions: new Map(),
  charges: new Map(),
  notMade: new Set(),
  strays: 0,
  lastStray: '',
})

/** What is left of a trial; `needsCars`: its time is over, and it waits for cars. */
export function trialStanding(trial: Trial): {
  readonly is: 'runs' | 'needsCars' | 'over'
  readonly passagesLeft: number
  readonly msLeft: number
} {
  const passagesLeft = Math.max(0, trialPassages - trial.passages)
  const msLeft = Math.max(0, trialMs - trial.ranMs)
  const is = isTrialOver(trial) ? 'over' : msLeft === 0 ? 'needsCars' : 'runs'
  return { is, passagesLeft, msLeft }
}

const goOn = (state: TrialState): Judged => ({ state, verdict: { is: 'goOn' } })

const back = (state: TrialState, why: TakenBackWhy, note: string): Judged => ({
  state,
  verdict: { is: 'takeBack', why, note: note.slice(0, noteMax) },
})

function ran(state: TrialState, event: Extract<TrialEvent, { is: 'ran' }>): Judged {
  const { monoMs, passages } = event
  const stepMs = state.monoMs === null ? 0 : monoMs - state.monoMs
  const isAwake = stepMs >= 0 && stepMs <= trialStepMsMax
  const { trial } = state
  const ranMs = trial.ranMs + (isAwake ? stepMs : 0)
  // What a machine that slept took with it is waited for anew.
  const charges = new Map(
    event.charges.map((id) => [id, isAwake ? (state.charges.get(id) ?? monoMs) : monoMs]),
  )
  const counted = { ...trial, ranMs, passages: trial.passages + passages }
  const next = { ...state, monoMs, charges, trial: counted }
  for (const { fromMonoMs, text } of next.suspicions.values())
    if (monoMs - fromMonoMs >= patienceMs) return back(next, 'car', text)
  for (const [id, fromMonoMs] of charges)
    if (monoMs - fromMonoMs >= patienceMs) return back(next, 'car', `noOutcome ${id}`)
  // A car during which the program failed, or that is being charged, is waited for.
  if (next.suspicions.size > 0 || charges.size > 0 || !isTrialOver(next.trial)) return goOn(next)
  return { state: next, verdict: { is: 'kept' } }
}

function ownOf(state: TrialState, event: Extract<TrialEvent, { is: 'fault' }>): OwnFault | null {
  const { code, seq, isOfWorld } = event
  // A row that the version before wrote is not this one's.
  const isOlder = seq !== null && seq <= state.trial.fromSeq
  if (isOfWorld || isOlder || !isFaultCode(code)) return null
  return ownFaults[code] ?? null
}

function fault(state: TrialState, event: Extract<TrialEvent, { is: 'fault' }>): Judged {
  const own = ownOf(state, event)
  if (own === null) return goOn(state)
  if (own !== 'record') return back(state, own, event.code)
  const next = { ...state, notMade: new Set([...state.notMade, event.of]) }
  return next.notMade.size < recordsMax ? goOn(next) : back(next, 'car', event.code)
}

function stray(
  state: TrialState,
  { monoMs: fromMonoMs, text, cars }: Extract<TrialEvent, { is: 'stray' }>,
): Judged {
  const suspicions = new Map(state.suspicions)
  for (const { laneId, sinceMs } of cars)
    if (suspicions.get(laneId)?.sinceMs !== sinceMs)
      suspicions.set(laneId, { sinceMs, fromMonoMs, text })
  return goOn({ ...state, suspicions, strays: state.strays + 1, lastStray: text.slice(0, noteMax) })
}

function lane(
  state: TrialState,
  { laneId, sinceMs, manual }: Extract<TrialEvent, { is: 'lane' }>,
): Judged {
  const suspicion = state.suspicions.get(laneId)
  if (suspicion === undefined) return goOn(state)
  const isThere = sinceMs === suspicion.sinceMs
  if (isThere && manual === null) return goOn(state)
  if (isThere && manual !== null && mayBeOwn.has(manual)) return back(state, 'car', suspicion.text)
  const suspicions = new Map(state.suspicions)
  suspicions.delete(laneId)
  return goOn({ ...state, suspicions })
}

/** The next state and what follows from this event; after `kept` and `takeBack` no event is judged any more. */
export function judged(state: TrialState, event: TrialEvent): Judged {
  switch (event.is) {
    case 'ran':
      return ran(state, event)
    case 'fault':
      return fault(state, event)
    case 'stray':
      return stray(state, event)
    case 'broken':
      return back(state, 'crashed', event.text)
    case 'lane':
      return lane(state, event)
  }
}
