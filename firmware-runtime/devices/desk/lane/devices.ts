// Connects a lane's barrier and display to their drivers; for the antenna see rsu-device.ts, for cameras cameras.ts.
// Drivers are pure; here they get links, clocks and the lane.
import { type DownText, isAnsweredStrange, note } from '#base/pure/words/notes.ts'
import { DeviceHost } from '../../hosts/device-host.ts'
import { LinkHint } from '../../hosts/link-hint.ts'
import { barrierSource, displaySource } from '../../frame-log/frame-sources.ts'
import { barrierChoice, withLinkDefaults, type BarrierChoice } from '../../profiles/links.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { BarrierCommand } from '../../pure/lane/barrier.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { isGateLink } from '../../pure/barrier/camera-output/gate-link.ts'
import { present } from '#base/pure/values/must.ts'
import type { DisplayCommand, DisplayEvent } from '../../pure/lane/display.ts'
import type { DisplayView } from '#lane/calls/views.ts'
import { barrierDriver } from '../../pure/barrier/modbus-relay/driver.ts'
import {
  instantBarrier,
  standardBarrier,
  type BarrierConfig,
} from '../../pure/barrier/modbus-relay/config.ts'
import { boardLinkOf, relayBaud } from '../../pure/barrier/modbus-relay/link.ts'
import { shortReopenMs } from '../../pure/barrier/modbus-relay/silence.ts'
import type {
  BarrierEffect,
  BarrierNews,
  BarrierState,
} from '../../pure/barrier/modbus-relay/state.ts'
import {
  displayBaud,
  displayConfigOf,
  instantDisplay,
  standardDisplay,
} from '../../pure/display/olm/config.ts'
import { displayDriver, noAnswer } from '../../pure/display/olm/driver.ts'
import type { DisplayEffect, DisplayState } from '../../pure/display/olm/state.ts'
import { openPassthroughLink } from '../../links/passthrough-link.ts'
import { vzPassthrough, vzPorts } from '../../hosts/vz-passthrough.ts'
import type { LinkOpener } from '../../ports/byte-link.ts'
import { cameraGate } from './camera-gate.ts'
import { hasLoopUnder, outsideLinks, withSensors } from './detectors.ts'
import {
  type Timing,
  type DevicePorts,
  downTeller,
  type DeviceStatus,
  chosen,
  handleOf,
  linkWatch,
} from './device-ports.ts'
import type { BarrierHandle, DisplayHandle } from './device-handles.ts'

/** Instant timing keeps its own times: from a profile it takes only wiring and unit number. */
function barrierConfigOf(choice: BarrierChoice | null, timing: Timing): BarrierConfig {
  const base = timing === 'instant' ? instantBarrier : standardBarrier
  if (choice === null) return base
  const { config } = choice
  const { wiring, unitId = base.unitId, versionRegister } = config
  const asks = versionRegister === undefined ? {} : { versionRegister }
  return timing === 'instant' ? { ...base, wiring, unitId, ...asks } : { ...base, ...config }
}

/** The configured values only: the driver's patience and a trial's timing belong to the program. */
function wiringText(
  url: string,
  { unitId, wiring, outside }: BarrierConfig,
  pulseMs: number,
  transport: string,
  { demo, sensors }: { readonly demo: boolean; readonly sensors: readonly string[] | undefined },
): string {
  const link = demo ? url.replace(/^(\w+):[^?]*/, '$1:') : url
  return JSON.stringify({ link, wire: transport, unitId, wiring, pulseMs, outside, sensors })
}

