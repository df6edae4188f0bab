// Who has the devices of the lanes: hands them over to a taker who said why, and takes them back.
// The decisions are core/hold/lease.ts; here are clocks, signs of life, links, and the audit.
import type { HolderView, HoldView, SharerView, ViaView } from '../api/safety-views.ts'
import {
  ownHold,
  stepHold,
  type HeldDevice,
  type HoldAnswer,
  type HoldEffect,
  type HoldEvent,
  type HoldState,
  type Lease,
  type LeaseEnd,
  type LeaseLimits,
  type Taker,
} from '../core/hold/lease.ts'
import { LaneFault } from '../core/values/faults.ts'
import { isoOf } from '../core/values/instant.ts'
import type { Cancel, MonoClock } from '../ports/clocks.ts'
import type { LotRuntime } from './lot-runtime.ts'

/** A device whose link can be let go and taken up again. */
export interface HeldLink {
  readonly link: string
  handOver(): void
  takeBack(): void
}

export interface HoldParts {
  readonly runtime: LotRuntime
  readonly mono: MonoClock
  readonly limits: LeaseLimits
  /** Null: the lane has no such device, or it has no link of its own. */
  linkOf(laneId: string, device: HeldDevice): HeldLink | null
  /** Others on its link, for whom it cannot be taken over. */
  sharing?(laneId: string, device: HeldDevice): readonly SharerView[]
  /** The camera whose output it hangs on, or null. */
  viaOf?(laneId: string, device: HeldDevice): ViaView | null
  /** A trial or a test on the device: what else the lane has to finish first, as one word. */
  busyWith(laneId: string, device: HeldDevice): string | null
  isAlive(pid: number): boolean
}

interface Kept {
  readonly laneId: string
  readonly device: HeldDevice
  state: HoldState
  last: { readonly lease: Lease; readonly end: LeaseEnd } | null
  timer: Cancel
  watch: Cancel
}

export interface TakeRequest {
  readonly id: string
  readonly taker: Taker
  readonly forMs: number
  readonly wait: boolean
}

/** A process that was killed is seen this soon. */
const aliveEveryMs = 500
const never: Cancel = () => undefined

const personOf = ({ by, program, pid }: Taker): string =>
  `${by}, ${program}${pid === null ? '' : ` (pid ${pid})`}`

export class DeviceHolds {
  private readonly parts: HoldParts
  private readonly kept = new Map<string, Kept>()

  constructor(parts: HoldParts) {
    this.parts = parts
    parts.runtime.onChange.add(this.laneChanged)
  }

  stop(): void {
    this.parts.runtime.onChange.delete(this.laneChanged)
    for (const { timer, watch } of this.kept.values()) {
      timer()
      watch()
    }
  }

  /** Who has it now, when it is not the lane. */
  takerOf(laneId: string, device: HeldDevice): HolderView | null {
    const kept = this.kept.get(`${laneId} ${device}`)
    return kept?.state.name === 'taken' ? this.view(kept) : null
  }

  /** HOLD-01 with who has it: what a lane cannot do now is not said to be done. */
  mustBeOurs(laneId: string, device: HeldDevice): void {
    const { state } = this.kept.get(`${laneId} ${device}`) ?? { state: ownHold }
    if (state.name === 'taken') this.refuse(laneId, { ok: false, why: 'held', lease: state.lease })
  }

  list(laneId?: string): readonly HolderView[] {
    const { lanes } = this.parts.runtime
    const ids = [...lanes.keys()].filter((id) => laneId === undefined || id === laneId)
    return ids.flatMap((id) =>
      (['rsu', 'barrier'] as const)
        .filter(
          (device) => this.parts.linkOf(id, device) !== null || this.sharing(id, device) !== '',
        )
        .map((device) => this.view(this.keptOf(id, device))),
    )
  }

  /** Throws what stands against it, before anything is audited or done. */
  check(laneId: string, device: HeldDevice, request: TakeRequest): void {
    const { state } = this.at(laneId, device)
    this.refuse(
      laneId,
      stepHold(state, this.takeEvent(laneId, device, request), this.parts.limits).answer,
    )
  }

