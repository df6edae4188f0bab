// One lane for both directions (clause 7.1.3): the order of its triggers says which way a car goes, and that
// direction has the lane until it is clear. The machines of entry and exit stay what they are; this tells them.
import type { LaneDirection } from '../lot/config.ts'
import type { InstantMs } from '../values/instant.ts'
import { plateDistance } from '../values/plates/plate.ts'
import { noTimer, timer, type TimerEffect } from '../values/step.ts'
import type { LoopState } from './barrier.ts'
import type { LaneEvent, LaneStateName } from './lane.ts'

/** Both triggers by the direction that begins there, and the loop under the boom. */
type ReusedLoops = Readonly<Record<LaneDirection | 'under', LoopState>>

interface WaitingRead {
  readonly way: LaneDirection
  readonly event: Extract<LaneEvent, { type: 'plate' }>
  readonly atMs: InstantMs
}

export interface ReusedState {
  /** Who has the lane. */
  readonly holder: LaneDirection | null
  /** As they are, whatever each machine was told of them. */
  readonly loops: ReusedLoops
  /**
   * Behind the boom its car still has to cross the trigger of the other direction: `toCome` before it,
   * `far` on it. Whoever stands there then is no car that comes.
   */
  readonly tail: 'none' | 'toCome' | 'far'
  /** The car of the holder went on under the boom: it does not come back to its own trigger. */
  readonly crossed: boolean
  /** The car of the holder was read at the far end: it is really its tail that stands there. */
  readonly tailSeen: boolean
  /** Plate of the car that has the lane. */
  readonly own: string | null
  /** Plate of the one that had it before, for as long as cameras may still tell it. */
  readonly echo: { readonly plate: string; readonly untilMs: InstantMs } | null
  /** Read at the other end while the lane was taken. */
  readonly waiting: WaitingRead | null
}

interface ReusedSide {
  readonly name: LaneStateName
  readonly plate: string | null
}

export type ReusedView = Readonly<Record<LaneDirection, ReusedSide>> & { readonly nowMs: InstantMs }

/** What one of the two machines is told. */
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
  /** From the boom to the far trigger at walking pace, some metres. */
  toComeMs: 5_000,
  /** A car that stands on the far trigger for so long is not on its way out: it came. */
  farMs: 20_000,
  /** Cameras tell a car late, or twice. */
  echoMs: 10_000,
  /** A plate that was read before its car reached the loop counts for this long (`earlyPlateMs`). */
  freshMs: 5_000,
} as const

const opposite = (way: LaneDirection): LaneDirection => (way === 'exit' ? 'entry' : 'exit')

const unknownLoops: ReusedLoops = { entry: 'unknown', exit: 'unknown', under: 'unknown' }

/** `left`: the direction whose pass the ledger shows unused: it has the lane again after a restart. */
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

/** A trigger rose, fell, or is not known any more. */
function triggered(before: ReusedState, way: LaneDirection, loop: LoopState): ReusedStep {
  const state = { ...before, loops: { ...before.loops, [way]: loop } }
  const isOthers = state.holder === opposite(way)
  if (loop === 'on') {
    if (state.holder === way) return step({ ...state, ...noTail }, [arriveAt(way, 'on')], tailOver)
    if (!isOthers || state.tail !== 'toCome') return step(state)
    return step({ ...state, tail: 'far' }, [], [timer(reusedTimer, reusedTimes.farMs)])
  }
  if (!isOthers || loop !== 'off') return step(state, [arriveAt(way, loop)])
  // Whoever stood there has gone, and what was read of it with it.
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
  // Nobody saw it come, as after a restart: the trigger that it stands on is the one that it leaves by.
  const seen = loops.entry === 'on' ? 'exit' : loops.exit === 'on' ? 'entry' : null
  const way = holder ?? (loops.entry === loops.exit ? null : seen)
  if (way === null || loops[way] === 'on') return step(state, directed)
  const isFar = loops[opposite(way)] === 'on'
  const waitMs = isFar ? reusedTimes.farMs : reusedTimes.toComeMs
  const tail = isFar ? 'far' : 'toCome'
  // No machine had it: what opened for it was no pass.
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
  // The car before, told late or from behind: never the next one's plate.
  if (plate !== null && plate === echo) return step(state)
  if (holder === way) return step(state, [{ way, event }])
  // The car that has the lane, from behind at the other end.
  const isTail = own !== null && plate !== null && plateDistance(plate, own) <= 1
  if (isTail) return step({ ...state, tailSeen: state.tail !== 'none' })
  if (holder === null) return step(state, [{ way, event }])
  if (plate === null && state.waiting !== null) return step(state)
  return step({ ...state, waiting: { way, event, atMs: nowMs } })
}

/** The lane is this direction's from here on, and the other one's driver is told to wait. */
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

/** The lane is clear; whoever waits at the other end is next. */
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
  // Somebody is under the boom: which way is not known before it is off.
  if (loops.under === 'on') return step(state)
  // Both at once: who leaves goes first, as the lot has no room to wait inside of the boom.
  if (loops.exit === 'on') return take(state, 'exit', true)
  return loops.entry === 'on' ? take(state, 'entry', true) : step(state)
}

/** After each turn: the machines may have come to an end, or one has begun by itself. */
export function lookAtReused(before: ReusedState, view: ReusedView): ReusedStep {
  const { holder, loops, tail } = before
  if (holder === null) return whoIsNext(before, view)
  const { plate, name } = view[holder]
  const state = plate === null ? before : { ...before, own: plate }
  const isClear = loops[holder] === 'off' && loops.under === 'off' && tail === 'none'
  return name === 'idle' && isClear ? release(state, view) : step(state)
}

/** What a device of one of its two ends reported, or a person did there. */
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
