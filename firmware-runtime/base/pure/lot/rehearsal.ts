// Outage rehearsals of a real lot: what may be cut, for how long, and what rows say of them. A rehearsal is a row when it
// begins, with its end; a start that finds one without its end closes it, so no lane stays cut (000 A.1.2, 001 10.3.2.1).
import type { EventName } from '../words/event-words.ts'
import { isoOf, parseIso, type InstantMs } from '../values/instant.ts'
import type { LedgerRow, RowDraft } from '../rows/ledger-row.ts'

export const rehearsalCuts = ['platform', 'network', 'camera', 'rsu', 'time'] as const
export type RehearsalCut = (typeof rehearsalCuts)[number]

/** Cuts of a device stand in one lane; the others are the lot's. */
export const isOfLane = (cut: RehearsalCut): boolean => cut === 'camera' || cut === 'rsu'

/**
 * `passed`: every car left in time and all money is right. `noCars`: no car came. `notJudged`: cars came, but none got its
 * pass during the cut and left, or the program ended in the middle.
 */
const rehearsalGrades = ['passed', 'slow', 'failed', 'noCars', 'notJudged'] as const
export type RehearsalGrade = (typeof rehearsalGrades)[number]

/** End of a cut: its time, a person, or a restart of the program. */
const rehearsalEnds = ['time', 'person', 'restart'] as const
export type RehearsalEnd = (typeof rehearsalEnds)[number]

export const rehearsalLimits = {
  minutesMin: 1,
  /** Assumed: longer than a reboot of any device, shorter than any cap of offline money. */
  minutesMax: 30,
  /** Time to answer after the cut: two probes and one heartbeat of P15. */
  settleMs: 90_000,
  lookMs: 1_000,
  /** Assumed: a driver who waits longer at an exit counts as held up. */
  waitSecMax: 180,
  /** Assumed: a car that waited this long when the part is back, and passes only then, was held up by the cut, s. */
  heldSecMin: 30,
} as const

export interface Rehearsal {
  readonly cut: RehearsalCut
  readonly laneId: string | null
  readonly beganAtMs: InstantMs
  readonly endsAtMs: InstantMs
  /** Row of its begin: what came after it is graded. */
  readonly seq: number
}

export interface RehearsalResult {
  readonly grade: RehearsalGrade
  readonly carsOut: number
  readonly waitedMaxSec: number
  readonly lostFen: number
  readonly doubledFen: number
  readonly restored: boolean
}

export interface EndedRehearsal extends Rehearsal, RehearsalResult {
  readonly endedBy: RehearsalEnd
  readonly endedAtMs: InstantMs
}

export interface RehearsalMemory {
  running: Rehearsal | null
  last: EndedRehearsal | null
}

export const emptyRehearsals = (): RehearsalMemory => ({ running: null, last: null })

const events = { began: 'rehearsalBegan', ended: 'rehearsalEnded' } as const

const eventRow = (
  type: EventName,
  atMs: InstantMs,
  detail: string,
  laneId: string | null,
): RowDraft => ({
  kind: 'event',
  atMs,
  ...(laneId === null ? {} : { laneId }),
  body: { type, detail },
})

export const beganRow = (
  { cut, laneId }: Pick<Rehearsal, 'cut' | 'laneId'>,
  atMs: InstantMs,
  forMs: number,
): RowDraft => eventRow(events.began, atMs, `${cut} ${isoOf(atMs + forMs)}`, laneId)

export const endedRow = (
  { cut, laneId }: Pick<Rehearsal, 'cut' | 'laneId'>,
  endedBy: RehearsalEnd,
  { grade, carsOut, waitedMaxSec, lostFen, doubledFen, restored }: RehearsalResult,
  atMs: InstantMs,
): RowDraft =>
  eventRow(
    events.ended,
    atMs,
    [
      ...[cut, endedBy, grade, carsOut, waitedMaxSec, lostFen, doubledFen],
      restored ? 'restored' : 'notRestored',
    ].join(' '),
    laneId,
  )

