// The set-up forms of a running lot: a change waits beside the lot until no car is in any lane and no device is taken
// over or on trial. Then the owner of the lanes reopens them on it.
import { laneKinds } from '../../core/values/device-kinds/lane-kinds.ts'
import type { InForceView } from '../../api/setup-views.ts'
import { SetupService } from '../../app/setup/setup-service.ts'
import type { LaneHost } from '../../app/lot/lane-host.ts'
import type { BarrierPosition } from '../../core/lane/barrier.ts'
import { isHere } from '../../core/people/people.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'
import { keptFiles, keptLot, lotSince } from '../folder/kept-lot.ts'
import { linkKey } from '../process/link-lease.ts'
import { peopleFolder } from '../folder/people-folder.ts'
import {
  dropWaiting,
  keepBefore,
  keepWaiting,
  waitingLot,
  waitsFor,
} from '../folder/waiting-lot.ts'
import { serviceOfThis } from '../service/service-here.ts'
import type { Site } from '../site/site-parts.ts'
import { layOutBeside } from '../document/paper-process.ts'
import { setupPorts } from './setup-ports.ts'

/** Time in ms for the answer of a call to be sent. */
const answerLeavesMs = 100
/** Interval in ms for looking again: a device that is given back sends no event to the lanes. */
const lookMs = 1_000

export interface ChangeOfSettings {
  /** True while a call to these lanes is not answered. */
  isBusy(): boolean
  /** Called once, when the lanes can be reopened on the waiting settings. */
  free(): void
}

interface RunningParts {
  readonly dir: string
  readonly site: Site
  readonly mono: MonoClock
  readonly change: ChangeOfSettings
}

const linksOf = ({
  lanes,
  printers = [],
  scanners = [],
  reservation,
}: LotConfig): readonly string[] =>
  [
    ...lanes.flatMap((lane) => laneKinds.map((kind) => lane[kind])),
    ...[...printers, ...scanners].map(({ link }) => link),
    // The broker accepts one session at a time: a second one would end that of the lanes.
    reservation?.broker ?? null,
  ].filter((link) => link !== null)

/** Boom positions between letting a car through and being down again. */
const upFor: readonly BarrierPosition[] = ['opening', 'open', 'closing']
/** A car is in the lane or has just left. A boom that was up when the lanes opened, without a car, does not count. */
const isInUse = ({ state, lastCar }: LaneHost): boolean =>
  state.name !== 'idle' || (lastCar !== null && upFor.includes(state.position))

export class RunningSetup {
  readonly service: SetupService
  private readonly parts: RunningParts
  /** When a key or certificate was stored that takes effect with the next opening, ISO time; null: none was. */
  private keyAtIso: string | null = null
  private isWanted = false
  private isOver = false
  private timer: Cancel | null = null

  constructor(parts: RunningParts) {
    this.parts = parts
    const { dir, site } = parts
    const people = peopleFolder(dir)
    const accounts = {
      get accounts() {
        return people.file.read().filter(isHere)
      },
    }
    const ports = setupPorts(dir, accounts, () => undefined, layOutBeside())
    this.service = new SetupService({
      ...ports,
      service: serviceOfThis(dir),
      inForce: () => this.view(),
      isWaiting: (config) => waitsFor(dir, config),
      mayTry: ({ link }) => this.mayTry(link),
      keepKey: (...key) => {
        const ids = ports.keepKey(...key)
        this.keyCame()
        return ids
      },
      certificateCame: () => this.keyCame(),
      keptView() {
        const kept = keptLot(dir)
        const isWaiting = waitingLot(dir) !== null
        return kept === null ? null : { ...kept, canUndo: kept.canUndo || isWaiting }
      },
      write: (config, _tariff, who) => {
        keepWaiting(dir, config, who)
        this.want()
      },
      revert: (who) => {
        if (dropWaiting(dir)) return keptFiles(dir)
        const back = keepBefore(dir, who)
        this.want()
        return back
      },
    })
    site.runtime.onChange.add(this.look)
  }

  /** A key or certificate changed: the lanes use it when they are reopened. */
  private keyCame(): void {
    this.keyAtIso = isoOf(this.parts.site.runtime.nowMs())
    this.want()
  }

  /** A change waits, or was refused and is still stored. */
  get isWaiting(): boolean {
    return waitingLot(this.parts.dir) !== null
  }

  /** Stores a change that does not come from the forms. */
  change(config: LotConfig, who: { readonly by: string; readonly reason: string }): void {
    keepWaiting(this.parts.dir, config, who)
    this.want()
  }

  private view(): InForceView {
    const { dir, site } = this.parts
    const { keyAtIso } = this
    const ofKey = keyAtIso === null ? null : { savedAtIso: keyAtIso, by: '', refused: null }
    return {
      sinceIso: lotSince(dir, site.config),
      waiting: waitingLot(dir) ?? ofKey,
      lanes: [...site.runtime.lanes.values()].filter(isInUse).map(({ config }) => config.id),
      hands: this.hands(),
    }
  }

  /** Lanes with a device that was taken over, or whose settings are on trial. */
  private hands(): readonly string[] {
    const { safety, rsus } = this.parts.site
    const taken = safety.holds.list().filter(({ state }) => state === 'taken')
    const onTrial = [...rsus].filter(([, { settings }]) => (settings?.leftMs ?? null) !== null)
    return [...taken.map(({ laneId }) => laneId), ...onTrial.map(([laneId]) => laneId)]
  }

  private mayTry(link: string): void {
    const { config } = this.parts.site
    const isOwn = linksOf(config).some((own) => linkKey(own) === linkKey(link))
    // A camera that pushes to the lanes' listener cannot be tried on its own.
    if (isOwn || link.startsWith('push:'))
      throw new LaneFault('SETUP-08', { field: '/link', value: link })
  }

  /** After a change was stored: reopens the lanes as soon as they are free. */
  private want(): void {
    this.isWanted = this.keyAtIso !== null || waitingLot(this.parts.dir)?.refused === null
    this.look()
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

  private isFree(): boolean {
    const lanes = [...this.parts.site.runtime.lanes.values()]
    return !lanes.some(isInUse) && this.hands().length === 0
  }

  /** Checks again: a car may have come since the last look. */
  private take(): void {
    this.timer = null
    if (!this.isFree() || this.parts.change.isBusy()) return this.look()
    this.isOver = true
    this.parts.change.free()
  }

  stop(): void {
    this.isOver = true
    this.timer?.()
    this.service.stop()
    this.parts.site.runtime.onChange.delete(this.look)
  }
}
