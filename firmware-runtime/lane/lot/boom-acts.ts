// Follows each open by hand until the board answered and the boom was seen, or until neither can come any more. The
// result is written after the act and returned to its caller.
import type { OpenAnswer } from '#base/calls/rows.ts'
import {
  beginBoomAct,
  boomActTimes,
  dueMs,
  stepBoomAct,
  type BoomAct,
  type BoomActEvent,
} from '../pure/boom-act.ts'
import type { AuditedAct, LaneEvent } from '../pure/lane.ts'
import { present } from '#base/pure/values/must.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { LotRuntime } from './lot-runtime.ts'

type Outcome = Omit<OpenAnswer, 'repeated'>

interface Watched {
  readonly laneId: string
  /** Stay of the car in the lane. */
  readonly stayId: string | null
  readonly act: AuditedAct
  state: BoomAct
  timer: Cancel
  readonly end: (outcome: Outcome) => void
}

const receivedTypes = ['commandAnswered', 'position', 'barrierFault']
/** Number of results stored, for callers that ask again by command id. */
const keptMax = 256

export class BoomActs {
  private readonly runtime: LotRuntime
  private readonly mono: MonoClock
  private readonly watched = new Set<Watched>()
  private readonly outcomes = new Map<string, Promise<Outcome>>()

  constructor(runtime: LotRuntime, mono: MonoClock) {
    this.runtime = runtime
    this.mono = mono
    runtime.onLaneEvent.add(this.seen)
  }

  close(): void {
    this.runtime.onLaneEvent.delete(this.seen)
    for (const one of this.watched) one.timer()
  }

  /** To be called before the command is sent, so that no answer is missed. */
  watch(laneId: string, act: AuditedAct): void {
    const outcome = new Promise<Outcome>((end) => {
      const none: Cancel = () => undefined
      const stayId = this.runtime.lanes.get(laneId)?.state.car?.stayId ?? null
      const state = beginBoomAct(this.atMs())
      const one: Watched = { laneId, stayId, act, state, timer: none, end }
      this.watched.add(one)
      // A person stands at the lane, so an unreachable board is retried at once.
      this.runtime.lanes.get(laneId)?.devices.barrier?.hurry?.(true)
      this.arm(one)
    })
    this.outcomes.set(act.commandId, outcome)
    for (const oldest of this.outcomes.keys())
      if (this.outcomes.size > keptMax) this.outcomes.delete(oldest)
  }

  /** Result of an act of this process; null when an earlier process carried it out. */
  outcomeOf(commandId: string): Promise<Outcome> | null {
    return this.outcomes.get(commandId) ?? null
  }

  private atMs(): number {
    return Math.floor(this.mono.nowUs() / 1000)
  }

  private readonly seen = (laneId: string, event: LaneEvent): void => {
    if (!receivedTypes.includes(event.type)) return
    for (const one of [...this.watched])
      if (one.laneId === laneId) this.step(one, event as BoomActEvent)
  }

  private position(laneId: string) {
    return present(this.runtime.lanes.get(laneId), `lane ${laneId}`).state.position
  }

  private step(one: Watched, event: BoomActEvent): void {
    const position = this.position(one.laneId)
    one.state = stepBoomAct(one.state, event, { atMs: this.atMs(), position })
    if (one.state.result === null) {
      this.arm(one)
      return
    }
    one.timer()
    this.watched.delete(one)
    this.ended(one, one.state.result)
  }

  private arm(one: Watched): void {
    one.timer()
    const waitMs = Math.max(1, dueMs(one.state) - this.atMs())
    one.timer = this.mono.after(Math.min(waitMs, boomActTimes.answerMs), () =>
      this.step(one, { type: 'time' }),
    )
  }

  private ended({ laneId, stayId, act, state, end }: Watched, result: Outcome['result']): void {
    const { runtime } = this
    const body = { act: 'lane.open', ...act, result }
    const refs = { laneId, ...(stayId === null ? {} : { stayId }) }
    runtime.appendQuietly([{ kind: 'audit', atMs: runtime.nowMs(), ...refs, body }])
    const position = this.position(laneId)
    const isBlind = result === 'commanded' && position === 'unknown'
    const code = result === 'done' ? null : result === 'failed' ? 'BOOM-02' : 'BOOM-03'
    if (code !== null) runtime.trace(laneId, null, 'fault', `${code} lane.open`)
    end({
      ok: result === 'done' || isBlind,
      result,
      answered: state.answered,
      position,
      tookMs: this.atMs() - state.requestedMs,
      code,
    })
    for (const changed of runtime.onChange) changed()
  }
}
