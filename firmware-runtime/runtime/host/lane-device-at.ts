// The antenna of a lane with its settings, as the control API asks for it: the driver of the lane, or that of a device that the
// find page has opened on the same link.
import type { LaneDevice } from '#devices/settings/lane-device.ts'
import { linkKey } from '#base/desk/process/link-lease.ts'
import { fullPowerOf } from '#lane/pure/layouts/index.ts'
import type { Site } from '../site/site-parts.ts'

export function laneDeviceAt(
  laneId: string,
  { config, rsus }: Pick<Site, 'config' | 'rsus'>,
  found: Pick<LaneDevice, 'link' | 'settingsStore'> | null,
): LaneDevice | null {
  const rsu = rsus.get(laneId)
  if (rsu === undefined) return null
  const lane = config.lanes.find(({ id }) => id === laneId)
  const clause = lane === undefined ? null : fullPowerOf(lane)
  const asked = clause === null ? {} : { fullPower: clause }
  // A device opened by the find page has the same settings, through the driver that holds its link.
  if (found !== null && linkKey(found.link) === linkKey(rsu.url))
    return { link: found.link, settingsStore: found.settingsStore, tune: null, ...asked }
  const { url: link, settings, tune } = rsu
  return settings === null ? null : { link, settingsStore: settings, tune, ...asked }
}
