// Which devices of a lane, beside its antenna, have a wire that can be looked at: each gets its frame service.
// A gate on a camera's output has no bytes of its own; a camera that pushes is heard by the intake.
import type { WireServices } from '../../app/wire/wire-services.ts'
import { sensorBoardAt, type WireDevice } from '../../core/values/wire-device.ts'
import type { CameraHandle } from './camera-service.ts'
import type { WiredHandle } from './device-ports.ts'

interface LaneWires {
  readonly barrier: WiredHandle | undefined
  readonly display: WiredHandle | undefined
  /** Boards of loops and radars, in the order of the lane's file. */
  readonly boards: readonly WiredHandle[]
  readonly camera: Pick<CameraHandle, 'link' | 'source'> | undefined
}

export function showWires(services: WireServices, laneId: string, wires: LaneWires): void {
  const add = (device: WireDevice | null, of: WiredHandle | undefined): void => {
    const source = of?.source ?? null
    if (of === undefined || source === null || device === null) return
    services.add({ laneId, device, link: of.url, source })
  }
  add('barrier', wires.barrier)
  add('display', wires.display)
  wires.boards.forEach((board, i) => add(sensorBoardAt(i), board))
  const { camera } = wires
  add('camera', camera === undefined ? undefined : { url: camera.link, source: camera.source })
}