  take(laneId: string, device: HeldDevice, request: TakeRequest): void {
    this.refuse(laneId, this.step(this.at(laneId, device), this.takeEvent(laneId, device, request)))
  }

  keep(laneId: string, device: HeldDevice, holdId: string, moreMs: number | null): HoldView {
    const kept = this.at(laneId, device)
    this.step(kept, { type: 'keep', atMs: this.nowMs(), id: holdId, moreMs })
    const { state, last } = kept
    const link = this.parts.linkOf(laneId, device)?.link ?? ''
    if (state.name === 'lane' || state.lease.id !== holdId) {
      const end = last?.lease.id === holdId ? last.end : null
      return { state: 'over', why: '', link, leftMs: 0, untilIso: null, end }
    }
    const { leftMs, untilIso } = this.times(state.lease)
    const why = state.name === 'waiting' ? state.why : ''
    return { state: state.name, why, link, leftMs, untilIso, end: null }
  }

  /** HOLD-03 when it is not that one's any more. */
  release(laneId: string, device: HeldDevice, holdId: string): void {
    const event = { type: 'release', atMs: this.nowMs(), id: holdId } as const
    this.refuse(laneId, this.step(this.at(laneId, device), event))
  }

  /** HOLD-03 when nobody holds it. */
  mustBeHeld(laneId: string, device: HeldDevice): Lease {
    const { state } = this.at(laneId, device)
    if (state.name === 'lane') throw new LaneFault('HOLD-03', { field: '/laneId', value: laneId })
    return state.lease
  }

  end(laneId: string, device: HeldDevice): void {
    const { id } = this.mustBeHeld(laneId, device)
    this.step(this.at(laneId, device), { type: 'end', atMs: this.nowMs(), id })
  }

  private readonly laneChanged = (): void => {
    for (const kept of this.kept.values())
      if (kept.state.name === 'waiting')
        this.step(kept, {
          type: 'lane',
          atMs: this.nowMs(),
          busy: this.busy(kept.laneId, kept.device),
        })
  }

  private nowMs(): number {
    return Math.floor(this.parts.mono.nowUs() / 1000)
  }

  private takeEvent(laneId: string, device: HeldDevice, request: TakeRequest): HoldEvent {
    const busy = this.busy(laneId, device)
    return { type: 'take', atMs: this.nowMs(), busy, ...request }
  }

  /** HOLD-04 for a device that is not there. */
  private at(laneId: string, device: HeldDevice): Kept {
    if (this.parts.linkOf(laneId, device) === null) {
      const note = this.sharing(laneId, device)
      const at = { field: '/device', value: `${laneId} ${device}` }
      throw new LaneFault('HOLD-04', note === '' ? at : { ...at, note: `shared with ${note}` })
    }
    return this.keptOf(laneId, device)
  }

  /** Who else is on its link, in words; '' when nobody is. */
  private sharing(laneId: string, device: HeldDevice): string {
    const others = this.parts.sharing?.(laneId, device) ?? []
    return others.map((one) => `${one.laneId} ${one.device}`).join(', ')
  }

  private keptOf(laneId: string, device: HeldDevice): Kept {
    const key = `${laneId} ${device}`
    const found = this.kept.get(key)
    if (found !== undefined) return found
    const kept: Kept = { laneId, device, state: ownHold, last: null, timer: never, watch: never }
    this.kept.set(key, kept)
    return kept
  }

  /**
   * Why the lane cannot let go now. A charge whose outcome nobody knows is asked for by this very
   * antenna: whoever had it meanwhile could make the answer worthless.
   */
  private busy(laneId: string, device: HeldDevice): string | null {
    const { lanes, lot } = this.parts.runtime
    const state = lanes.get(laneId)?.state
    if (state?.name !== 'idle') return 'carInLane'
    if (device === 'rsu')
      for (const one of lot.unsettled.values())
        if (one.laneId === laneId) return `chargeUnknown ${one.deductionId}`
    if (device === 'barrier' && ['opening', 'closing'].includes(state.position)) return 'boomMoving'
    return this.parts.busyWith(laneId, device)
  }

