// Backups of a device's settings, each named by site, lane, device, time and reason. A lot names site and lane; for a
// device on a link of its own a person does, once.
import { t } from '#base/pure/words/fault-text.ts'
import { migrateSettings, type Migration } from '../pure/configure/migrate.ts'
import type { DeviceSettings } from '../pure/configure/setting.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { DevicePosition, SettingsBackup } from '../ports/settings-files.ts'
import type { SettingsStoreParts } from './settings-parts.ts'

/** Content of a backup, with the identity that the device reported. */
interface Copied {
  readonly settings: DeviceSettings
  readonly rsuId: string
  readonly firmware: string
}

export class SettingsCopies {
  /** Null: neither a lot nor a person has named its position yet. */
  place: DevicePosition | null
  private readonly parts: SettingsStoreParts
  private count = 0

  constructor(parts: SettingsStoreParts) {
    this.parts = parts
    const { site, laneId } = parts
    this.place = site === '' ? null : { site, lane: laneId }
  }

  /** Newest first. */
  all(): readonly SettingsBackup[] {
    return this.parts.store.backups()
  }

  /** SET-06 when no backup has that name. */
  named(id: string): SettingsBackup {
    const found = this.all().find((one) => one.id === id)
    if (found === undefined) throw new LaneFault('SET-06', { field: '/id', value: id })
    return found
  }

  /** Null also when the backups cannot be read: callers continue without one. */
  newest(): SettingsBackup | null {
    return orIfFault(() => this.all()[0] ?? null, null)
  }

  /** Its settings in the numbers of firmware `to`. */
  asCountedBy(to: string, { firmware: from = '', settings }: SettingsBackup): Migration {
    return migrateSettings(this.parts.moves, { from, to, settings })
  }

  /** A person names the position of a device without a lot; earlier backups get it as well. */
  nameBy(place: DevicePosition): void {
    this.mustBeLone()
    this.place = place
    for (const copy of this.all())
      if (copy.site === '') this.parts.store.backUp({ ...copy, ...this.names() })
  }

  /** ARG-01 when a lot names the position of the device. */
  mustBeLone(): void {
    const { site } = this.parts
    if (site === '') return
    throw new LaneFault('ARG-01', {
      field: '/place',
      value: site,
      note: t('安装位置由停车场给出', 'the lot gives the installation place'),
    })
  }

  make(by: string, reason: string, { settings, rsuId, firmware }: Copied): void {
    const { deviceId, variant, store, business } = this.parts
    const atIso = isoOf(business.nowMs())
    this.count++
    const stamp = atIso.slice(0, 23).replaceAll(/[-:.]/g, '')
    store.backUp({
      id: `${stamp}-${String(this.count).padStart(3, '0')}`,
      ...this.names(),
      deviceId,
      variant,
      rsuId,
      firmware,
      atIso,
      by,
      reason,
      settings,
      pinned: false,
    })
  }

  private names(): { site: string; laneId: string } {
    const { site = '', lane = '' } = this.place ?? {}
    return { site, laneId: lane === '' ? this.parts.laneId : lane }
  }
}
