// One lane for both directions (clause 7.1.3): the order of its triggers gives the direction of a car, and that direction
// holds the lane until it is clear. The state machines of entry and exit are unchanged; this file passes events to them.
import type { LaneDirection } from '#base/pure/lot/config.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { plateDistance } from '#base/pure/plates/plate.ts'
import { noTimer, timer, type TimerEffect } from '#base/pure/values/step.ts'
import type { LoopState } from '#devices/pure/lane/barrier.ts'
import type { LaneEvent, LaneStateName } from './lane.ts'

/** Both triggers by the direction that begins there, and the loop under the boom. */
type ReusedLoops = Readonly<Record<LaneDirection | 'under', LoopState>>

interface WaitingRead {
  readonly way: LaneDirection
  readonly event: Extract<LaneEvent, { type: 'plate' }>
  readonly atMs: InstantMs
}

export interface ReusedState {
  /** Direction that holds the lane. */
  readonly holder: LaneDirection | null
  /** Actual loop states, which may differ from those passed to each machine. */
  readonly loops: ReusedLoops
  /**
   * Beyond the boom its car still has to cross the trigger of the other direction: `toCome` before it,
   * `far` on it. A car on that trigger then is this one, not an arriving car.
   */
  readonly tail: 'none' | 'toCome' | 'far'
  /** The holder's car has passed the boom and does not return to its own trigger. */
  readonly crossed: boolean
  /** The holder's car was read at the far end, which confirms that it stands on the far trigger. */
  readonly tailSeen: boolean
  /** Plate of the holder's car. */
  readonly own: string | null
  /** Plate of the previous holder's car, as long as cameras may still report it. */
  readonly echo: { readonly plate: string; readonly untilMs: InstantMs } | null
  /** Reading at the other end while the lane was held. */
  readonly waiting: WaitingRead | null
}

interface ReusedSide {
  readonly name: LaneStateName
  readonly plate: string | null
}

export type ReusedView = Readonly<Record<LaneDirection, ReusedSide>> & { readonly nowMs: InstantMs }

/** An event for one of the two state machines. */
interface Directed {
  readonly way: LaneDirection
  readonly event: LaneEvent
}

export interface ReusedStep {
  readonly state: ReusedState
  readonly directed: readonly Directed[]
  readonly timers: readonly TimerEffect[]
}

export const reusedTimer = 'reused'

export const reusedTimes = {
  /** Travel from the boom to the far trigger, some metres at walking pace. */
  toComeMs: 5_000,
  /** A car that stays on the far trigger this long is an arriving car, not the leaving one. */
  farMs: 20_000,
  /** A camera may report a car late, or twice. */
  echoMs: 10_000,
  /** A plate that was read before its car reached the loop counts for this long (`earlyPlateMs`). */
  freshMs: 5_000,
} as const

const opposite = (way: LaneDirection): LaneDirection => (way === 'exit' ? 'entry' : 'exit')

const unknownLoops: ReusedLoops = { entry: 'unknown', exit: 'unknown', under: 'unknown' }

/** `left`: direction with an unused pass in the ledger; it holds the lane again after a restart. */
export const startReused = (left: LaneDirection | null): ReusedState => ({
  holder: left,
  loops: unknownLoops,
  tail: 'none',
  crossed: false,
  tailSeen: false,
  own: null,
  echo: null,
  waiting: null,
})

const arriveAt = (way: LaneDirection, state: LoopState): Directed => ({
  way,
  event: { type: 'loop', loop: 'arrive', state },
})
const toBoth = (event: LaneEvent): Directed[] => [
  { way: 'exit', event },
  { way: 'entry', event },
]
const step = (
  state: ReusedState,
  directed: readonly Directed[] = [],
  timers: readonly TimerEffect[] = [],
): ReusedStep => ({ state, directed, timers })

const noTail = { tail: 'none', tailSeen: false } as const
const tailOver = [noTimer(reusedTimer)] as const

/** A trigger changed to on, off or unknown. */
function triggered(before: ReusedState, way: LaneDirection, loop: LoopState): ReusedStep {
  const state = { ...before, loops: { ...before.loops, [way]: loop } }
  const isOthers = state.holder === opposite(way)
  if (loop === 'on') {
    if (state.holder === way) return step({ ...state, ...noTail }, [arriveAt(way, 'on')], tailOver)
    if (!isOthers || state.tail !== 'toCome') return step(state)
    return step({ ...state, tail: 'far' }, [], [timer(reusedTimer, reusedTimes.farMs)])
  }
  if (!isOthers || loop !== 'off') return step(state, [arriveAt(way, loop)])
  // The car on that trigger has gone; its reading is dropped.
  const left = { ...state, waiting: null }
  if (state.tail !== 'far') return step(left, [arriveAt(way, loop)])
  return step({ ...left, ...noTail }, [arriveAt(way, loop)], tailOver)
}

