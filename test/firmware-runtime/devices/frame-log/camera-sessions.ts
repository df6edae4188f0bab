// Sessions of cameras opposite their simulators, in virtual time, as the captures that a running lane would
// save: cars with pictures, questions between them, a cable that comes out.
import { captureText } from '#devices/frame-log/capture.ts'
import { StreamTap, TcpTap } from '#devices/frame-log/camera-taps.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import { cameraSource } from '#devices/frame-log/frame-sources.ts'
import { present } from '#base/pure/values/must.ts'
import { parseCameraLink } from '#devices/pure/camera/camera-link.ts'
import { dahuaPull } from '#devices/pure/camera/dahua/pull.ts'
import { vzTcp } from '#devices/pure/camera/vz/tcp.ts'
import { hikvisionPull } from '#devices/pure/camera/hikvision/pull.ts'
import { DahuaServed } from '#simulators/camera/served/dahua-protocol.ts'
import { HikvisionServed } from '#simulators/camera/served/hikvision-protocol.ts'
import { VzServed } from '#simulators/camera/served/vz-protocol.ts'
import { account, streamBench, vzBench } from '../pure/camera/camera-bench.ts'
import { note, type DeviceSession } from './device-sessions.ts'

const at = `192.0.2.64?user=${account.user}&secret=cam`
const targets = {
  'hikvision-pull': parseCameraLink(`hikvision://${at}`),
  dahua: parseCameraLink(`dahua://${at}`),
  'vz-tcp': parseCameraLink('vz://192.0.2.64'),
} as const
export type CameraName = keyof typeof targets
export const cameraNames = Object.keys(targets) as CameraName[]

const makes: Readonly<Record<CameraName, string>> = {
  'hikvision-pull': 'a Hikvision camera that is subscribed to',
  dahua: 'a Dahua camera that is subscribed to',
  'vz-tcp': 'a Vzicom camera on TCP',
}

type Bench = ReturnType<typeof vzBench> | ReturnType<typeof streamBench>

function benchOf(name: CameraName, ring: FrameRing): Bench {
  const tap = new StreamTap(ring)
  if (name === 'vz-tcp')
    return vzBench((outside) => new VzServed('5e100000-00000001', outside), new TcpTap(ring, vzTcp))
  if (name === 'dahua')
    return streamBench({
      dialect: dahuaPull({ channel: 1, confidenceMax: 100, address: 'dahua:camera:80' }),
      protocol: (outside) => new DahuaServed({ ...account, serial: 'SIM5E100064' }, outside),
      tap,
    })
  return streamBench({
    dialect: hikvisionPull({ ctrlMod: 'asked' }),
    protocol: (outside) =>
      new HikvisionServed({ ...account, macAddress: '02:00:5e:10:00:64' }, outside),
    tap,
  })
}

/** What only one camera does: parts without a length, a subscription without pictures, serial bytes. */
function turnOf(name: CameraName, bench: Bench): void {
  const { protocol } = bench.network.model
  if (name === 'hikvision-pull') protocol.set({ lengths: 'none' })
  else if (name === 'dahua') protocol.set({ snapManager: false })
  else if ('command' in bench) {
    protocol.set({ serialEcho: true, glued: true })
    bench.command({ type: 'serialOpen', port: 'rs485-1' })
    bench.command({ type: 'serialSend', port: 'rs485-1', bytes: Uint8Array.of(0, 0x64, 0xff) })
    bench.command({ type: 'relay', io: 2, value: 'pulse', delayMs: 300 })
    bench.command({ type: 'message', message: { cmd: 'get_gpio_value', id: '7', gpio: 0 } })
  }
}

export interface CameraSession extends DeviceSession {
  /** Cars that the driver reported to the lane. */
  readonly cars: number
  /** Authorization headers sent to the camera. */
  readonly proofs: readonly string[]
}

export function cameraSession(name: CameraName, pieceBytes: number | null = null): CameraSession {
  const ring = new FrameRing(() => bench.clock.wall.nowMs())
  const bench: Bench = benchOf(name, ring)
  bench.split(pieceBytes)
  bench.connect()
  bench.run(1_000)
  bench.see()
  bench.run(1_000)
  turnOf(name, bench)
  bench.see()
  bench.run(6_000)
  bench.disconnect()
  bench.run(400)
  bench.connect()
  bench.run(3_000)
  bench.see({ plate: null })
  bench.run(1_000)
  const source = present(cameraSource(targets[name]), 'a camera that can be looked at')
  const start = { ...source.start(true), laneId: 'exit', note: note(makes[name]) }
  const { events } = ring.since(0)
  return {
    ring,
    source,
    text: captureText(start, events, ring.reportedTypes),
    cars: bench.reads.length,
    proofs: bench.network.proofs,
  }
}
