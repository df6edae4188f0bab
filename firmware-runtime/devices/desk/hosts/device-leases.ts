// Device leases of a running lot: grants a device to somebody who gave a reason, and returns it to its lane.
// devices/pure/lease/lease.ts decides; this file joins the decisions to clocks, process checks, links and the audit.
import { t } from '#base/pure/words/fault-text.ts'
import type { LeaseHolderView, LeaseView, SharerView, ViaView } from '../../calls/safety-views.ts'
import {
  ownLease,
  stepLease,
  type HeldDevice,
  type LeaseAnswer,
  type LeaseEffect,
  type LeaseEvent,
  type LeaseState,
  type Lease,
  type LeaseEnd,
  type LeaseLimits,
  type Taker,
} from '../../pure/lease/lease.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { Timers } from '#base/process/machine.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

/** A device whose link the lane can release and open again. */
export interface HeldLink {
  readonly link: string
  handOver(): void
  takeBack(): void
}

interface HoldParts {
  readonly runtime: LotRuntime
  readonly mono: MonoClock
  readonly limits: LeaseLimits
  /** Null: the lane has no such device, or it has no link of its own. */
  linkOf(laneId: string, device: HeldDevice): HeldLink | null
  /** Other devices on the same link: while there are any, no lease of this one is granted. */
  sharing?(laneId: string, device: HeldDevice): readonly SharerView[]
  /** The camera whose output it hangs on, or null. */
  viaOf?(laneId: string, device: HeldDevice): ViaView | null
  /** A trial or test that must end before a lease begins, as one word; null: the device is free. */
  busyWith(laneId: string, device: HeldDevice): string | null
  isAlive(pid: number): boolean
}

interface Kept {
  readonly laneId: string
  readonly device: HeldDevice
  state: LeaseState
  last: { readonly lease: Lease; readonly end: LeaseEnd } | null
}

export interface TakeRequest {
  readonly id: string
  readonly taker: Taker
  readonly forMs: number
  readonly wait: boolean
}

/** How often a holder's process is checked: a killed holder loses its lease within this time. */
const aliveEveryMs = 500

const personOf = ({ by, program, pid }: Taker): string =>
  `${by}, ${program}${pid === null ? '' : ` (pid ${pid})`}`

export class DeviceLeases {
  private readonly parts: HoldParts
  private readonly kept = new Map<string, Kept>()
  private readonly timers: Timers

  constructor(parts: HoldParts) {
    this.parts = parts
    this.timers = new Timers(parts.mono)
    parts.runtime.onChange.add(this.laneChanged)
  }

  stop(): void {
    this.parts.runtime.onChange.delete(this.laneChanged)
    this.timers.stop()
  }

  /** The lease holder; null while the lane has the device. */
  takerOf(laneId: string, device: HeldDevice): LeaseHolderView | null {
    const kept = this.kept.get(`${laneId} ${device}`)
    return kept?.state.name === 'taken' ? this.view(kept) : null
  }

  /** Refuses with HOLD-01 and the lease holder, so that the lane never reports an act it could not perform. */
  mustBeOurs(laneId: string, device: HeldDevice): void {
    const { state } = this.kept.get(`${laneId} ${device}`) ?? { state: ownLease }
    if (state.name === 'taken') this.refuse(laneId, { ok: false, why: 'held', lease: state.lease })
  }