function underBoom(before: ReusedState, event: Extract<LaneEvent, { type: 'loop' }>): ReusedStep {
  const state = { ...before, loops: { ...before.loops, under: event.state } }
  const { holder, loops } = state
  if (event.state === 'on') {
    const directed = holder === null ? toBoth(event) : [{ way: holder, event }]
    return step({ ...state, ...noTail }, directed, tailOver)
  }
  const directed = toBoth(event)
  if (event.state !== 'off' || before.loops.under !== 'on') return step(state, directed)
  // Its arrival was not seen, for example after a restart: the trigger that it stands on is the one it leaves by.
  const seen = loops.entry === 'on' ? 'exit' : loops.exit === 'on' ? 'entry' : null
  const way = holder ?? (loops.entry === loops.exit ? null : seen)
  if (way === null || loops[way] === 'on') return step(state, directed)
  const isFar = loops[opposite(way)] === 'on'
  const waitMs = isFar ? reusedTimes.farMs : reusedTimes.toComeMs
  const tail = isFar ? 'far' : 'toCome'
  // No machine tracked this car, so the boom was not opened by a pass.
  const unseen: Directed[] = holder === null ? [{ way, event: { type: 'wentThrough' } }] : []
  const next = { ...state, holder: way, tail, crossed: true } as const
  return step(next, [...directed, ...unseen], [timer(reusedTimer, waitMs)])
}

function platesAt(
  state: ReusedState,
  { way, event }: { way: LaneDirection; event: WaitingRead['event'] },
  nowMs: InstantMs,
): ReusedStep {
  const { holder, own } = state
  const { plate } = event.read
  const echo = state.echo !== null && nowMs < state.echo.untilMs ? state.echo.plate : null
  // A late report of the previous car, or one from behind: not the plate of the next car.
  if (plate !== null && plate === echo) return step(state)
  if (holder === way) return step(state, [{ way, event }])
  // The holder's car, read from behind at the other end.
  const isTail = own !== null && plate !== null && plateDistance(plate, own) <= 1
  if (isTail) return step({ ...state, tailSeen: state.tail !== 'none' })
  if (holder === null) return step(state, [{ way, event }])
  if (plate === null && state.waiting !== null) return step(state)
  return step({ ...state, waiting: { way, event, atMs: nowMs } })
}

/** Gives the lane to this direction; the board of the other one says wait. */
function take(state: ReusedState, way: LaneDirection, arrives: boolean): ReusedStep {
  const { waiting } = state
  const isRead = arrives && waiting?.way === way
  const directed: Directed[] = [
    ...(arrives ? [arriveAt(way, 'on')] : []),
    ...(isRead ? [{ way, event: waiting.event }] : []),
    { way: opposite(way), event: { type: 'oncoming', on: true } },
  ]
  const next = { ...state, ...noTail, holder: way, own: null, crossed: false }
  return step({ ...next, waiting: isRead ? null : waiting }, directed, tailOver)
}

/** Releases a clear lane; a car that waits at the other end gets it next. */
function release(state: ReusedState, view: ReusedView): ReusedStep {
  const { holder, own, waiting, loops, crossed } = state
  if (holder === null) return step(state)
  const other = opposite(holder)
  const isFresh =
    waiting !== null && loops[other] !== 'on' && view.nowMs - waiting.atMs < reusedTimes.freshMs
  const free = step(
    {
      ...state,
      ...noTail,
      holder: null,
      own: null,
      echo:
        own === null || !crossed ? null : { plate: own, untilMs: view.nowMs + reusedTimes.echoMs },
      waiting: loops[other] === 'on' ? waiting : null,
    },
    [
      { way: other, event: { type: 'oncoming', on: false } },
      ...(isFresh ? [{ way: other, event: waiting.event }] : []),
    ],
    tailOver,
  )
  const next = whoIsNext(free.state, view)
  return step(next.state, [...free.directed, ...next.directed], [...free.timers, ...next.timers])
}

function whoIsNext(state: ReusedState, view: ReusedView): ReusedStep {
  const { loops } = state
  const busy = (['exit', 'entry'] as const).find((way) => view[way].name !== 'idle')
  if (busy !== undefined) return take(state, busy, false)
  // A car is under the boom: its direction is known only when it leaves the loop.
  if (loops.under === 'on') return step(state)
  // Cars at both ends: the leaving one goes first, because there is no room to wait inside the boom.
  if (loops.exit === 'on') return take(state, 'exit', true)
  return loops.entry === 'on' ? take(state, 'entry', true) : step(state)
}

/** Called after each turn: a machine may have finished, or one may have started by itself. */
export function lookAtReused(before: ReusedState, view: ReusedView): ReusedStep {
  const { holder, loops, tail } = before
  if (holder === null) return whoIsNext(before, view)
  const { plate, name } = view[holder]
  const state = plate === null ? before : { ...before, own: plate }
  const isClear = loops[holder] === 'off' && loops.under === 'off' && tail === 'none'
  return name === 'idle' && isClear ? release(state, view) : step(state)
}

/** Handles a device report or a person's act at one of the two ends. */
export function stepReused(
  state: ReusedState,
  { way, event }: Directed,
  nowMs: InstantMs,
): ReusedStep {
  switch (event.type) {
    case 'innerLoop':
      return triggered(state, 'exit', event.state)
    case 'loop':
      return event.loop === 'arrive'
        ? triggered(state, 'entry', event.state)
        : underBoom(state, event)
    case 'plate':
      return platesAt(state, { way, event }, nowMs)
    case 'barrierDown':
      return step({ ...state, ...noTail, loops: unknownLoops }, toBoth(event), tailOver)
    case 'barrierUp':
    case 'position':
    case 'passed':
    case 'commandAnswered':
      return step(state, toBoth(event))
    case 'barrierFault':
    case 'closeBlocked':
      return step(state, [{ way: state.holder ?? 'entry', event }])
    case 'timer':
      if (event.name !== reusedTimer) return step(state, [{ way, event }])
      if (state.tail === 'far' && state.tailSeen)
        return step(state, [], [timer(reusedTimer, reusedTimes.farMs)])
      return step({ ...state, ...noTail })
    default:
      return step(state, [{ way, event }])
  }
}
