// A device has one lease holder: its lane, or for a limited time a person who took it over and gave a reason.
// (state, event) -> (state, effects, answer) on monotonic time; every lease ends with the device back at its lane.
export const heldDevices = ['rsu', 'barrier'] as const
export type HeldDevice = (typeof heldDevices)[number]

export interface Taker {
  readonly by: string
  readonly role: string
  readonly reason: string
  readonly program: string
  /** Null where the holder is not a process of this computer. */
  readonly pid: number | null
}

export interface Lease {
  readonly id: string
  readonly taker: Taker
  readonly sinceMs: number
  readonly endsMs: number
  /** When the last renewal was received. */
  readonly receivedMs: number
}

export type LeaseEnd =
  | 'released'
  /** Another person ended it, with name and reason. */
  | 'ended'
  | 'timeUp'
  /** Its renewals stopped: window closed, connection cut. */
  | 'silent'
  | 'died'
  /** The lane did not become idle in time: the device was not handed over. */
  | 'stillBusy'

export interface LeaseLimits {
  readonly silentMs: number
  /** Largest wait for the lane to become idle. */
  readonly waitMs: number
  /** Largest duration of a renewal, from the time it is received. */
  readonly forMsMax: number
}

/** Ten minutes suffice to set an antenna; a renewal comes every second. */
export const standardLease: LeaseLimits & { readonly forMs: number } = {
  silentMs: 10_000,
  waitMs: 60_000,
  forMsMax: 3_600_000,
  forMs: 600_000,
}

export type LeaseState =
  | { readonly name: 'lane' }
  | {
      readonly name: 'waiting'
      readonly lease: Lease
      readonly why: string
      readonly forMs: number
    }
  | { readonly name: 'taken'; readonly lease: Lease }

/** Initial state: after a start the device belongs to its lane, whoever leased it before. */
export const ownLease: LeaseState = { name: 'lane' }

/** `busy`: why the lane cannot hand over now; null: it is idle. */
export type LeaseEvent = { readonly atMs: number } & (
  | {
      readonly type: 'take'
      readonly id: string
      readonly taker: Taker
      readonly forMs: number
      readonly busy: string | null
      /** False: refused when the lane is busy. */
      readonly wait: boolean
    }
  | { readonly type: 'keep'; readonly id: string; readonly moreMs: number | null }
  | { readonly type: 'release'; readonly id: string }
  | { readonly type: 'end'; readonly id: string }
  | { readonly type: 'died'; readonly id: string }
  | { readonly type: 'lane'; readonly busy: string | null }
  | { readonly type: 'tick' }
)

export type LeaseEffect =
  | { readonly do: 'handOver'; readonly lease: Lease }
  | { readonly do: 'takeBack'; readonly lease: Lease; readonly end: LeaseEnd }
  /** The lease ended before the device was handed over. */
  | { readonly do: 'forget'; readonly lease: Lease; readonly end: LeaseEnd }

export type LeaseAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'held'; readonly lease: Lease }
  | { readonly ok: false; readonly why: 'busy'; readonly note: string }
  | { readonly ok: false; readonly why: 'over' }

interface LeaseStep {
  readonly state: LeaseState
  readonly effects: readonly LeaseEffect[]
  readonly answer: LeaseAnswer
  /** Time of the next timed change; null: no such change. */
  readonly nextMs: number | null
}

const ok: LeaseAnswer = { ok: true }
const over: LeaseAnswer = { ok: false, why: 'over' }

interface Went {
  readonly state: LeaseState
  readonly effects: readonly LeaseEffect[]
}

function ended(state: Exclude<LeaseState, { name: 'lane' }>, end: LeaseEnd): Went {
  const { lease } = state
  const what = state.name === 'taken' ? 'takeBack' : 'forget'
  return { state: ownLease, effects: [{ do: what, lease, end }] }
}

