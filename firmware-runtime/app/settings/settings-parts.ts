// The parts of the settings store of one device, and what a person asks of it.
// Beside settings-store.ts, so that its rules stand alone there.
import { note } from '../../core/values/notes.ts'
import type { SettingMove } from '../../core/configure/migrate.ts'
import { settingWhy } from '../../core/configure/setting.ts'
import type { DeviceSettings, SettingDef, SettingFinding } from '../../core/configure/setting.ts'
import type { TrialEnd } from '../../core/configure/trial.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { MonoClock, WallClock } from '../../ports/clocks.ts'
import type { SettingsFiles } from '../../ports/settings-files.ts'
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
  /** How a device is met that nothing is stored of; absent: usual values are taken for its own. */
  readonly meets?: MeetRule
  /** What was found, or written over something unknown, for people. */
  noted?(note: ContactNote): void
  /** Hands settings to the driver; its `configured` answer comes back through `device`. */
  write(id: string, settings: DeviceSettings): void
  /** A trial is over: for the event stream, the audit and the screen. */
  ended(trialId: string, end: TrialEnd, why: string): void
  /** The store failed beside an act of a person: told, the cars go on. */
  failed(fault: LaneFault): void
}

export interface ApplyRequest {
  readonly wanted: DeviceSettings
  readonly by: string
  readonly reason: string
  /** Countdown of the trial, ms. */
  readonly forMs: number
  /** Cars alone do not keep it: `measured` does. */
  readonly keepsBy?: 'measurement'
  /** A person stands for a value that the clause does not allow. */
  readonly evenUnlawful: boolean
  readonly photo: string | null
}

/** Why a first write was kept: no car and no reading speaks for it. */
export const firstContactWhy = note('firstContact')

export function refusal(finding: SettingFinding): LaneFault {
  return new LaneFault('SET-01', {
    field: `/settings/${finding.id}`,
    value: String(finding.value),
    note: settingWhy(finding),
  })
}
