// The listener of a site for pushes: plate cameras of its lanes, sensors of its spaces, its payment gateway.
// Paths come from the lot file; content is passed to the site.
import type {
  CameraPush,
  JsonAnswer,
  JsonPush,
  PushRefusal,
} from '../../adapters/intake/camera-intake.ts'
import {
  openCameraPushServer,
  type CameraPushServer,
} from '../../adapters/intake/camera-push-server.ts'
import type { NoticeTaker } from '../../adapters/intake/pay-notice.ts'
import { machineSecret } from '../../adapters/secrets/machine-seal.ts'
import { secretStore } from '../../adapters/secrets/secret-store.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { present } from '../../core/values/must.ts'
import type { PushMake } from '../../devices/camera/push-make.ts'
import type { WallClock } from '../../ports/clocks.ts'
import { pushMakeOf } from '../../devices/camera/camera-link.ts'
import { pushSecret } from './push-secret.ts'

/** The receiver of pushes. */
interface PushTaker {
  readonly config: LotConfig
  readonly spaces: { pushIds(body: 'json' | 'parts'): readonly string[] }
  onPush(push: CameraPush, head: string): string | null
  onJson(push: JsonPush, head: string): JsonAnswer
  onRefused(laneId: string | null, refusal: PushRefusal): void
  onForm(laneId: string): string
  onWrongPath(laneId: string): void
}

const pushingLanes = ({ lanes }: LotConfig, ...bodies: readonly PushMake['body'][]): string[] =>
  lanes.flatMap(({ id, camera }) => {
    const make = pushMakeOf(camera)
    return make !== null && bodies.includes(make.body) ? [id] : []
  })

export async function openIntake(
  site: PushTaker,
  { dir, business: clock }: { readonly dir: string; readonly business: WallClock },
  /** Null: the lot has no gateway. */
  onNotice: NoticeTaker | null,
): Promise<CameraPushServer> {
  const sensors = site.spaces.pushIds('json')
  const cameras = site.spaces.pushIds('parts')
  const lanes = [...pushingLanes(site.config, 'parts', 'json'), ...sensors, ...cameras]
  const store = secretStore(dir, machineSecret())
  const secrets = new Map(lanes.map((id) => [id, pushSecret(store, id)]))
  return await openCameraPushServer({
    secretOf: (id) => present(secrets.get(id), 'each path has its secret'),
    lanes,
    jsonLanes: [...pushingLanes(site.config, 'json'), ...sensors],
    onPush: (push, head) => site.onPush(push, head),
    onJson: (push, head) => site.onJson(push, head),
    onRefused: (laneId, refusal) => site.onRefused(laneId, refusal),
    onForm: (laneId) => site.onForm(laneId),
    onWrongPath: (laneId) => site.onWrongPath(laneId),
    ...(onNotice === null ? {} : { onNotice }),
    clock,
    ...site.config.intake,
  })
}
