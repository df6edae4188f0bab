// Connects a lane's camera link to its driver: subscribed cameras, cameras on TCP, and cameras that push.
// Drivers are pure; here they get sockets, clocks, secrets and the lane.
import { note } from '../../core/values/notes.ts'
import { HttpDeviceHost } from '../../app/hosts/http-device-host.ts'
import { StreamTap } from '../../app/frame-log/camera-taps.ts'
import { cameraSource } from '../../app/frame-log/frame-sources.ts'
import { deviceHttp } from '../../adapters/http/device-http.ts'
import { digestSigner } from '../../adapters/http/digest-signer.ts'
import { systemRandom } from '../../adapters/clocks/system-clocks.ts'
import type { LaneLinks } from '../../core/lot/config.ts'
import { shownLink } from '../../core/links/camera-link.ts'
import { present } from '../../core/values/must.ts'
import {
  parseCameraLink,
  simulatedPush,
  type SubscribedCamera,
} from '../../devices/camera/camera-link.ts'
import { streamDriver } from '../../devices/camera/stream/driver.ts'
import { CameraService, type CameraHandle, type CameraPorts } from './camera-service.ts'
import { PushCamera } from './push-camera.ts'
import { DeviceSecret, passwordOf, SecretWatch } from './secret-watch.ts'
import { tcpCamera } from './tcp-camera.ts'

function streamCamera(
  target: SubscribedCamera,
  laneId: string,
  link: string,
  ports: CameraPorts,
): CameraHandle {
  const { make, options } = target
  const service = new CameraService(ports, laneId, link, false, make.mayBeLocal)
  const ring = ports.ringOf?.(laneId)
  const secret = new DeviceSecret(() => passwordOf(ports.secrets, target.secret))
  const host = target.host.includes(':') ? `[${target.host}]` : target.host
  const device = new HttpDeviceHost({
    driver: streamDriver(make.pull(options, `${make.name}:${target.host}:${target.port}`)),
    http: deviceHttp(`http://${host}:${target.port}`),
    mono: ports.mono,
    wall: ports.wall,
    sign: digestSigner(target.user, secret.forProof, systemRandom()),
    tap: ring === undefined ? undefined : new StreamTap(ring),
    emit(event) {
      service.news(event)
      if (event.type === 'cameraDown' && event.reason === 'credentials') watch.start()
    },
  })
  let started = false
  const start = (): void => {
    if (started) device.credentialsChanged()
    else device.open()
    started = true
  }
  const watch = new SecretWatch(ports.mono, secret, start)
  return {
    link,
    source: cameraSource(target),
    status: service.status,
    open() {
      if (secret.forProof() !== null) start()
      else {
        service.down('secretMissing', note('secretNotSet', target.secret))
        watch.start()
      }
    },
    async close() {
      watch.stop()
      await device.close()
    },
    get lastReceivedMs() {
      return device.lastReceivedMs
    },
    get bytesIn() {
      return device.bytesIn
    },
    bytesOut: 0,
  }
}

export function cameraDevice(lane: LaneLinks, ports: CameraPorts): CameraHandle | PushCamera {
  const url = present(lane.camera, 'the lane has a camera link')
  const target = parseCameraLink(url)
  const link = shownLink(url)
  if (target.kind === 'subscribed') return streamCamera(target, lane.id, link, ports)
  if (target.kind === 'tcp') return tcpCamera(target, lane.id, link, ports)
  const make = target.kind === 'push' ? target.make : simulatedPush
  return new PushCamera(lane.id, link, make, ports)
}
