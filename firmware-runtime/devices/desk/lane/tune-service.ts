// The tune loop of a device: where its steps are stored and reported.
// One runner per device, made with the settings store whose trials it uses.
import { TuneRunner } from '../../settings/tune-runner.ts'
import type { SettingsStore } from '../../settings/settings-store.ts'
import type { TuneStep } from '../../pure/tune/loop.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { TuneStore } from '../../ports/tune-store.ts'

/** What tuning needs from the owner of the device. */
export interface TunePorts {
  tuneStore(deviceId: string): TuneStore
  tuned(laneId: string, step: TuneStep): void
  failed(laneId: string, fault: LaneFault): void
}

export function tuneOf(
  settingsStore: SettingsStore | null,
  { mono, business }: { readonly mono: MonoClock; readonly business: WallClock },
  ports: TunePorts | null,
): TuneRunner | null {
  if (settingsStore === null || ports === null) return null
  const { laneId, deviceId } = settingsStore.parts
  return new TuneRunner({
    settingsStore,
    store: ports.tuneStore(deviceId),
    mono,
    business,
    onStep: (step) => ports.tuned(laneId, step),
    failed: (fault) => ports.failed(laneId, fault),
  })
}
