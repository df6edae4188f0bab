// The full address that each camera of a lane and each watcher of spaces pushes to, for typing into the device; read from
// the folder, nothing is made.
// A running lot has its port; a lot that never ran has no secret yet, which is reported.
import type { TariffWarning } from '#lane/lot/files/tariff-file.ts'
import { cardsHere } from '../../find/machine.ts'
import { intakePath } from '../../intake/camera-intake.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { pushTargetOf } from '../../pure/find/push-address.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { parseCameraLink } from '../../pure/camera/camera-link.ts'
import { parseWatchLink } from '../../pure/watch/watch-link.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { liveRuntime } from '#lane/folder/data-folder.ts'
import { pushSecretName } from './push-secret.ts'

const notYetText = t(
  '推送地址在启动时生成,车道启动后再查看',
  'The push address is made at a start; look again while the lanes run',
)

interface PushAddresses {
  readonly push: Readonly<Record<string, string>>
  readonly warnings: readonly TariffWarning[]
}

/** Those that push. Ids are unique over lanes and sources (LOT-04). */
const pushing = ({ lanes, spaces = [] }: LotConfig) => [
  ...lanes.flatMap(({ id, camera: link }) =>
    link !== null && parseCameraLink(link).kind === 'push'
      ? [{ id, link, field: `/lanes/${id}/camera` }]
      : [],
  ),
  ...spaces.flatMap(({ id, link }, i) =>
    ['push', 'pushed'].includes(parseWatchLink(link).kind)
      ? [{ id, link, field: `/spaces/${i}/link` }]
      : [],
  ),
]

export function pushAddresses(config: LotConfig, dir: string): PushAddresses {
  const store = secretStore(dir, machineSecret())
  const { host, port } = config.intake ?? { host: '127.0.0.1', port: null }
  const running = liveRuntime(dir)?.endpoints.intake ?? {}
  const push: Record<string, string> = {}
  const warnings: TariffWarning[] = []
  for (const { id, link, field } of pushing(config)) {
    const secret = store.read(pushSecretName(id))
    const path = intakePath(id, secret ?? undefined)
    const url = running[id] ?? (port === null ? null : `http://${host}:${port}${path}`)
    if (url !== null && secret !== null) push[id] = pushTargetOf(url, null, cardsHere()).address
    else warnings.push({ field, value: link, text: notYetText })
  }
  return { push, warnings }
}