const oneOf = <T extends string>(all: readonly T[], word: string | undefined): T | null =>
  all.find((one) => one === word) ?? null

function began(memory: RehearsalMemory, row: Extract<LedgerRow, { kind: 'event' }>): void {
  const [word, endsIso = ''] = row.body.detail.split(' ')
  const cut = oneOf(rehearsalCuts, word)
  const endsAtMs = parseIso(endsIso)
  if (cut === null || endsAtMs === null) return
  const { atMs, seq, laneId = null } = row
  memory.running = { cut, laneId, beganAtMs: atMs, endsAtMs, seq }
}

function ended(
  memory: RehearsalMemory,
  { atMs, body }: Extract<LedgerRow, { kind: 'event' }>,
): void {
  const { running } = memory
  const [, by, how, ...rest] = body.detail.split(' ')
  const endedBy = oneOf(rehearsalEnds, by)
  const grade = oneOf(rehearsalGrades, how)
  if (running === null || endedBy === null || grade === null) return
  const [carsOut = 0, waitedMaxSec = 0, lostFen = 0, doubledFen = 0] = rest.slice(0, 4).map(Number)
  const restored = rest[4] === 'restored'
  const result = { grade, carsOut, waitedMaxSec, lostFen, doubledFen, restored }
  memory.last = { ...running, ...result, endedBy, endedAtMs: atMs }
  memory.running = null
}

export function foldRehearsal(memory: RehearsalMemory, row: LedgerRow): void {
  if (row.kind !== 'event') return
  if (row.body.type === events.began) began(memory, row)
  if (row.body.type === events.ended) ended(memory, row)
}

/** What a running rehearsal is doing. Monotonic ms: a clock that is set neither ends nor lengthens it. */
export type RehearsalState =
  | { readonly name: 'none' }
  | { readonly name: 'cut'; readonly untilMs: number }
  | { readonly name: 'settling'; readonly untilMs: number; readonly endedBy: RehearsalEnd }

export type RehearsalEvent =
  | { readonly type: 'began'; readonly forMs: number }
  /** `isBack`: the cut connection answers again. */
  | { readonly type: 'look'; readonly isBack: boolean }
  | { readonly type: 'stop'; readonly by: 'person' | 'restart' }

export type RehearsalEffect =
  | { readonly do: 'cut'; readonly forMs: number }
  | { readonly do: 'restore' }
  | { readonly do: 'lookIn'; readonly ms: number }
  | { readonly do: 'grade'; readonly endedBy: RehearsalEnd; readonly restored: boolean }

interface RehearsalStep {
  readonly state: RehearsalState
  readonly effects: readonly RehearsalEffect[]
}

const settling = (endedBy: RehearsalEnd, monoMs: number): RehearsalStep => ({
  state: { name: 'settling', untilMs: monoMs + rehearsalLimits.settleMs, endedBy },
  effects: [{ do: 'restore' }, { do: 'lookIn', ms: rehearsalLimits.lookMs }],
})

export function stepRehearsal(
  state: RehearsalState,
  event: RehearsalEvent,
  monoMs: number,
): RehearsalStep {
  const again: RehearsalEffect = { do: 'lookIn', ms: rehearsalLimits.lookMs }
  if (event.type === 'began') {
    const { forMs } = event
    return {
      state: { name: 'cut', untilMs: monoMs + forMs },
      effects: [{ do: 'cut', forMs }, again],
    }
  }
  if (event.type === 'stop')
    return state.name === 'cut' || event.by === 'restart'
      ? settling(event.by, monoMs)
      : { state, effects: [] }
  if (state.name === 'none') return { state, effects: [] }
  if (state.name === 'cut')
    return monoMs >= state.untilMs ? settling('time', monoMs) : { state, effects: [again] }
  if (!event.isBack && monoMs < state.untilMs) return { state, effects: [again] }
  const { endedBy } = state
  return { state: { name: 'none' }, effects: [{ do: 'grade', endedBy, restored: event.isBack }] }
}
