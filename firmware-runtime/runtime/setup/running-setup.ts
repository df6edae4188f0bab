// The forms of a lot on the lot that runs: what they write waits beside it until no car is in any lane and no device is
// in somebody's hands, and is taken over by whoever opened the lanes.
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

/** Long enough for an answer to be on its way. */
const answerLeavesMs = 100
/** Who has a device in hand puts it back without telling the lanes. */
const lookMs = 1_000

export interface ChangeOfSettings {
  /** Somebody waits for an answer of these lanes. */
  isBusy(): boolean
  /** Nothing stands in the way: the lanes are to be opened on what waits. Called once. */
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
    ...lanes.flatMap(({ rsu, camera, barrier, display }) => [rsu, camera, barrier, display]),
    ...[...printers, ...scanners].map(({ link }) => link),
    // One session at a time: a second one would end that of the lanes.
    reservation?.broker ?? null,
  ].filter((link) => link !== null)

/** A boom that let a car through and is not down again. */
const upFor: readonly BarrierPosition[] = ['opening', 'open', 'closing']
/** A car is in it, or has just left. A boom that was up when the lanes were opened is nobody's. */
const isInUse = ({ state, lastCar }: LaneHost): boolean =>
  state.name !== 'idle' || (lastCar !== null && upFor.includes(state.position))

export class RunningSetup {
  readonly service: SetupService
  private readonly parts: RunningParts
  /** A key was sealed; what reads it is opened anew. */
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

  /** A key or a certificate is another one: the lanes take it when they are opened anew. */
  private keyCame(): void {
    this.keyAtIso = isoOf(this.parts.site.runtime.nowMs())
    this.want()
  }

  /** A change waits, or was refused and is still there. */
  get isWaiting(): boolean {
    return waitingLot(this.parts.dir) !== null
  }

  /** From elsewhere than its forms. */
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
    // Its listener is that of the lanes.
    if (isOwn || link.startsWith('push:'))
      throw new LaneFault('SETUP-08', { field: '/link', value: link })
  }

  /** Something was written: it is taken as soon as nothing stands in the way. */
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

  /** A car may have come while the answer left. */
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
