// The listener of a site for what pushes to it: plate cameras of its lanes, sensors of its spaces.
// Which path takes what is read from the lot file; what comes is given to the site.
import {
  openCameraPushServer,
  type CameraPush,
  type CameraPushServer,
  type JsonAnswer,
  type JsonPush,
} from '../adapters/intake/camera-push-server.ts'
import type { LotConfig } from '../core/lot/config.ts'
import type { WallClock } from '../ports/clocks.ts'
import { isPushed } from './cameras.ts'

/** What takes the pushes. */
export interface PushTaker {
  readonly config: LotConfig
  readonly spaces: { readonly pushIds: readonly string[] }
  onPush(push: CameraPush): string | null
  onJson(push: JsonPush): JsonAnswer
  onForm(laneId: string): string
}

const pushingLanes = (config: LotConfig, make?: 'vzicom'): string[] =>
  config.lanes.filter(({ camera }) => isPushed(camera, make)).map(({ id }) => id)

export const openIntake = (site: PushTaker, clock: WallClock): Promise<CameraPushServer> =>
  openCameraPushServer({
    lanes: [...pushingLanes(site.config), ...site.spaces.pushIds],
    jsonLanes: [...pushingLanes(site.config, 'vzicom'), ...site.spaces.pushIds],
    onPush: (push) => site.onPush(push),
    onJson: (push) => site.onJson(push),
    onForm: (laneId) => site.onForm(laneId),
    clock,
    ...site.config.intake,
  })
