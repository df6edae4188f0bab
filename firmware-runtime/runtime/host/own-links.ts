// What a running lot holds of its own: links that its lanes drive, and the listener of cameras that push.
// The find page looks at neither as at a device of nobody.
import type { PushFacts } from '../../app/find/push-doctor.ts'
import { pushMakeOf } from '../../devices/camera/camera-link.ts'
import type { Site } from '../site/site-parts.ts'

/** Links that the lanes of this process drive; what was handed over is not theirs for now. */
export function ownLinks({ rsus, barriers, displays, safety }: Site): readonly string[] {
  const away = new Set(
    safety.holds.list().flatMap(({ state, link }) => (state === 'taken' ? [link] : [])),
  )
  const handles = [rsus, barriers, displays].flatMap((all) => [...all.values()])
  return handles.map(({ url }) => url).filter((url) => !away.has(url))
}

/** What the listener for pushes knows of a lane; null where its camera does not push. */
export function pushOf({ intake, config }: Site, laneId: string): PushFacts | null {
  const lane = config.lanes.find(({ id }) => id === laneId)
  if (lane === undefined || pushMakeOf(lane.camera) === null) return null
  return { url: intake.url(laneId), ...intake.stats(laneId), refused: intake.refused }
}
