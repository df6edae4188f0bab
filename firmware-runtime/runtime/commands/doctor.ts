// `etc-lane doctor`: what is on a link, why it is silent, what to do next; --link an antenna's,
// --camera one that asks for a password, --push the listener that a camera pushes to, --data alone what
// the folder's certificates are worth and how much room its disk has.
import type { CameraReportView, LinkReportView, PushReportView } from '#devices/calls/find-views.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { needed } from '#base/commands/command.ts'
import { servicePlan } from './install.ts'
import { doctorPorts } from '#devices/desk/bench/find-ports.ts'
import { liveRuntime } from '#lane/folder/data-folder.ts'
import { folderReport } from '../host/folder-report.ts'
import { serviceChecks } from '../service/service-checks.ts'
import { thisSystem } from '../service/service-install.ts'
import { lookAt } from '#devices/desk/bench/look-at-link.ts'
import { lookAtCamera } from '#devices/desk/bench/look-at-camera.ts'

/** Of a running lot: pushes that brought nothing since its start, by lane. */
async function refusedPushesOf(dir: string) {
  if (liveRuntime(dir) === null) return []
  const { lanes } = await runningClient(dir).call('board.get', {})
  return lanes.flatMap(({ laneId, devices: { camera } }) =>
    camera.refusedPush === undefined ? [] : [{ laneId, ...camera.refusedPush }],
  )
}

const kinds = ['link', 'camera', 'push'] as const

const doctor = act(
  [
    'doctor --link URL [--ports FILE]',
    'doctor --data DIR',
    'doctor --service --data DIR',
    'doctor --camera URL --data DIR',
    'doctor --push LANE --data DIR [--camera-address IP]',
  ],
  async (values) => {
    if (values.service) {
      const { ok, ...report } = serviceChecks(servicePlan(folderOf(values.data)), thisSystem)
      const code = ok ? {} : { code: 'SERVICE-03' satisfies FaultCode }
      return printed({ ok, ...code, ...report }, ok)
    }
    const given = kinds.filter((kind) => values[kind] !== undefined)
    if (given.length === 0 && values.data !== undefined) {
      const dir = folderOf(values.data)
      const report = await folderReport(dir, Date.now())
      const refusedPushes = await refusedPushesOf(dir)
      const ok = report.ok && refusedPushes.every(({ isReadSince }) => isReadSince)
      const pushes = refusedPushes.length === 0 ? {} : { refusedPushes }
      return printed({ ...report, ok, ...pushes }, ok)
    }
    if (given.length !== 1)
      throw new LaneFault('ARG-01', {
        note: '--link URL, --camera URL, --push LANE, or --data DIR alone',
      })
    let report: LinkReportView | CameraReportView | PushReportView
    if (values.link !== undefined)
      report = await lookAt(values.link, doctorPorts(values.ports ?? null))
    else if (values.camera !== undefined)
      report = await lookAtCamera(values.camera, folderOf(values.data))
    else {
      const camera = values['camera-address']
      report = await runningClient(folderOf(values.data)).call('find.push', {
        laneId: needed(values.push, 'push'),
        ...(camera === undefined ? {} : { camera }),
      })
    }
    return printed(report, report.ok)
  },
)

export const doctorCommand = commandOf('doctor', [doctor])