/** Applies expiry. It runs before any event, so that a renewal cannot revive an expired lease. */
function expired(state: LeaseState, atMs: number, { silentMs }: LeaseLimits): Went {
  if (state.name === 'lane') return { state, effects: [] }
  const { endsMs, receivedMs } = state.lease
  if (atMs >= endsMs) return ended(state, state.name === 'taken' ? 'timeUp' : 'stillBusy')
  if (atMs - receivedMs >= silentMs) return ended(state, 'silent')
  return { state, effects: [] }
}

const deadline = (state: LeaseState, { silentMs }: LeaseLimits): number | null =>
  state.name === 'lane' ? null : Math.min(state.lease.endsMs, state.lease.receivedMs + silentMs)

function handedOver(lease: Lease, atMs: number, forMs: number): Went {
  const begun: Lease = { ...lease, sinceMs: atMs, endsMs: atMs + forMs }
  return { state: { name: 'taken', lease: begun }, effects: [{ do: 'handOver', lease: begun }] }
}

function take(
  state: LeaseState,
  event: Extract<LeaseEvent, { type: 'take' }>,
  limits: LeaseLimits,
): Went & { readonly answer: LeaseAnswer } {
  if (state.name !== 'lane') {
    const answer: LeaseAnswer =
      state.lease.id === event.id ? ok : { ok: false, why: 'held', lease: state.lease }
    return { state, effects: [], answer }
  }
  const { atMs, id, taker, busy } = event
  const forMs = Math.min(event.forMs, limits.forMsMax)
  const lease: Lease = { id, taker, sinceMs: atMs, endsMs: atMs + limits.waitMs, receivedMs: atMs }
  if (busy === null) return { ...handedOver(lease, atMs, forMs), answer: ok }
  if (!event.wait) return { state, effects: [], answer: { ok: false, why: 'busy', note: busy } }
  return { state: { name: 'waiting', lease, why: busy, forMs }, effects: [], answer: ok }
}

function kept(
  state: Exclude<LeaseState, { name: 'lane' }>,
  { atMs, moreMs }: Extract<LeaseEvent, { type: 'keep' }>,
  { forMsMax }: LeaseLimits,
): Went {
  const renewed: Lease = { ...state.lease, receivedMs: atMs }
  if (moreMs === null || state.name === 'waiting')
    return { state: { ...state, lease: renewed }, effects: [] }
  const endsMs = atMs + Math.min(moreMs, forMsMax)
  return { state: { ...state, lease: { ...renewed, endsMs } }, effects: [] }
}

/** Handles an event that names an existing lease. */
function byId(
  state: Exclude<LeaseState, { name: 'lane' }>,
  event: Extract<LeaseEvent, { type: 'keep' | 'release' | 'end' | 'died' }>,
  limits: LeaseLimits,
): Went {
  if (event.type === 'keep') return kept(state, event, limits)
  const ends = { release: 'released', end: 'ended', died: 'died' } as const
  return ended(state, ends[event.type])
}

function happened(
  state: LeaseState,
  event: LeaseEvent,
  limits: LeaseLimits,
): Went & { readonly answer: LeaseAnswer } {
  if (event.type === 'take') return take(state, event, limits)
  if (event.type === 'tick') return { state, effects: [], answer: ok }
  if (event.type === 'lane') {
    if (state.name !== 'waiting') return { state, effects: [], answer: ok }
    if (event.busy !== null)
      return { state: { ...state, why: event.busy }, effects: [], answer: ok }
    return { ...handedOver(state.lease, event.atMs, state.forMs), answer: ok }
  }
  if (state.name === 'lane' || state.lease.id !== event.id)
    return { state, effects: [], answer: over }
  return { ...byId(state, event, limits), answer: ok }
}

export function stepLease(state: LeaseState, event: LeaseEvent, limits: LeaseLimits): LeaseStep {
  const first = expired(state, event.atMs, limits)
  const then = happened(first.state, event, limits)
  return {
    state: then.state,
    effects: [...first.effects, ...then.effects],
    answer: then.answer,
    nextMs: deadline(then.state, limits),
  }
}
