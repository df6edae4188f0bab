// Looks at a camera that requires a password, with the password stored in its folder.
// For `doctor --camera` and the find page.
import { t } from '#base/pure/words/fault-text.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import { deviceHttp } from '../../web/device-http.ts'
import { digestSigner } from '../../web/digest-signer.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { CameraReportView } from '../../calls/find-views.ts'
import { checkCamera } from '../../find/camera-doctor.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { parseCameraLink } from '../../pure/camera/camera-link.ts'
import { cameraMakes } from '../../pure/camera/makes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { doctorPorts } from './find-ports.ts'

const schemes = cameraMakes.map(({ name }) => `${name}://`).join(' or ')

/** Looks at one camera link, with the secret of the folder that the link names. */
export async function lookAtCamera(link: string, dir: string): Promise<CameraReportView> {
  const target = parseCameraLink(link, '--camera')
  if (target.kind !== 'subscribed')
    throw new LaneFault('ARG-01', {
      field: '--camera',
      value: shownLink(link),
      note: t(
        `${schemes};按 TCP 读取的相机没有密码,主动推送的相机用 --push`,
        `${schemes}; one that is read over TCP has no password, one that pushes has --push`,
      ),
    })
  const store = secretStore(dir, machineSecret())
  const host = target.host.includes(':') ? `[${target.host}]` : target.host
  const http = deviceHttp(`http://${host}:${target.port}`)
  const { mono, machine } = doctorPorts(null)
  const sign = digestSigner(target.user, () => store.read(target.secret), systemRandom())
  try {
    return await checkCamera({ http, mono, machine, sign }, target, link)
  } finally {
    await http.close()
  }
}
