// Links and listeners in use by a running lot: links that its lanes drive, and the listener for cameras that push.
// The find page does not show them as free devices.
import type { FindService } from '#devices/find/find-service.ts'
import type { PushFacts } from '#devices/find/push-doctor.ts'
import { pushMakeOf } from '#devices/pure/camera/camera-link.ts'
import type { SeekParts, SeekService } from '#devices/find/seek-service.ts'
import { cameraReportOf, seekService } from '#devices/desk/bench/seek-ports.ts'
import type { Site } from '../site/site-parts.ts'

/** Links that the lanes of this process drive, without those handed over. */
export function ownLinks({ rsus, barriers, displays, safety }: Site): readonly string[] {
  const away = new Set(
    safety.holds.list().flatMap(({ state, link }) => (state === 'taken' ? [link] : [])),
  )
  const handles = [rsus, barriers, displays].flatMap((all) => [...all.values()])
  return handles.map(({ url }) => url).filter((url) => !away.has(url))
}

/** The push listener's view of a lane; null when its camera does not push. */
export function pushOf({ intake, config }: Site, laneId: string): PushFacts | null {
  const lane = config.lanes.find(({ id }) => id === laneId)
  if (lane === undefined || pushMakeOf(lane.camera) === null) return null
  const { refused, unnamed } = intake
  return { url: intake.url(laneId), ...intake.stats(laneId), refused, unnamed }
}

interface SeekPlace extends Pick<SeekParts, 'place'> {
  readonly dir: string
  readonly find: FindService
}

/** Searches the surroundings beside the lanes: a camera of theirs that pushes is not asked by another way. */
export const seekBeside = (site: Site, { place, dir, find }: SeekPlace): SeekService =>
  seekService({
    place,
    push: (laneId, address) => (pushOf(site, laneId) === null ? null : find.push(laneId, address)),
    asked: (laneId) =>
      cameraReportOf(site.config.lanes.find(({ id }) => id === laneId)?.camera ?? null, dir),
  })
