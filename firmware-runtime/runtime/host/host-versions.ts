// What follows when a device of a running lot says another version: it is told, and the surveys under way record it.
import { shownReading, type VersionChange } from '#devices/passport/device-versions.ts'
import { LaneFault, tracedFault } from '#base/pure/faults/faults.ts'
import type { Site } from '../site/site-parts.ts'
import type { SurveyWorkerClient } from '#survey/desk/worker/worker-client.ts'

interface VersionHost {
  readonly surveys: Pick<SurveyWorkerClient, 'antennaChanged'>
  onFault(fault: LaneFault): void
}

export function followVersions(
  { config, runtime, versions }: Pick<Site, 'config' | 'runtime' | 'versions'>,
  { surveys, onFault }: VersionHost,
): void {
  const follow = ({ laneId, device, before, now }: VersionChange): void => {
    const [was, is] = [shownReading(before) ?? '-', shownReading(now) ?? '-']
    const fault = new LaneFault('VERSION-02', {
      field: `/lanes/${laneId}/${device}`,
      value: laneId,
      note: `${device} ${was} -> ${is}`,
    })
    runtime.trace(laneId, null, 'fault', tracedFault(fault))
    onFault(fault)
    if (device !== 'rsu') return
    const lane = config.lanes.find(({ id }) => id === laneId)
    const lanes = lane === undefined ? [laneId] : [laneId, lane.name.zh, lane.name.en]
    surveys.antennaChanged({ lanes, before: was, now: is }).catch((error: unknown) => {
      if (!(error instanceof LaneFault)) throw error
      onFault(error)
    })
  }
  versions.onChange.add(follow)
}
