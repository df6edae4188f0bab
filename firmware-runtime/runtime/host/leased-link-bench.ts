// A link taken over from its lane and opened by the find page: the workbench's driver with the lane's settings.
// It closes the link before the lane takes its device back.
import { t } from '#base/pure/words/fault-text.ts'
import type { FindService, FindServiceParts } from '#devices/find/find-service.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { BenchRsu } from '#devices/desk/bench/bench-rsu.ts'
import type { Site } from '../site/site-parts.ts'

/** The lane whose antenna has this link and this lease; null without one. */
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
): Pick<FindServiceParts, 'connect' | 'mayConnect'> => ({
  mayConnect(link, holdId) {
    if (laneOf(site, link, holdId) === null)
      throw new LaneFault('HOLD-03', {
        field: '/link',
        value: link,
        note: t('请先接管', 'take it over first'),
      })
  },
  connect(link, { holdId, signal }) {
    const laneId = present(laneOf(site, link, holdId), 'mayConnect was asked')
    return BenchRsu.open(link, dir, {
      program: `Studio, ${laneId} rsu, taken over`,
      home: { laneId, dir, settings: site.settingsPorts },
      tap: site.frameServices.ringOf(laneId, 'rsu'),
      signal,
    })
  },
})

/** Returns a function that stops listening. */
export function letsGo({ safety, rsus }: Site, service: FindService): () => void {
  const leave = (laneId: string, device: string): void => {
    const rsu = device === 'rsu' ? rsus.get(laneId) : undefined
    if (rsu !== undefined && service.leave(rsu.url)) rsu.settings?.reload()
  }
  safety.onTakeBack?.add(leave)
  return () => safety.onTakeBack?.delete(leave)
}
