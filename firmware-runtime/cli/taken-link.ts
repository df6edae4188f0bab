// A link that was taken over from its lane, opened by the find page: the driver of the workbench, on the
// settings that the lane keeps. It lets go before the lane takes its device up again.
import type { FindDesk, FindDeskParts } from '../app/find/find-desk.ts'
import { LaneFault } from '../core/values/faults.ts'
import { present } from '../core/values/must.ts'
import { BenchRsu } from './bench-rsu.ts'
import type { Site } from './site-parts.ts'

/** The lane whose antenna is on that link and with that hold now. */
function laneOf({ safety }: Site, link: string, holdId: string | null): string | null {
  const found = safety.holds
    .list()
    .find(
      (one) =>
        one.device === 'rsu' &&
        one.state === 'taken' &&
        one.link === link &&
        one.taker?.holdId === holdId,
    )
  return found?.laneId ?? null
}

export const takenOver = (
  site: Site,
  dir: string,
): Pick<FindDeskParts, 'connect' | 'mayConnect'> => ({
  mayConnect(link, holdId) {
    if (laneOf(site, link, holdId) === null)
      throw new LaneFault('HOLD-03', { field: '/link', value: link, note: 'take it over first' })
  },
  connect(link, { holdId, signal }) {
    const laneId = present(laneOf(site, link, holdId), 'mayConnect was asked')
    return BenchRsu.open(link, dir, {
      program: `Studio, ${laneId} rsu, taken over`,
      home: { laneId, dir, settings: site.settingsWorld },
      tap: site.frameDesks.ringOf(laneId, 'rsu'),
      signal,
    })
  },
})

/** Answers how to stop listening. */
export function letsGo({ safety, rsus }: Site, desk: FindDesk): () => void {
  const leave = (laneId: string, device: string): void => {
    const rsu = device === 'rsu' ? rsus.get(laneId) : undefined
    if (rsu !== undefined && desk.leave(rsu.url)) rsu.settings?.reload()
  }
  safety.onTakeBack?.add(leave)
  return () => safety.onTakeBack?.delete(leave)
}
