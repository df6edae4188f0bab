// The parts of the settings store of one device, and the requests of people. Separate from settings-store.ts, so that
// that file has the rules alone.
import { note } from '#base/pure/words/notes.ts'
import type { SettingMove } from '../pure/configure/migrate.ts'
import { settingWhy } from '../pure/configure/setting.ts'
import type { DeviceSettings, SettingDef, SettingFinding } from '../pure/configure/setting.ts'
import type { TrialEnd } from '../pure/configure/trial.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { SettingsFiles } from '../ports/settings-files.ts'
import type { ContactNote, MeetRule } from './first-contact.ts'

export interface SettingsStoreParts {
  readonly site: string
  readonly laneId: string
  readonly deviceId: string
  readonly variant: string
  readonly defs: readonly SettingDef[]
  readonly moves: readonly SettingMove[]
  readonly store: SettingsFiles
  readonly mono: MonoClock
  readonly business: WallClock
  /** Policy for a device without stored settings; absent: usual values are assumed to be its own. */
  readonly meets?: MeetRule
  /** Reports to people what was found, or what was written over unknown settings. */
  noted?(note: ContactNote): void
  /** Sends settings to the driver; its `configured` answer comes back through `device`. */
  write(id: string, settings: DeviceSettings): void
  /** A trial is over: for the event stream, the audit and the screen. */
  ended(trialId: string, end: TrialEnd, why: string): void
  /** The store failed outside an act of a person: reported, and the lane continues. */
  failed(fault: LaneFault): void
}

export interface ApplyRequest {
  readonly wanted: DeviceSettings
  readonly by: string
  readonly reason: string
  /** Duration of the trial, ms. */
  readonly forMs: number
  /** Cars alone do not keep it: only a measurement does. */
  readonly keepsBy?: 'measurement'
  /** A person takes responsibility for a value that the clause forbids. */
  readonly evenUnlawful: boolean
  readonly photo: string | null
}

/** Reason for keeping a first write: neither a car nor a reading proves it. */
export const firstContactWhy = note('firstContact')

export const refusal = (finding: SettingFinding): LaneFault =>
  new LaneFault('SET-01', {
    field: `/settings/${finding.id}`,
    value: String(finding.value),
    note: settingWhy(finding),
  })