export function barrierDevice(
  lane: LaneLinks,
  ports: DevicePorts,
  take: (event: LaneEvent) => void,
): BarrierHandle {
  const url = present(lane.barrier, 'the lane has a barrier link')
  const choice = chosen(barrierChoice(url, ports.profiles))
  if (isGateLink(url)) return cameraGate(lane, url, choice, ports, take)
  const dressed = withLinkDefaults(url, { baud: relayBaud, ...choice?.linkDefaults })
  const { barrierPollMs: pollMs } = ports
  const chosenConfig = barrierConfigOf(choice, ports.timing)
  const base = withSensors(
    pollMs === undefined ? chosenConfig : { ...chosenConfig, pollMs },
    lane,
    ports,
  )
  const { config, transport } = boardLinkOf(dressed, `/lanes/${lane.id}/barrier`, base)
  const driver = barrierDriver(config, transport)
  const status: DeviceStatus = { up: false, detail: '' }
  const tell = downTeller(ports, lane.id, 'barrier', url)
  const hint = new LinkHint()
  const host = new DeviceHost<BarrierState, BarrierCommand, BarrierNews, BarrierEffect>({
    url: dressed,
    ...ports,
    driver: {
      initial: () => driver.initial(),
      step: (state, event) => {
        hint.take(event)
        const step = driver.step(state, event)
        // A refusal is a frame of the board as well.
        const framesOf = ({ counters }: BarrierState): number =>
          counters.answers + counters.exceptions
        if (framesOf(step.state) > framesOf(state)) hint.framed()
        return step
      },
    },
    emit: (event) => {
      if (event.type === 'versionRead') {
        ports.versionTold?.(lane.id, 'barrier', event.reading)
        return
      }
      if (event.type === 'barrierUp') Object.assign(status, { up: true, detail: '' })
      if (event.type === 'barrierDown') Object.assign(status, { up: false, detail: event.reason })
      take(event)
    },
    other: () => undefined,
    linkChanged: linkWatch(status, hint, tell),
    tap: ports.tapOf?.(lane.id, 'barrier'),
    firstReopenMs: shortReopenMs,
  })
  const { pulseMs } = barrierConfigOf(choice, 'standard')
  const demo = ports.demo === true
  const sensors = outsideLinks(lane, demo)
  const wiring = wiringText(url, config, pulseMs, transport.name, { demo, sensors })
  const source = barrierSource(config, transport)
  const hasUnder = hasLoopUnder(config)
  return Object.assign(handleOf(host, url, status), { wiring, source, hasUnder })
}

function displayCode(reason: DownText | ''): 'LINK-01' | 'LINK-02' | 'LINK-05' {
  if (isAnsweredStrange(reason)) return 'LINK-05'
  return reason === noAnswer ? 'LINK-02' : 'LINK-01'
}

/** Links of a lane: ports of this machine, sockets, and serial ports behind the lane's camera. */
const openerOf = (lane: LaneLinks, ports: DevicePorts): LinkOpener => ({
  open(url, handlers) {
    const port = vzPorts.find((name) => url.replace(/\?.*$/, '') === `camera:${name}`)
    if (port === undefined) return ports.opener.open(url, handlers)
    const camera = ports.cameraMessages?.(lane.id) ?? null
    return openPassthroughLink(camera && vzPassthrough(camera, port), handlers)
  },
})

/** `changed` is called when the visible state of the board has changed. */
export function displayDevice(
  lane: LaneLinks,
  ports: DevicePorts,
  changed: () => void,
): DisplayHandle {
  const url = present(lane.display, 'the lane has a display link')
  const base = ports.timing === 'instant' ? instantDisplay : standardDisplay
  const config = displayConfigOf(url, `/lanes/${lane.id}/display`, base)
  const driver = displayDriver(config)
  const status: DeviceStatus = { up: false, detail: '' }
  const tell = downTeller(ports, lane.id, 'display', url)
  let view: DisplayView = { state: 'silent', lines: [], spoken: '' }
  const become = (next: DisplayView): void => {
    view = next
    changed()
  }
  const host = new DeviceHost<DisplayState, DisplayCommand, DisplayEvent, DisplayEffect>({
    url: withLinkDefaults(url, { baud: displayBaud }),
    ...ports,
    opener: openerOf(lane, ports),
    tap: ports.tapOf?.(lane.id, 'display'),
    driver,
    emit: (event) => {
      if (event.type === 'displayUp') {
        tell(true, '')
        Object.assign(status, { up: true, detail: '' })
        become({ state: 'sending', lines: [], spoken: '' })
      } else if (event.type === 'displayDown') {
        Object.assign(status, { up: false, detail: event.reason })
        become({ state: 'silent', lines: [], spoken: '' })
      } else if (event.type === 'shown') {
        const { lines, spoken, lossy } = event
        Object.assign(status, { detail: lossy ? note('charactersMissing') : '' })
        become({ state: 'shown', lines, spoken })
      } else {
        Object.assign(status, { detail: event.reason })
        become({ state: 'refused', lines: [], spoken: '' })
      }
    },
    other: () => undefined,
    // An open link is not yet a working board: a silent one is reported once, not at every try.
    linkChanged: (up, reason) => {
      if (up) return
      tell(false, reason, displayCode(reason))
      Object.assign(status, { up: false, detail: reason })
    },
  })
  const handle = handleOf(host, url, status)
  return {
    ...handle,
    source: displaySource(config),
    get lastReceivedMs() {
      return host.lastReceivedMs
    },
    get bytesIn() {
      return host.bytesIn
    },
    get bytesOut() {
      return host.bytesOut
    },
    command(command) {
      if (view.state !== 'silent') view = { state: 'sending', lines: [], spoken: '' }
      handle.command(command)
    },
    get view() {
      return view
    },
  }
}
