// A test of a device as an act with an end: the boom driven by hand, the antenna radiating.
// It starts only in a lane known to be empty, and any event outside its own course ends it.
import type { BarrierPosition, LoopState } from '../lane/barrier.ts'

export const testKinds = ['open', 'close', 'antenna'] as const
export type TestKind = (typeof testKinds)[number]

/** Facts from inputs and devices, never from a timer. */
export interface TestFacts {
  readonly laneIdle: boolean
  readonly armed: boolean
  readonly barrierUp: boolean
  readonly rsuUp: boolean
  readonly position: BarrierPosition
  readonly arrive: LoopState
  readonly under: LoopState
}

export type TestRefusal =
  | 'running'
  | 'laneBusy'
  | 'occupied'
  /** The state of a loop is unknown, which counts as occupied. */
  | 'notKnown'
  | 'deviceDown'
  | 'disarmed'

export type TestEnd =
  | 'done'
  /** A key, a click, the focus gone, a signal: a person, or whatever may have been one. */
  | 'stopped'
  | 'silent'
  | 'timeUp'
  | 'occupied'
  | 'notKnown'
  | 'deviceDown'
  /** The lane itself drives the device now. */
  | 'laneBusy'

/**
 * Final action of a test on its device. `lift`: raises the boom and leaves it up, where it was coming down and a person
 * may be under it; `stop` would leave it above that person.
 */
type TestClose = 'none' | 'stop' | 'lift' | 'antennaOff'

interface RunningTest {
  readonly id: string
  readonly kind: TestKind
  readonly by: string
  readonly startedMs: number
  readonly endsMs: number
  readonly receivedMs: number
}

interface EndedTest {
  readonly id: string
  readonly kind: TestKind
  readonly by: string
  readonly end: TestEnd
  /** As inputs showed it when the test was over. */
  readonly position: BarrierPosition
  readonly tookMs: number
}

export interface TestState {
  readonly running: RunningTest | null
  readonly last: EndedTest | null
}

export const noTest: TestState = { running: null, last: null }

export interface TestLimits {
  /** Without a sign of life of who watches it for so long, a test ends. */
  readonly silentMs: number
  readonly forMs: Readonly<Record<TestKind, number>>
}

/** A boom needs six seconds for its way (lane-devices.md 2.4 rule 10); a person looks at an antenna longer. */
export const standardTests: TestLimits = {
  silentMs: 1_500,
  forMs: { open: 15_000, close: 15_000, antenna: 30_000 },
}

export type TestEvent = { readonly atMs: number } & (
  | {
      readonly type: 'begin'
      readonly id: string
      readonly kind: TestKind
      readonly by: string
      readonly forMs: number
      readonly facts: TestFacts
    }
  | { readonly type: 'keep'; readonly id: string; readonly facts: TestFacts }
  | { readonly type: 'stop'; readonly facts: TestFacts }
  | { readonly type: 'seen'; readonly facts: TestFacts }
  /** The driver did not close, or goes up again: something is there that no loop of the lane shows. */
  | { readonly type: 'blocked'; readonly facts: TestFacts }
  | { readonly type: 'laneDrives'; readonly facts: TestFacts }
)

export type TestEffect =
  | { readonly do: 'start'; readonly kind: TestKind }
  | { readonly do: 'end'; readonly test: EndedTest; readonly close: TestClose }

interface TestStep {
  readonly state: TestState
  readonly effects: readonly TestEffect[]
  readonly nextMs: number | null
}

/** Why a test may not begin; null when it may. */
export function testRefusal(
  state: TestState,
  kind: TestKind,
  facts: TestFacts,
): TestRefusal | null {
  if (state.running !== null) return 'running'
  if (!facts.laneIdle) return 'laneBusy'
  if (kind === 'antenna') return facts.rsuUp ? null : 'deviceDown'
  if (!facts.barrierUp) return 'deviceDown'
  if (facts.arrive === 'on' || facts.under === 'on') return 'occupied'
  if (facts.arrive !== 'off' || facts.under !== 'off') return 'notKnown'
  // A person may raise a boom that is not armed; nothing lowers it.
  return kind === 'close' && !facts.armed ? 'disarmed' : null
}

function endOf(running: RunningTest, event: TestEvent, silentMs: number): TestEnd | null {
  if (event.type === 'begin') return null
  const { facts, atMs } = event
  const { kind } = running
  const barrier = kind !== 'antenna'
  // A car that came counts before everything else: how the boom is left depends on it.
  if (barrier && (facts.under === 'on' || facts.arrive === 'on')) return 'occupied'
  if (barrier ? !facts.barrierUp : !facts.rsuUp) return 'deviceDown'
  if (barrier && (facts.under !== 'off' || facts.arrive !== 'off')) return 'notKnown'
  if (event.type === 'blocked') return 'occupied'
  if (event.type === 'laneDrives' || !facts.laneIdle) return 'laneBusy'
  if (kind === 'open' && facts.position === 'open') return 'done'
  if (kind === 'close' && facts.position === 'closed') return 'done'
  if (event.type === 'stop') return 'stopped'
  if (atMs >= running.endsMs) return 'timeUp'
  return atMs - running.receivedMs >= silentMs ? 'silent' : null
}

function closeOf(kind: TestKind, end: TestEnd): TestClose {
  if (kind === 'antenna') return 'antennaOff'
  if (end === 'occupied' || end === 'notKnown') return kind === 'close' ? 'lift' : 'none'
  return end === 'stopped' || end === 'silent' || end === 'timeUp' ? 'stop' : 'none'
}

export function stepTest(state: TestState, event: TestEvent, limits: TestLimits): TestStep {
  const next = (now: TestState, ...effects: TestEffect[]): TestStep => {
    const { running } = now
    const nextMs =
      running === null ? null : Math.min(running.endsMs, running.receivedMs + limits.silentMs)
    return { state: now, effects, nextMs }
  }
  if (event.type === 'begin') {
    if (testRefusal(state, event.kind, event.facts) !== null) return next(state)
    const { id, kind, by, atMs } = event
    const endsMs = atMs + event.forMs
    const running: RunningTest = { id, kind, by, startedMs: atMs, endsMs, receivedMs: atMs }
    return next({ ...state, running }, { do: 'start', kind })
  }
  const { running } = state
  if (running === null) return next(state)
  const end = endOf(running, event, limits.silentMs)
  if (end === null) {
    const mine = event.type === 'keep' && event.id === running.id
    return next(mine ? { ...state, running: { ...running, receivedMs: event.atMs } } : state)
  }
  const { id, kind, by, startedMs } = running
  const { position } = event.facts
  const last: EndedTest = { id, kind, by, end, position, tookMs: event.atMs - startedMs }
  return next({ running: null, last }, { do: 'end', test: last, close: closeOf(kind, end) })
}
