// A camera driver against the model of its simulator, in virtual time: the bench of the contract.
// Readings go through the same detection of repeats as in a lane.
import { DeviceHost, type DeviceTap } from '#devices/hosts/device-host.ts'
import { HttpDeviceHost, type HttpTap } from '#devices/hosts/http-device-host.ts'
import { digestSigner } from '#devices/web/digest-signer.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import type { CameraNews } from '#devices/pure/camera/camera-driver.ts'
import { emptyDedup, judgeRead, standardDedup } from '#devices/pure/camera/dedup.ts'
import type { StreamDialect } from '#devices/pure/camera/stream/dialect.ts'
import { streamDriver } from '#devices/pure/camera/stream/driver.ts'
import type { CameraCommand, TcpEffect } from '#devices/pure/camera/tcp-make.ts'
import { vzDriver, type VzState } from '#devices/pure/camera/vz/driver.ts'
import type { CameraProtocol, CameraProtocolPorts } from '#simulators/camera/served/protocol.ts'
import type { ContractBench } from '../contract/driver-contract.ts'
import { servedCamera, ServedNetwork } from './served-link.ts'
import { VirtualClock } from './virtual-clock.ts'

export const account = { user: 'admin', password: 'Simulated1' }
const longMs = 1e8

/** Everything except how the driver is hosted. */
export class CameraBench implements ContractBench {
  readonly clock = new VirtualClock()
  readonly network: ServedNetwork
  readonly news: CameraNews[] = []
  /** What the camera said of its version, apart from its news. */
  readonly versions: (DeviceReading | null)[] = []
  readonly reads: PlateRead[] = []
  private dedup = emptyDedup
  private up = false
  private cars = 0
  private finished = 0
  private begin: () => void = () => undefined

  constructor(protocol: (outside: CameraProtocolPorts) => CameraProtocol) {
    this.network = new ServedNetwork(this.clock, servedCamera(protocol))
  }

  /** `begin` opens the driver; called at the first connect. */
  hosted(begin: () => void): this {
    this.begin = begin
    return this
  }

  readonly take = (event: CameraNews): void => {
    if (event.type === 'versionRead') this.versions.push(event.reading)
    else this.news.push(event)
    if (event.type === 'cameraUp') this.up = true
    if (event.type === 'cameraDown') this.up = false
    if (event.type !== 'plateRead') return
    this.reads.push(event.read)
    const judged = judgeRead(standardDedup, this.dedup, event.read, this.clock.wall.nowMs())
    this.dedup = judged.state
    if (judged.verdict !== 'sameRecord') this.finished++
  }

  get downs(): string[] {
    return this.news.flatMap((one) => (one.type === 'cameraDown' ? [one.reason] : []))
  }

  connect(): void {
    this.network.plug()
    this.begin()
    this.begin = () => undefined
  }

  disconnect(): void {
    this.network.unplug()
  }

  run(forMs: number): void {
    this.clock.run(forMs)
  }

  isUp(): boolean {
    return this.up
  }

  see(more: Record<string, unknown> = {}): void {
    const plate = `测A${String(10_000 + ++this.cars).padStart(5, '0')}`
    const seen = { plate, colour: 'blue', confidence: 0.93, ...more }
    this.network.take(this.network.model.see(seen, this.clock.nowUs()).outputs)
  }

  work(): void {
    this.see()
  }

  done(): number {
    return this.finished
  }

  garbage(bytes: Uint8Array): void {
    this.network.noise(bytes)
  }

  silence(on: boolean): void {
    if (on) this.act('silence', longMs)
    else this.network.model.mend()
  }

  duplicate(on: boolean): void {
    this.network.model.faults.clear()
    if (on) this.network.model.faults.add({ at: 'push', when: 'after', do: 'duplicate', times: 0 })
  }

  split(bytesAtOnce: number | null): void {
    this.network.model.splitBytes = bytesAtOnce
  }

  restartDevice(): void {
    this.act('reboot', 500)
  }

  skewClock(ms: number): void {
    this.network.model.clockSkewMs = ms
  }

  act(what: string, ms: number): void {
    const action = { do: what, ms, bits: 0, status: 503 }
    this.network.take(this.network.model.act(action, this.clock.nowUs()))
  }
}

export interface StreamBenchOptions<D> {
  readonly dialect: StreamDialect<D>
  protocol(outside: CameraProtocolPorts): CameraProtocol
  /** Returns null when the secret is not set. */
  password?(): string | null
  readonly tap?: HttpTap
}

export function streamBench<D>(
  options: StreamBenchOptions<D>,
): CameraBench & { readonly device: HttpDeviceHost<unknown> } {
  const bench = new CameraBench((outside) => options.protocol(outside))
  const password = options.password ?? (() => account.password)
  let drawn = 0
  const random = { bytes: (count: number) => new Uint8Array(count).fill(++drawn) }
  const device = new HttpDeviceHost({
    driver: streamDriver(options.dialect),
    http: bench.network,
    mono: bench.clock,
    wall: bench.clock.wall,
    sign: digestSigner(account.user, password, random),
    emit: bench.take,
    tap: options.tap,
  })
  return Object.assign(
    bench.hosted(() => device.open()),
    { device: device as HttpDeviceHost<unknown> },
  )
}

export function vzBench(
  protocol: (outside: CameraProtocolPorts) => CameraProtocol,
  tap?: DeviceTap,
): CameraBench & { command(command: CameraCommand): void } {
  const bench = new CameraBench(protocol)
  const host = new DeviceHost<VzState, CameraCommand, CameraNews, TcpEffect>({
    url: 'tcp://camera:8131',
    opener: bench.network,
    mono: bench.clock,
    business: bench.clock.wall,
    driver: vzDriver('vz:camera:8131'),
    emit: bench.take,
    other: () => undefined,
    linkChanged: () => undefined,
    tap,
  })
  return Object.assign(
    bench.hosted(() => host.open()),
    { command: (command: CameraCommand) => host.command(command) },
  )
}
