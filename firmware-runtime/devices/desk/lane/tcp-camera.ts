// A camera of a lane on TCP, and what it carries besides plates: serial ports and messages.
// Users of these channels are notified when the camera connects and disconnects; data sent meanwhile is lost.
import type { DownText } from '#base/pure/words/notes.ts'
import { DeviceHost } from '../../hosts/device-host.ts'
import { TcpTap } from '../../frame-log/camera-taps.ts'
import { cameraSource } from '../../frame-log/frame-sources.ts'
import type { TcpCamera } from '../../pure/camera/camera-link.ts'
import type { CameraNews } from '../../pure/camera/camera-driver.ts'
import type { TimeRule } from '../../pure/camera/late-reading.ts'
import type { CameraCommand, TcpEffect } from '../../pure/camera/tcp-make.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import { CameraService, type CameraHandle, type CameraPorts } from './camera-service.ts'

/** Listeners, called in the order in which they were added. */
class Listeners<T extends readonly unknown[]> {
  private readonly all = new Set<(...args: T) => void>()

  add(take: (...args: T) => void): Cancel {
    const one = (...args: T): void => take(...args)
    this.all.add(one)
    return () => {
      this.all.delete(one)
    }
  }

  tell(...args: T): void {
    for (const one of [...this.all]) one(...args)
  }
}

interface OfLane {
  readonly laneId: string
  readonly link: string
  readonly rule: TimeRule
}

export function tcpCamera(target: TcpCamera, lane: OfLane, ports: CameraPorts): CameraHandle {
  const { laneId, link, rule } = lane
  const service = new CameraService(ports, laneId, link, false, rule)
  const { make } = target
  const name = target.host.includes(':') ? `[${target.host}]` : target.host
  const address = `${name}:${target.port}`
  const ring = ports.ringOf?.(laneId)
  const serial = new Listeners<[port: string, bytes: Uint8Array]>()
  const messages = new Listeners<[message: unknown]>()
  const changes = new Listeners<[up: boolean, reason: DownText | '']>()
  const host = new DeviceHost<unknown, CameraCommand, CameraNews, TcpEffect>({
    url: `tcp://${address}`,
    opener: ports.opener,
    mono: ports.mono,
    business: ports.wall,
    driver: make.driver(`${make.name}:${address}`),
    tap: ring === undefined ? undefined : new TcpTap(ring, make),
    emit(event) {
      service.news(event)
      if (event.type === 'serialBytes') serial.tell(event.port, event.bytes)
      else if (event.type === 'message') messages.tell(event.message)
      else if (event.type === 'cameraUp') changes.tell(true, '')
      else if (event.type === 'cameraDown') changes.tell(false, event.note)
    },
    other: () => undefined,
    linkChanged: () => undefined,
  })
  const onChange = (take: (up: boolean, reason: DownText | '') => void): Cancel => {
    const { up, detail } = service.status
    take(up === true, up === true ? '' : detail)
    return changes.add(take)
  }
  return {
    link,
    source: cameraSource(target),
    status: service.status,
    open: () => host.open(),
    close() {
      host.close()
      return Promise.resolve()
    },
    serial(port) {
      host.command({ type: 'serialOpen', port })
      return {
        send: (bytes) => host.command({ type: 'serialSend', port, bytes }),
        onBytes: (take) => serial.add((from, bytes) => (from === port ? take(bytes) : undefined)),
        onChange,
      }
    },
    messages: {
      send: (message) => host.command({ type: 'message', message }),
      onMessage: (take) => messages.add(take),
      onChange,
    },
    command: (command) => host.command(command),
    get lastReceivedMs() {
      return host.lastReceivedMs
    },
    get bytesIn() {
      return host.bytesIn
    },
    get bytesOut() {
      return host.bytesOut
    },
  }
}
