// Connects a lane's camera link to its driver: subscribed cameras, cameras on TCP, and cameras that push.
// Drivers are pure; here they get sockets, clocks, secrets and the lane.
import { StreamTap } from '../../frame-log/camera-taps.ts'
import { cameraSource } from '../../frame-log/frame-sources.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { present } from '#base/pure/values/must.ts'
import {
  parseCameraLink,
  simulatedPush,
  type SubscribedCamera,
} from '../../pure/camera/camera-link.ts'
import type { TimeRule } from '../../pure/camera/late-reading.ts'
import { CameraService, type CameraHandle, type CameraPorts } from './camera-service.ts'
import { PushCamera } from './push-camera.ts'
import { subscribedDevice } from './subscribed-device.ts'
import { tcpCamera } from './tcp-camera.ts'

function streamCamera(
  target: SubscribedCamera,
  laneId: string,
  link: string,
  ports: CameraPorts,
  rule: TimeRule,
): CameraHandle {
  const { make, options } = target
  const service = new CameraService(ports, laneId, link, false, rule)
  const ring = ports.ringOf?.(laneId)
  const { mono, wall, secrets } = ports
  const device = subscribedDevice({
    at: target,
    dialect: make.pull(options, `${make.name}:${target.host}:${target.port}`),
    mono,
    wall,
    secrets,
    tap: ring === undefined ? undefined : new StreamTap(ring),
    emit: (event) => service.news(event),
    secretMissing: (why) => service.down('secretMissing', why),
  })
  const { host, open, close } = device
  return {
    link,
    source: cameraSource(target),
    status: service.status,
    open,
    close,
    get lastReceivedMs() {
      return host.lastReceivedMs
    },
    get bytesIn() {
      return host.bytesIn
    },
    bytesOut: 0,
  }
}

export function cameraDevice(lane: LaneLinks, ports: CameraPorts): CameraHandle | PushCamera {
  const url = present(lane.camera, 'the lane has a camera link')
  const target = parseCameraLink(url)
  const link = shownLink(url)
  const make = target.kind === 'sim' ? simulatedPush : target.make
  const rule: TimeRule = {
    mayBeLocal: target.kind === 'subscribed' && target.make.mayBeLocal === true,
    isTimeless: make.isTimeless === true,
    countsOnArrival: lane.cameraTimeless === true,
  }
  if (target.kind === 'subscribed') return streamCamera(target, lane.id, link, ports, rule)
  if (target.kind === 'tcp') return tcpCamera(target, { laneId: lane.id, link, rule }, ports)
  return new PushCamera(
    lane.id,
    link,
    target.kind === 'push' ? target.make : simulatedPush,
    ports,
    rule,
  )
}
