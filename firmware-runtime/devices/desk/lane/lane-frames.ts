// Gives each device of a lane with visible frames, beside its antenna, a frame service.
// A gate on a camera's output has no bytes of its own; a pushing camera is read by the intake.
import type { FrameServices } from '../../frame-log/frame-services.ts'
import { sensorBoardAt, type LoggedDevice } from '#base/pure/lot/logged-device.ts'
import type { CameraHandle } from './camera-service.ts'
import type { LoggedHandle } from './device-ports.ts'

interface LoggedHandles {
  readonly barrier: LoggedHandle | undefined
  readonly display: LoggedHandle | undefined
  /** Boards of loops and radars, in the order of the lot file. */
  readonly boards: readonly LoggedHandle[]
  readonly camera: Pick<CameraHandle, 'link' | 'source'> | undefined
}

export function showFrames(services: FrameServices, laneId: string, handles: LoggedHandles): void {
  const add = (device: LoggedDevice | null, of: LoggedHandle | undefined): void => {
    const source = of?.source ?? null
    if (of === undefined || source === null || device === null) return
    services.add({ laneId, device, link: of.url, source })
  }
  const { boards, camera, ...lone } = handles
  for (const [kind, handle] of Object.entries(lone)) add(kind as keyof typeof lone, handle)
  boards.forEach((board, i) => add(sensorBoardAt(i), board))
  add('camera', camera === undefined ? undefined : { url: camera.link, source: camera.source })
}
