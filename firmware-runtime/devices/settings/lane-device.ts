// A device of a lane that has settings: its settings store, and its tune runner if it can be tuned. Used as a whole by
// control, passports and search.
import type { SettingsStore } from './settings-store.ts'
import type { TuneRunner } from './tune-runner.ts'

export interface LaneDevice {
  readonly link: string
  readonly settingsStore: SettingsStore
  readonly tune?: TuneRunner | null
  /** The clause that asks for the maximum power of its antenna; absent: none does. */
  readonly fullPower?: string
}
