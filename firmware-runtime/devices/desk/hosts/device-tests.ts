// Tests of the lanes' devices: begins them, reads the inputs, and ends them in time. devices/pure/lease/device-test.ts decides;
// a test never lasts longer than its keep-alives.
import type { TestOfferView, TestView } from '../../calls/safety-views.ts'
import type { BarrierCommand } from '../../pure/lane/barrier.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { RsuCommand } from '../../pure/etc/rsu.ts'
import {
  noTest,
  stepTest,
  testKinds,
  testRefusal,
  type TestEffect,
  type TestEvent,
  type TestFacts,
  type TestKind,
  type TestLimits,
  type TestState,
} from '../../pure/lease/device-test.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { present } from '#base/pure/values/must.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { RaisedBooms } from '../../hosts/raised-booms.ts'
import { Timers } from '#base/process/machine.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

interface TestParts {
  readonly runtime: LotRuntime
  readonly mono: MonoClock
  readonly limits: TestLimits
  /** Sends directly to the device; a command of the lane goes another way and ends the test. */
  barrier(laneId: string, command: BarrierCommand): void
  rsu(laneId: string, command: RsuCommand): void
  has(laneId: string, device: 'rsu' | 'barrier'): boolean
  isHeld(laneId: string, device: 'rsu' | 'barrier'): boolean
  /** Booms that tests left up, kept over a restart. */
  readonly raised: RaisedBooms
}

export interface TestRequest {
  readonly id: string
  readonly kind: TestKind | 'carrier'
  readonly by: string
  readonly role: string
  readonly reason: string
  readonly forMs: number | null
}

interface Kept {
  state: TestState
  request: TestRequest | null
}

const deviceOf = (kind: TestKind): 'rsu' | 'barrier' => (kind === 'antenna' ? 'rsu' : 'barrier')

export class DeviceTests {
  private readonly parts: TestParts
  private readonly kept = new Map<string, Kept>()
  private readonly timers: Timers

  constructor(parts: TestParts) {
    this.parts = parts
    this.timers = new Timers(parts.mono)
    parts.runtime.onChange.add(this.seen)
    parts.raised.onChange.add(this.marked)
    this.marked()
  }

  /** Ends all tests as if their people had left. */
  stop(): void {
    for (const laneId of this.kept.keys()) this.stopTest(laneId)
    this.parts.runtime.onChange.delete(this.seen)
    this.parts.raised.onChange.delete(this.marked)
  }

  /** Why a test cannot begin, as one word; null: it can. */
  refusal(laneId: string, kind: TestKind | 'carrier'): TestOfferView['refused'] {
    const { has, isHeld } = this.parts
    // No variant in rsu-interface.md has a frame for an unmodulated carrier, and none is invented.
    if (kind === 'carrier') return has(laneId, 'rsu') ? 'notOnDevice' : 'noDevice'
    const device = deviceOf(kind)
    if (!has(laneId, device)) return 'noDevice'
    if (isHeld(laneId, device)) return 'held'
    return testRefusal(this.at(laneId).state, kind, this.facts(laneId))
  }

  check(laneId: string, { kind }: TestRequest): void {
    this.host(laneId)
    const refused = this.refusal(laneId, kind)
    if (refused === null) return
    const lane = { field: '/laneId', value: laneId }
    if (refused === 'notOnDevice' || refused === 'noDevice')
      throw new LaneFault('TEST-03', { field: '/kind', value: kind })
    if (refused !== 'occupied' && refused !== 'notKnown')
      throw new LaneFault('TEST-02', { ...lane, note: refused })
    const { arrive, under } = this.facts(laneId)
    throw new LaneFault('TEST-01', { ...lane, note: `arrive ${arrive}, under ${under}` })
  }

  begin(laneId: string, request: TestRequest): void {
    this.check(laneId, request)
    const { kind, id, by, forMs } = request
    if (kind === 'carrier') return
    // Kept before the boom moves: whatever ends this program, a person learns of it.
    if (kind === 'open') this.raise(laneId, by)
    this.at(laneId).request = request
    this.step(laneId, {
      type: 'begin',
      ...this.now(laneId),
      id,
      kind,
      by,
      forMs: forMs ?? this.parts.limits.forMs[kind],
    })
    // A boom that is already in position does not move.
    this.step(laneId, { type: 'seen', ...this.now(laneId) })
  }

  keep(laneId: string, testId: string): TestView {
    this.step(laneId, { type: 'keep', ...this.now(laneId), id: testId })
    return this.view(laneId)
  }

  stopTest(laneId: string): TestView {
    this.step(laneId, { type: 'stop', ...this.now(laneId) })
    return this.view(laneId)
  }

  isRunning(laneId: string, device: 'rsu' | 'barrier'): boolean {
    const running = this.kept.get(laneId)?.state.running ?? null
    return running !== null && deviceOf(running.kind) === device
  }

  /** Gets the events of a device that its lane gets as well. */
  heard(laneId: string, event: LaneEvent): void {
    if (event.type === 'closeBlocked' && this.isRunning(laneId, 'barrier'))
      this.step(laneId, { type: 'blocked', ...this.now(laneId) })
    // A test charges nobody: an OBU that was read is released.
    const isRead = event.type === 'cardRead' || event.type === 'vehicleSealed'
    if (isRead && this.isRunning(laneId, 'rsu'))
      this.parts.rsu(laneId, { do: 'release', obuId: event.obu.obuId })
  }

