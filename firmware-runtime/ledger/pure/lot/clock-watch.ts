// Decides whether the lot's clock may be used for prices. It is compared with a monotonic count, with the last row of the
// ledger and with a trusted time (P24). The start and end of a doubt are rows, so a restart keeps both.
import type { EventName } from '#base/pure/words/event-words.ts'
import { instantOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'

export interface ClockReading {
  readonly wallMs: InstantMs
  /** Elapsed ms since an arbitrary start. It counts on during suspension and cannot be set. */
  readonly steadyMs: number
}

/**
 * `jump`: the clock moved against the steady count. `behindLedger`: it is earlier than the last row.
 * `aheadOfLedger`: it is later than the last row by more than a lot rests. `neverSet`: it is before this program existed, or a lifetime later. `differs`: a trusted time contradicts it.
 */
type ClockDoubtCause = 'jump' | 'behindLedger' | 'aheadOfLedger' | 'neverSet' | 'differs'
/** Causes for which a stay cannot be priced: a doubt of the lot's clock, or the entry time of the stay. */
export type ClockCause = ClockDoubtCause | 'entryLater' | 'entryUnsure'

export interface ClockDoubt {
  readonly cause: ClockDoubtCause
  /** Time that the clock showed. */
  readonly readMs: InstantMs
  /** Expected time; null where only a lower bound is known. */
  readonly expectedMs: InstantMs | null
}

/** End of a doubt. `returned`: the clock agrees with the monotonic count again. */
type ClockSureBy = 'returned' | 'platform' | 'person'

/** Clock state from the rows. */
export interface ClockMemory {
  doubt: ClockDoubt | null
  /** The platform has answered within its window while the clock stood as it does now. */
  vouched: boolean
  /** Clock time of the last start. */
  bootAtMs: InstantMs
}

export const emptyClockMemory = (): ClockMemory => ({ doubt: null, vouched: false, bootAtMs: 0 })

const clockEvents = { unsure: 'clockUnsure', sure: 'clockSure' } as const

const clockLimits = {
  /** P24: an alarm from 30 s. Small corrections by NTP stay below it. */
  jumpMs: 30_000,
  /** A count and a clock of one machine may part by this share: 200 ppm is 17 s a day. */
  driftShare: 0.0002,
  /** P24: above this against a trusted time no card is charged. */
  trustedMs: 120_000,
  /** After a restart within this time the clock is the one that the platform has confirmed. */
  restartMs: 3_600_000,
  /** Longer than a lot rests. A battery that fails forwards shows here, and nowhere without a platform. */
  aheadMs: 31 * 86_400_000,
  /** A clock before this was never set: an empty battery starts in 1970, 1980 or 2000. */
  floorMs: instantOf(2020, 1, 1),
  /** Nor one from here on: others start in 2099 or 2107, and a new lot has no row to compare them with. */
  ceilingMs: instantOf(2080, 1, 1),
} as const

/** Clock state of this process. */
export interface ClockState {
  /** The last pair of readings that was believed, or that a trusted time gave. */
  readonly anchor: ClockReading | null
  readonly vouched: boolean
  readonly doubt: ClockDoubt | null
}

export const startClock = (memory: ClockMemory): ClockState => ({
  anchor: null,
  vouched: false,
  doubt: memory.doubt,
})

export type ClockEvent =
  | { readonly type: 'read'; readonly reading: ClockReading }
  /** A verified answer: `offsetMs` is the trusted time minus the clock. */
  | { readonly type: 'trusted'; readonly reading: ClockReading; readonly offsetMs: number }
  | { readonly type: 'confirmed'; readonly reading: ClockReading }

interface ClockStep {
  readonly state: ClockState
  /** To be made durable; null where nothing changed. */
  readonly row: RowDraft | null
}

const agrees = (offMs: number, elapsedMs: number): boolean =>
  Math.abs(offMs) <= clockLimits.jumpMs + Math.max(0, elapsedMs) * clockLimits.driftShare

/** Expected clock time by its anchor. */
export const expectedMs = ({ anchor }: ClockState, { steadyMs }: ClockReading): InstantMs | null =>
  anchor === null ? null : anchor.wallMs + (steadyMs - anchor.steadyMs)

/**
 * The time by which something may end, expire or be reported as over; null while the clock is in doubt. A step too small
 * for a doubt counts only when the steady count has passed it as well, half a minute later at most.
 */
export function endingMs(state: ClockState, reading: ClockReading): InstantMs | null {
  const { anchor, doubt } = state
  const { wallMs, steadyMs } = reading
  if (doubt !== null) return null
  if (anchor === null) return wallMs
  const countedMs = anchor.wallMs + (steadyMs - anchor.steadyMs)
  if (!agrees(wallMs - countedMs, steadyMs - anchor.steadyMs)) return null
  return Math.max(Math.min(wallMs, countedMs), wallMs - clockLimits.jumpMs)
}

const eventRow = (type: EventName, atMs: InstantMs, detail: string): RowDraft => ({
  kind: 'event',
  atMs,
  body: { type, detail },
})

function unsure(state: ClockState, { wallMs }: ClockReading, doubt: ClockDoubt): ClockStep {
  const detail = `${doubt.cause} ${doubt.readMs} ${doubt.expectedMs ?? '-'}`
  return { state: { ...state, doubt }, row: eventRow(clockEvents.unsure, wallMs, detail) }
}

function sure(state: ClockState, anchor: ClockReading, by: ClockSureBy): ClockStep {
  return {
    state: { anchor, vouched: by === 'returned' ? state.vouched : true, doubt: null },
    row: eventRow(clockEvents.sure, anchor.wallMs, by),
  }
}

/** `lastRowMs`: time of the last row of the ledger; null before the first. */
export function stepClock(
  state: ClockState,
  event: ClockEvent,
  memory: ClockMemory,
  lastRowMs: InstantMs | null,
): ClockStep {
  const { reading } = event
  if (event.type === 'trusted') return trusted(state, reading, event.offsetMs)
  if (event.type === 'confirmed')
    return state.doubt === null ? { state, row: null } : sure(state, reading, 'person')
  if (state.anchor === null) return firstReading(state, reading, memory, lastRowMs)
  const wantedMs = expectedMs(state, reading) ?? reading.wallMs
  const steady = agrees(reading.wallMs - wantedMs, reading.steadyMs - state.anchor.steadyMs)
  if (steady === (state.doubt === null)) return { state, row: null }
  if (steady) return sure(state, reading, 'returned')
  const { wallMs } = reading
  return unsure(state, reading, { cause: 'jump', readMs: wallMs, expectedMs: wantedMs })
}

function firstReading(
  state: ClockState,
  reading: ClockReading,
  memory: ClockMemory,
  lastRowMs: InstantMs | null,
): ClockStep {
  const { wallMs } = reading
  // No anchor is taken in doubt: a clock that stays wrong must not count as one that came back.
  if (state.doubt !== null) return { state, row: null }
  if (wallMs < clockLimits.floorMs || wallMs >= clockLimits.ceilingMs)
    return unsure(state, reading, { cause: 'neverSet', readMs: wallMs, expectedMs: lastRowMs })
  if (lastRowMs !== null && wallMs < lastRowMs - clockLimits.jumpMs)
    return unsure(state, reading, { cause: 'behindLedger', readMs: wallMs, expectedMs: lastRowMs })
  if (lastRowMs !== null && wallMs > lastRowMs + clockLimits.aheadMs)
    return unsure(state, reading, { cause: 'aheadOfLedger', readMs: wallMs, expectedMs: lastRowMs })
  const vouched =
    memory.vouched && lastRowMs !== null && wallMs - lastRowMs <= clockLimits.restartMs
  return { state: { ...state, anchor: reading, vouched }, row: null }
}

function trusted(state: ClockState, reading: ClockReading, offsetMs: number): ClockStep {
  const { wallMs, steadyMs } = reading
  if (Math.abs(offsetMs) <= clockLimits.trustedMs) {
    if (state.doubt !== null) return sure(state, reading, 'platform')
    return { state: { ...state, anchor: reading, vouched: true }, row: null }
  }
  // The clock was confirmed and has not moved since: the other side is wrong, and is not followed.
  if (state.vouched && state.doubt === null) return { state, row: null }
  const anchor = { wallMs: wallMs + offsetMs, steadyMs }
  if (state.doubt !== null) return { state: { ...state, anchor }, row: null }
  const doubt = { cause: 'differs', readMs: wallMs, expectedMs: anchor.wallMs } as const
  return unsure({ ...state, anchor }, reading, doubt)
}

interface StayTimes {
  readonly enteredAtMs: InstantMs
  timeUnsure: boolean
}

const detailShape = /^(jump|behindLedger|aheadOfLedger|neverSet|differs) (-?\d+) (-?\d+|-)$/

/** Takes a row into the memory; marks stays whose entry the clock cannot vouch for any longer. */
export function foldClock(
  memory: ClockMemory,
  stays: ReadonlyMap<string, StayTimes>,
  row: LedgerRow,
): void {
  if (row.kind === 'boot') memory.bootAtMs = row.atMs
  const answered = row.kind === 'outboxState' && row.body.state === 'confirmed'
  if ((answered || row.kind === 'signIn') && memory.doubt === null) memory.vouched = true
  if (row.kind !== 'event') return
  if (row.body.type === clockEvents.unsure) {
    const [, cause, readMs, wantedMs] = detailShape.exec(row.body.detail) ?? []
    if (cause === undefined) return
    memory.doubt = {
      cause: cause as ClockDoubtCause,
      readMs: Number(readMs),
      expectedMs: wantedMs === '-' ? null : Number(wantedMs),
    }
    // Entries of this start were dated by a clock that was wrong from the first.
    if (cause === 'differs') mark(stays, (stay) => stay.enteredAtMs >= memory.bootAtMs)
    return
  }
  if (row.body.type !== clockEvents.sure) return
  const keeps = memory.vouched || (row.body.detail === 'returned' && memory.doubt?.cause === 'jump')
  if (!keeps) mark(stays, () => true)
  if (row.body.detail !== 'returned') memory.vouched = row.body.detail === 'platform'
  memory.doubt = null
}

function mark(stays: ReadonlyMap<string, StayTimes>, which: (stay: StayTimes) => boolean): void {
  for (const stay of stays.values()) if (which(stay)) stay.timeUnsure = true
}