  private refuse(laneId: string, answer: HoldAnswer): void {
    if (answer.ok) return
    const at = { field: '/laneId', value: laneId }
    if (answer.why === 'busy') throw new LaneFault('HOLD-02', { ...at, note: answer.note })
    if (answer.why === 'over') throw new LaneFault('HOLD-03', at)
    const { taker, sinceMs } = answer.lease
    const since = isoOf(this.parts.runtime.nowMs() - (this.nowMs() - sinceMs))
    throw new LaneFault('HOLD-01', {
      ...at,
      note: `${personOf(taker)}, since ${since}: ${taker.reason}`,
    })
  }

  private step(kept: Kept, event: HoldEvent): HoldAnswer {
    const { state, effects, answer, nextMs } = stepHold(kept.state, event, this.parts.limits)
    const pid = state.name === 'lane' ? null : state.lease.taker.pid
    kept.state = state
    kept.timer()
    kept.timer = nextMs === null ? never : this.after(kept, Math.max(0, nextMs - this.nowMs()))
    kept.watch()
    kept.watch = pid === null ? never : this.watch(kept, pid)
    for (const effect of effects) this.carryOut(kept, effect)
    if (effects.length > 0) for (const changed of this.parts.runtime.onChange) changed()
    return answer
  }

  private after(kept: Kept, delayMs: number): Cancel {
    return this.parts.mono.after(delayMs, () =>
      this.step(kept, { type: 'tick', atMs: this.nowMs() }),
    )
  }

  private watch(kept: Kept, pid: number): Cancel {
    return this.parts.mono.after(aliveEveryMs, () => {
      if (kept.state.name === 'lane') return
      const { id } = kept.state.lease
      if (this.parts.isAlive(pid)) kept.watch = this.watch(kept, pid)
      else this.step(kept, { type: 'died', atMs: this.nowMs(), id })
    })
  }

  private carryOut(kept: Kept, effect: HoldEffect): void {
    const { laneId, device } = kept
    const link = this.parts.linkOf(laneId, device)
    const { taker } = effect.lease
    const { runtime } = this.parts
    if (effect.do === 'handOver') {
      link?.handOver()
      runtime.trace(laneId, null, 'held', `${device} ${personOf(taker)}`)
      return
    }
    kept.last = { lease: effect.lease, end: effect.end }
    if (effect.do === 'takeBack') link?.takeBack()
    runtime.trace(laneId, null, 'held', `${device} ${effect.end}`)
    this.audit(laneId, device, effect)
  }

  /** How it ended, beside the act that began it. The device comes back also where this cannot be written. */
  private audit(
    laneId: string,
    device: HeldDevice,
    effect: Exclude<HoldEffect, { do: 'handOver' }>,
  ): void {
    const { runtime } = this.parts
    const { id, taker } = effect.lease
    const { by, role, reason } = taker
    const body = { by, role, reason, commandId: `${id}-end`, result: effect.end }
    const act = `hold.over ${device} ${effect.end}`
    try {
      runtime.append([{ kind: 'audit', atMs: runtime.nowMs(), laneId, body: { act, ...body } }])
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      runtime.trace(laneId, null, 'fault', error.code)
    }
  }

  private times({ endsMs, sinceMs }: Lease) {
    const [now, nowMs] = [this.parts.runtime.nowMs(), this.nowMs()]
    return {
      sinceIso: isoOf(now - (nowMs - sinceMs)),
      untilIso: isoOf(now + (endsMs - nowMs)),
      leftMs: Math.max(0, endsMs - nowMs),
    }
  }

  private view({ laneId, device, state, last }: Kept): HolderView {
    const link = this.parts.linkOf(laneId, device)?.link ?? ''
    const shared = this.parts.sharing?.(laneId, device) ?? []
    const via = this.parts.viaOf?.(laneId, device) ?? null
    return {
      laneId,
      device,
      link,
      ...(shared.length === 0 ? {} : { shared }),
      ...(via === null ? {} : { via }),
      state: state.name,
      taker:
        state.name === 'lane'
          ? null
          : { holdId: state.lease.id, ...state.lease.taker, ...this.times(state.lease) },
      why: state.name === 'waiting' ? state.why : '',
      last:
        last === null ? null : { holdId: last.lease.id, by: last.lease.taker.by, end: last.end },
    }
  }
}
