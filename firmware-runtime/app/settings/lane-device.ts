// A device of a lane that has settings: what keeps them, and what tunes them where it can be tuned.
// Control, passports and the search take it as a whole.
import type { SettingsStore } from './settings-store.ts'
import type { TuneRunner } from './tune-runner.ts'

export interface LaneDevice {
  readonly link: string
  readonly settingsStore: SettingsStore
  readonly tune?: TuneRunner | null
}