  /** Called before the lane's own command reaches a device under test. */
  laneDrives(laneId: string, device: 'rsu' | 'barrier'): void {
    if (this.isRunning(laneId, device))
      this.step(laneId, { type: 'laneDrives', ...this.now(laneId) })
  }

  view(laneId: string): TestView {
    const { running, last } = this.at(laneId).state
    const { atMs } = this.now(laneId)
    const kinds = [...testKinds, 'carrier'] as const
    return {
      laneId,
      running:
        running === null
          ? null
          : {
              testId: running.id,
              kind: running.kind,
              by: running.by,
              leftMs: Math.max(0, running.endsMs - atMs),
            },
      last:
        last === null
          ? null
          : {
              testId: last.id,
              kind: last.kind,
              by: last.by,
              end: last.end,
              position: last.position,
              tookMs: last.tookMs,
            },
      offers: kinds.map((kind) => ({ kind, refused: this.refusal(laneId, kind) })),
    }
  }

  /** The boom is raised by the test of this person; refused with DATA-01 where that cannot be kept. */
  private raise(laneId: string, by: string): void {
    const { config } = this.host(laneId)
    const atIso = isoOf(this.parts.runtime.nowMs())
    const boom = { laneId, name: config.name, link: config.barrier ?? '', by, atIso }
    this.parts.raised.raise({ ...boom, of: 'lane' })
  }

  private readonly marked = (): void => {
    const { runtime, raised } = this.parts
    for (const [laneId, host] of runtime.lanes) host.isRaisedByTest = raised.at(laneId) !== null
  }

  /** A boom that is seen down is no matter any more, whoever or whatever lowered it. */
  private lowered(): void {
    for (const { laneId, of } of this.parts.raised.list()) {
      const host = this.parts.runtime.lanes.get(laneId)
      if (of !== 'lane' || host === undefined || this.isRunning(laneId, 'barrier')) continue
      if (host.state.position === 'closed')
        onFault(
          () => this.parts.raised.isDown(laneId),
          (error) => this.parts.runtime.trace(laneId, null, 'fault', error.code),
        )
    }
  }

  private readonly seen = (): void => {
    this.lowered()
    for (const [laneId, { state }] of this.kept)
      if (state.running !== null) this.step(laneId, { type: 'seen', ...this.now(laneId) })
  }

  private host(laneId: string): LaneHost {
    const host = this.parts.runtime.lanes.get(laneId)
    if (host === undefined) throw new LaneFault('LANE-01', { field: '/laneId', value: laneId })
    return host
  }

  private facts(laneId: string): TestFacts {
    const { state, barrierArmed } = this.host(laneId)
    const { name, barrierUp, rsuUp, position, arrive, under } = state
    const laneIdle = name === 'idle'
    return { laneIdle, armed: barrierArmed, barrierUp, rsuUp, position, arrive, under }
  }

  private now(laneId: string): { readonly atMs: number; readonly facts: TestFacts } {
    return { atMs: Math.floor(this.parts.mono.nowUs() / 1000), facts: this.facts(laneId) }
  }

  private at(laneId: string): Kept {
    this.host(laneId)
    const found = this.kept.get(laneId)
    if (found !== undefined) return found
    const kept: Kept = { state: noTest, request: null }
    this.kept.set(laneId, kept)
    return kept
  }

  private step(laneId: string, event: TestEvent): void {
    const kept = this.at(laneId)
    const { state, effects, nextMs } = stepTest(kept.state, event, this.parts.limits)
    kept.state = state
    const waitMs = nextMs === null ? null : Math.max(0, nextMs - event.atMs)
    this.timers.set(laneId, waitMs, () => this.step(laneId, { type: 'seen', ...this.now(laneId) }))
    for (const effect of effects) this.carryOut(laneId, kept, effect)
  }

  private carryOut(laneId: string, kept: Kept, effect: TestEffect): void {
    const { barrier, rsu, runtime } = this.parts
    if (effect.do === 'start') {
      if (effect.kind === 'antenna') rsu(laneId, { do: 'search', on: true })
      else barrier(laneId, { do: effect.kind === 'open' ? 'lift' : 'close' })
      return
    }
    const { id, kind, end } = effect.test
    if (effect.close === 'lift')
      // A person may be under it: it goes up, whether that can be kept or not.
      onFault(
        () => this.raise(laneId, effect.test.by),
        (error) => runtime.trace(laneId, null, 'fault', error.code),
      )
    if (effect.close === 'antennaOff') rsu(laneId, { do: 'search', on: false })
    else if (effect.close !== 'none') barrier(laneId, { do: effect.close })
    runtime.trace(laneId, null, 'tested', `${kind} ${end}`)
    this.audit(laneId, present(kept.request, 'a test was begun by an act'), `${id}-end`, end)
    for (const changed of runtime.onChange) changed()
  }

  private audit(
    laneId: string,
    { kind, by, role, reason }: TestRequest,
    commandId: string,
    result: string,
  ): void {
    const { runtime } = this.parts
    const body = { act: `test.over ${kind} ${result}`, by, role, reason, commandId, result }
    onFault(
      () => runtime.append([{ kind: 'audit', atMs: runtime.nowMs(), laneId, body }]),
      (error) => runtime.trace(laneId, null, 'fault', error.code),
    )
  }
}
