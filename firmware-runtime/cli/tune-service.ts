// The tune loop beside the settings of a device: where its steps are kept and told.
// One keeper a device, made with the settings keeper whose trials it uses.
import { TuneKeeper } from '../app/tune-keeper.ts'
import type { SettingsKeeper } from '../app/settings-keeper.ts'
import type { TuneStep } from '../core/tune/loop.ts'
import type { LaneFault } from '../core/values/faults.ts'
import type { MonoClock, WallClock } from '../ports/clocks.ts'
import type { TuneStore } from '../ports/tune-store.ts'

/** What tuning needs of whoever runs the device. */
export interface TuneWorld {
  tuneStore(deviceId: string): TuneStore
  tuned(laneId: string, step: TuneStep): void
  failed(laneId: string, fault: LaneFault): void
}

export function tuneOf(
  keeper: SettingsKeeper | null,
  { mono, business }: { readonly mono: MonoClock; readonly business: WallClock },
  world: TuneWorld | null,
): TuneKeeper | null {
  if (keeper === null || world === null) return null
  const { laneId, deviceId } = keeper.parts
  return new TuneKeeper({
    keeper,
    store: world.tuneStore(deviceId),
    mono,
    business,
    told: (step) => world.tuned(laneId, step),
    failed: (fault) => world.failed(laneId, fault),
  })
}
