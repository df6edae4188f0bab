// The listener of a site for pushes: plate cameras of its lanes, sensors of its spaces, its payment gateway.
// Paths come from the lot file; content is passed to the taker.
import { openCameraPushServer, type CameraPushServer } from '../../intake/camera-push-server.ts'
import type { NoticeTaker } from '../../intake/pay-notice.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { present } from '#base/pure/values/must.ts'
import type { PushMake } from '../../pure/camera/push-make.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import { pushMakeOf } from '../../pure/camera/camera-link.ts'
import { pushSecret } from './push-secret.ts'
import type { PushTaker } from './push-taker.ts'

const pushingLanes = ({ lanes }: LotConfig, ...bodies: readonly PushMake['body'][]): string[] =>
  lanes.flatMap(({ id, camera }) => {
    const make = pushMakeOf(camera)
    return make !== null && bodies.includes(make.body) ? [id] : []
  })

export async function openIntake(
  taker: PushTaker,
  { dir, business: clock }: { readonly dir: string; readonly business: WallClock },
  /** Null: the lot has no gateway. */
  onNotice: NoticeTaker | null,
): Promise<CameraPushServer> {
  const sensors = taker.spaces.pushIds('json')
  const cameras = taker.spaces.pushIds('parts')
  const lanes = [...pushingLanes(taker.config, 'parts', 'json'), ...sensors, ...cameras]
  const store = secretStore(dir, machineSecret())
  const secrets = new Map(lanes.map((id) => [id, pushSecret(store, id)]))
  return await openCameraPushServer({
    secretOf: (id) => present(secrets.get(id), 'each path has its secret'),
    lanes,
    jsonLanes: [...pushingLanes(taker.config, 'json'), ...sensors],
    onPush: (push, head) => taker.onPush(push, head),
    onJson: (push, head) => taker.onJson(push, head),
    onRefused: (laneId, refusal) => taker.onRefused(laneId, refusal),
    onForm: (laneId) => taker.onForm(laneId),
    onWrongPath: (laneId, refusal) => taker.onWrongPath(laneId, refusal),
    ...(onNotice === null ? {} : { onNotice }),
    clock,
    ...taker.config.intake,
  })
}