  list(laneId?: string): readonly LeaseHolderView[] {
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

  /** Throws the reason against a lease before anything is audited or done. */
  check(laneId: string, device: HeldDevice, request: TakeRequest): void {
    const { state } = this.at(laneId, device)
    this.refuse(
      laneId,
      stepLease(state, this.takeEvent(laneId, device, request), this.parts.limits).answer,
    )
  }

  take(laneId: string, device: HeldDevice, request: TakeRequest): void {
    this.refuse(laneId, this.step(this.at(laneId, device), this.takeEvent(laneId, device, request)))
  }

  keep(laneId: string, device: HeldDevice, holdId: string, moreMs: number | null): LeaseView {
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

  /** HOLD-03 when this lease has ended. */
  release(laneId: string, device: HeldDevice, holdId: string): void {
    const event = { type: 'release', atMs: this.nowMs(), id: holdId } as const
    this.refuse(laneId, this.step(this.at(laneId, device), event))
  }

  /** HOLD-03 when the device has no lease. */
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

  private takeEvent(laneId: string, device: HeldDevice, request: TakeRequest): LeaseEvent {
    const busy = this.busy(laneId, device)
    return { type: 'take', atMs: this.nowMs(), busy, ...request }
  }

  /** HOLD-04 when the lane has no such device. */
  private at(laneId: string, device: HeldDevice): Kept {
    if (this.parts.linkOf(laneId, device) === null) {
      const note = this.sharing(laneId, device)
      const at = { field: '/device', value: `${laneId} ${device}` }
      throw new LaneFault(
        'HOLD-04',
        note === '' ? at : { ...at, note: t(`与 ${note} 共用`, `shared with ${note}`) },
      )
    }
    return this.keptOf(laneId, device)
  }

  /** The other devices on its link, in words; '' when it has the link alone. */
  private sharing(laneId: string, device: HeldDevice): string {
    const others = this.parts.sharing?.(laneId, device) ?? []
    return others.map((one) => `${one.laneId} ${one.device}`).join(', ')
  }

  private keptOf(laneId: string, device: HeldDevice): Kept {
    const key = `${laneId} ${device}`
    const found = this.kept.get(key)
    if (found !== undefined) return found
    const kept: Kept = { laneId, device, state: ownLease, last: null }
    this.kept.set(key, kept)
    return kept
  }

  /**
   * Why the lane cannot release the device now. A charge with an unknown outcome is queried through this
   * antenna: a transaction of another holder could overwrite the answer.
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

  private refuse(laneId: string, answer: LeaseAnswer): void {
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

  private step(kept: Kept, event: LeaseEvent): LeaseAnswer {
    const { state, effects, answer, nextMs } = stepLease(kept.state, event, this.parts.limits)
    const pid = state.name === 'lane' ? null : state.lease.taker.pid
    kept.state = state
    const waitMs = nextMs === null ? null : Math.max(0, nextMs - this.nowMs())
    this.timers.set(`${kept.laneId} ${kept.device} next`, waitMs, () =>
      this.step(kept, { type: 'tick', atMs: this.nowMs() }),
    )
    this.watch(kept, pid)
    for (const effect of effects) this.carryOut(kept, effect)
    if (effects.length > 0) for (const changed of this.parts.runtime.onChange) changed()
    return answer
  }

  private watch(kept: Kept, pid: number | null): void {
    const waitMs = pid === null ? null : aliveEveryMs
    this.timers.set(`${kept.laneId} ${kept.device} alive`, waitMs, () => {
      if (pid === null || kept.state.name === 'lane') return
      const { id } = kept.state.lease
      if (this.parts.isAlive(pid)) this.watch(kept, pid)
      else this.step(kept, { type: 'died', atMs: this.nowMs(), id })
    })
  }

  private carryOut(kept: Kept, effect: LeaseEffect): void {
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

  /** Records the end of a lease beside its begin. The device returns even if this row cannot be written. */
  private audit(
    laneId: string,
    device: HeldDevice,
    effect: Exclude<LeaseEffect, { do: 'handOver' }>,
  ): void {
    const { runtime } = this.parts
    const { id, taker } = effect.lease
    const { by, role, reason } = taker
    const body = { by, role, reason, commandId: `${id}-end`, result: effect.end }
    const act = `hold.over ${device} ${effect.end}`
    onFault(
      () =>
        runtime.append([{ kind: 'audit', atMs: runtime.nowMs(), laneId, body: { act, ...body } }]),
      (error) => runtime.trace(laneId, null, 'fault', error.code),
    )
  }

  private times({ endsMs, sinceMs }: Lease) {
    const [now, nowMs] = [this.parts.runtime.nowMs(), this.nowMs()]
    return {
      sinceIso: isoOf(now - (nowMs - sinceMs)),
      untilIso: isoOf(now + (endsMs - nowMs)),
      leftMs: Math.max(0, endsMs - nowMs),
    }
  }

  private view({ laneId, device, state, last }: Kept): LeaseHolderView {
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
