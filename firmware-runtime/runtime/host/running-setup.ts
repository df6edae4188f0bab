// The set-up forms of a running lot: a change waits beside the lot until no car is in any lane and no device is taken
// over or on trial. Then the owner of the lanes reopens them on it.
import { laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import type { InForceView } from '#lane/calls/setup-views.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { isHere } from '#ledger/pure/people/people.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { keptFiles, keptLot, lotSince } from '#lane/desk/folder/kept-lot.ts'
import { linkKey } from '#base/desk/process/link-lease.ts'
import { peopleFolder } from '#lane/folder/people-folder.ts'
import {
  dropWaiting,
  keepBefore,
  keepWaiting,
  waitingLot,
  waitsFor,
} from '#lane/desk/folder/waiting-lot.ts'
import { serviceOfThis } from '#base/desk/service/service-here.ts'
import { BetweenCars } from '../site/between-cars.ts'
import type { Site } from '../site/site-parts.ts'
import { layOutBeside } from '#base/desk/document/paper-process.ts'
import { setupPorts } from '#lane/desk/setup/setup-ports.ts'

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

export class RunningSetup {
  readonly service: SetupService
  private readonly parts: RunningParts
  /** When a key or certificate was stored that takes effect with the next opening, ISO time; null: none was. */
  private keyAtIso: string | null = null
  private readonly between: BetweenCars

  constructor(parts: RunningParts) {
    this.parts = parts
    const { dir, site, mono, change } = parts
    const free = (): void => {
      this.between.stop()
      change.free()
    }
    this.between = new BetweenCars({ site, mono, isBusy: () => change.isBusy(), free })
    const people = peopleFolder(dir)
    const accounts = {
      get accounts() {
        return people.file.read().filter(isHere)
      },
    }
    const ports = setupPorts(dir, accounts, () => undefined, layOutBeside(), site.safety.raised)
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
    // Settings that a boom kept waiting at the start come into force when it is down.
    if (site.safety.raised.list().length > 0) this.want()
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
      lanes: this.between.inUse(),
      hands: this.between.hands(),
    }
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
    const isWaiting = waitingLot(this.parts.dir)?.refused === null
    this.between.want(this.keyAtIso !== null || isWaiting)
  }

  stop(): void {
    this.between.stop()
    this.service.stop()
  }
}
