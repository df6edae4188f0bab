// Connects a lane's gate on a camera output to its driver: sockets, clocks, the sealed password.
// The lane sees an ordinary barrier; faults use the codes of cameras.
import { t } from '#base/pure/words/fault-text.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import { deviceHttp } from '../../web/device-http.ts'
import { digestSigner } from '../../web/digest-signer.ts'
import { HttpDeviceHost } from '../../hosts/http-device-host.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { BarrierChoice } from '../../profiles/links.ts'
import type { BarrierCommand, BarrierEvent } from '../../pure/lane/barrier.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { LaneFault, type Why, joinedWhy } from '#base/pure/faults/faults.ts'
import { parseGateLink } from '../../pure/barrier/camera-output/gate-link.ts'
import { present } from '#base/pure/values/must.ts'
import type { BarrierConfig } from '../../pure/barrier/modbus-relay/config.ts'
import {
  cameraBarrier,
  gateWiring,
  instantCameraBarrier,
} from '../../pure/barrier/camera-output/config.ts'
import { gateDriver } from '../../pure/barrier/camera-output/driver.ts'
import type { GateNews, GateState } from '../../pure/barrier/camera-output/state.ts'
import { cameraFaultCodes } from './camera-service.ts'
import { hasLoopUnder, outsideLinks, withSensors } from './detectors.ts'
import { restReason, type DeviceStatus, type DevicePorts, type Timing } from './device-ports.ts'
import type { BarrierHandle } from './device-handles.ts'
import { DeviceSecret, passwordOf, SecretWatch } from './secret-watch.ts'

function configOf(url: string, choice: BarrierChoice | null, timing: Timing): BarrierConfig {
  const base = timing === 'instant' ? instantCameraBarrier : cameraBarrier
  const { inputs } = parseGateLink(url)
  if (choice === null)
    return { ...base, wiring: gateWiring(present(inputs, 'a checked link has its inputs')) }
  const { wiring } = choice.config
  return timing === 'instant' ? { ...base, wiring } : { ...base, ...choice.config }
}

/** Rethrows an error of work that is not awaited, so that a bug is not hidden. */
function unseen(work: Promise<void>): void {
  work.catch((error: unknown) => {
    queueMicrotask(() => {
      throw error
    })
  })
}

/** Reports each reason of being out of use once. */
function goneTeller(ports: DevicePorts, laneId: string, link: string, status: DeviceStatus) {
  let reported: string | null = null
  return (news: GateNews | { readonly type: 'secretMissing'; readonly note: Why }): void => {
    if (news.type === 'gateUp') {
      reported = null
      return
    }
    const reason = news.type === 'gateDown' ? news.reason : news.type
    const note = news.note === '' ? reason : news.note
    Object.assign(status, { up: false, detail: note })
    if (reported === reason) return
    reported = reason
    const field = `/lanes/${laneId}/barrier`
    const fault = { field, value: link, note: joinedWhy([t('道闸', 'barrier'), note]) }
    ports.linkDown?.(new LaneFault(cameraFaultCodes[reason], fault), laneId)
  }
}

/** The configured wiring as text, to compare configurations. */
function wiringText(
  lane: LaneLinks,
  url: string,
  own: { config: BarrierConfig; choice: BarrierChoice | null; transport: string; demo: boolean },
): string {
  const { config, choice, transport, demo } = own
  const { pulseMs } = configOf(url, choice, 'standard')
  const { unitId, wiring, outside } = config
  const link = demo ? `${transport}:` : url
  const sensors = outsideLinks(lane, demo)
  return JSON.stringify({ link, wire: transport, unitId, wiring, pulseMs, outside, sensors })
}

interface GateInstance {
  readonly device: HttpDeviceHost<GateState, BarrierEvent | GateNews, BarrierCommand>
  readonly mono: MonoClock
  readonly secret: DeviceSecret
  readonly missing: () => void
}

/** Opening, handing over and closing of a gate; without its password it waits for one. */
function gateInstance({ device, mono, secret, missing }: GateInstance) {
  let started = false
  let resting = false
  const start = (): void => {
    if (started) device.credentialsChanged()
    else device.open()
    started = true
  }
  const watch = new SecretWatch(mono, secret, start)
  return {
    askAgain: () => watch.start(),
    isResting: () => resting,
    command: (command: BarrierCommand) => device.command(command),
    /** The camera's output was handed over to another program; the camera goes on reading plates. */
    rest(): void {
      if (resting) return
      resting = true
      watch.stop()
      if (started) device.rest(restReason)
    },
    open(): void {
      const wasResting = resting
      resting = false
      if (started && wasResting) device.wake()
      else if (secret.forProof() !== null) start()
      else {
        missing()
        watch.start()
      }
    },
    close(): void {
      watch.stop()
      unseen(device.close())
    },
  }
}

export function cameraGate(
  lane: LaneLinks,
  url: string,
  choice: BarrierChoice | null,
  ports: DevicePorts,
  take: (event: LaneEvent) => void,
): BarrierHandle {
  const target = parseGateLink(url)
  const config = withSensors(configOf(url, choice, ports.timing), lane, ports)
  const link = shownLink(url)
  const status: DeviceStatus = { up: false, detail: '' }
  const tell = goneTeller(ports, lane.id, link, status)
  const secrets = present(ports.secrets, 'a lane with a camera has a place for passwords')
  const secret = new DeviceSecret(() => passwordOf(secrets, target.secret))
  const host = target.host.includes(':') ? `[${target.host}]` : target.host
  const device = new HttpDeviceHost<GateState, BarrierEvent | GateNews, BarrierCommand>({
    driver: gateDriver(config, target.make.gate(target.channel)),
    http: deviceHttp(`http://${host}:${target.port}`),
    mono: ports.mono,
    wall: ports.business,
    sign: digestSigner(target.user, secret.forProof, systemRandom()),
    emit(event) {
      if (life.isResting()) {
        // Handed over on purpose: not a fault, and the state of the gate is unknown.
        Object.assign(status, { up: false, detail: restReason })
        if (event.type === 'barrierDown') take({ ...event, reason: restReason })
        else if (event.type === 'position' || event.type === 'loop') take(event)
        return
      }
      if (event.type === 'gateUp' || event.type === 'gateDown') {
        tell(event)
        if (event.type === 'gateDown' && event.reason === 'credentials') life.askAgain()
        return
      }
      if (event.type === 'barrierUp') Object.assign(status, { up: true, detail: '' })
      take(event)
    },
  })
  const life = gateInstance({
    device,
    mono: ports.mono,
    secret,
    missing: () =>
      tell({
        type: 'secretMissing',
        note: t(`密码 ${target.secret} 没有保存`, `secret ${target.secret} is not set`),
      }),
  })
  const demo = ports.demo === true
  return {
    url: link,
    status,
    source: null,
    hasUnder: hasLoopUnder(config),
    wiring: wiringText(lane, url, { config, choice, transport: target.make.name, demo }),
    ...life,
    get lastReceivedMs() {
      return device.lastReceivedMs
    },
    get bytesIn() {
      return device.bytesIn
    },
    get bytesOut() {
      return device.bytesOut
    },
  }
}
