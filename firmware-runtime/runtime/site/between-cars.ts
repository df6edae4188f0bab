// The moment to stop the lanes: no car is in any of them, no device is taken over or on trial, no call unanswered.
import type { LaneHost } from '#lane/lot/lane-host.ts'
import type { BarrierPosition } from '#devices/pure/lane/barrier.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { Site } from './site-parts.ts'

/** Time in ms for the answer of a call to be sent. */
const answerLeavesMs = 100
/** Interval in ms for looking again: a device that is given back sends no event to the lanes. */
const lookMs = 1_000

/** Boom positions between letting a car through and being down again. */
const upFor: readonly BarrierPosition[] = ['opening', 'open', 'closing']
/** A car is in the lane or has just left. A boom that was up when the lanes opened, without a car, does not count. */
const isInUse = ({ state, lastCar }: LaneHost): boolean =>
  state.name !== 'idle' || (lastCar !== null && upFor.includes(state.position))

interface BetweenParts {
  readonly site: Site
  readonly mono: MonoClock
  /** True while a call to these lanes is not answered. */
  isBusy(): boolean
  /** Called once for each `want(true)`. */
  free(): void
}

export class BetweenCars {
  private readonly parts: BetweenParts
  private isWanted = false
  private isOver = false
  private timer: Cancel | null = null

  constructor(parts: BetweenParts) {
    this.parts = parts
    parts.site.runtime.onChange.add(this.look)
  }

  /** Waits from now on, or not any more. */
  want(isWanted: boolean): void {
    this.isWanted = isWanted
    this.look()
  }

  /** Lanes with a car, by id. */
  inUse(): readonly string[] {
    const lanes = [...this.parts.site.runtime.lanes.values()]
    return lanes.filter(isInUse).map(({ config }) => config.id)
  }

  /** Lanes with a device that was taken over, whose settings are on trial, or whose boom a test left up. */
  hands(): readonly string[] {
    const { safety, rsus } = this.parts.site
    const taken = safety.holds.list().filter(({ state }) => state === 'taken')
    const onTrial = [...rsus].filter(([, { settings }]) => (settings?.leftMs ?? null) !== null)
    return [
      ...taken.map(({ laneId }) => laneId),
      ...onTrial.map(([laneId]) => laneId),
      ...safety.raised.list().map(({ laneId }) => laneId),
    ]
  }

  private isFree(): boolean {
    return this.inUse().length === 0 && this.hands().length === 0
  }

  private readonly look = (): void => {
    if (!this.isWanted || this.isOver || this.timer !== null) return
    if (this.isFree()) this.timer = this.parts.mono.after(answerLeavesMs, () => this.take())
    else if (this.hands().length > 0)
      this.timer = this.parts.mono.after(lookMs, () => {
        this.timer = null
        this.look()
      })
  }

  /** Checks again: a car may have come since the last look. */
  private take(): void {
    this.timer = null
    if (!this.isWanted) return
    if (!this.isFree() || this.parts.isBusy()) return this.look()
    this.isWanted = false
    this.parts.free()
  }

  stop(): void {
    this.isOver = true
    this.timer?.()
    this.parts.site.runtime.onChange.delete(this.look)
  }
}
