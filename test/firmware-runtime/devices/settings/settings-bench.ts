// A settings store on files in memory, with a device that the test answers for: what was written, answered and reported.
// The store can be made to fail as on a full disk.
import type { SettingMove } from '#devices/pure/configure/migrate.ts'
import type { TrialEnd, WriteResult } from '#devices/pure/configure/trial.ts'
import type { DeviceSettings } from '#devices/pure/configure/setting.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { ContactNote, MeetRule } from '#devices/settings/first-contact.ts'
import { SettingsStore } from '#devices/settings/settings-store.ts'
import { rsuSettingDefs } from '#devices/pure/rsu/settings.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type {
  SettingsBackup,
  SettingsFiles,
  StoredSettings,
} from '#devices/ports/settings-files.ts'

export class MemoryStore implements SettingsFiles {
  stored: StoredSettings | null = null
  copies: SettingsBackup[] = []
  broken = false
  unreadable: string[] = []

  load(): StoredSettings | null {
    if (this.broken) throw new LaneFault('SET-05', { file: 'exit-rsu.json' })
    return structuredClone(this.stored)
  }

  save(stored: StoredSettings): void {
    if (this.broken) throw new LaneFault('DATA-02')
    this.stored = structuredClone(stored)
  }

  backups(): readonly SettingsBackup[] {
    return this.copies.toReversed()
  }

  damaged(): readonly string[] {
    return this.unreadable
  }

  backUp(backup: SettingsBackup): void {
    if (this.broken) throw new LaneFault('DATA-02')
    const copies = this.copies.filter(({ id }) => id !== backup.id)
    this.copies = [...copies, backup].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  pin(id: string, pinned: boolean): void {
    this.copies = this.copies.map((one) => (one.id === id ? { ...one, pinned } : one))
  }
}

export interface SettingsBench {
  readonly settingsStore: SettingsStore
  readonly store: MemoryStore
  readonly written: { readonly id: string; readonly settings: DeviceSettings }[]
  readonly ends: TrialEnd[]
  readonly faults: string[]
  readonly notes: ContactNote[]
  /** The device's answer to the last write. */
  answer(result: WriteResult): void
}

export function settingsBench(
  mono: MonoClock,
  business: WallClock,
  store = new MemoryStore(),
  moves: readonly SettingMove[] = [],
  meets: MeetRule | null = null,
  site = 'demo',
): SettingsBench {
  const written: { id: string; settings: DeviceSettings }[] = []
  const ends: TrialEnd[] = []
  const faults: string[] = []
  const notes: ContactNote[] = []
  const settingsStore = new SettingsStore({
    site,
    laneId: 'exit',
    deviceId: 'exit-rsu',
    variant: 'generic-ver',
    defs: rsuSettingDefs(rsuVariant('generic-ver').table),
    moves,
    ...(meets === null ? {} : { meets }),
    noted: (note) => notes.push(note),
    store,
    mono,
    business,
    write: (id, settings) => written.push({ id, settings }),
    ended: (_id, end) => ends.push(end),
    failed: (fault) => faults.push(fault.code),
  })
  const answer = (result: WriteResult): void =>
    settingsStore.device({ type: 'configured', id: written.at(-1)?.id ?? '', result })
  return { settingsStore, store, written, ends, faults, notes, answer }
}
