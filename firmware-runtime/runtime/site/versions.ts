// The versions of the devices of a site, kept in its folder.
import { deviceVersionStore } from '#devices/files/device-versions.ts'
import { DeviceVersions } from '#devices/passport/device-versions.ts'
import { tracedFault } from '#base/pure/faults/faults.ts'
import { laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import type { Site, SiteOptions } from './site-parts.ts'

/** `site`: its runtime exists once the first device has said its version. */
export const versionsOf = (
  { dir, config, business }: Pick<SiteOptions, 'dir' | 'config' | 'business'>,
  site: Pick<Site, 'runtime'>,
): DeviceVersions =>
  new DeviceVersions({
    devices: config.lanes.flatMap((lane) =>
      laneKinds.flatMap((device) => (lane[device] === null ? [] : [{ laneId: lane.id, device }])),
    ),
    store: deviceVersionStore(dir),
    nowMs: () => business.nowMs(),
    failed: (fault) => site.runtime.trace('', null, 'fault', tracedFault(fault)),
  })
