// Joins a lane's device links to their drivers: RSU, barrier, display. Cameras push; see site.ts.
// Drivers are pure; this is where they meet links, clocks and the lane.
import { DeviceHost, type DeviceTap, type DriverEvent } from '../app/device-host.ts'
import {
  barrierChoice,
  rsuChoice,
  withLinkDefaults,
  type BarrierChoice,
  type Choice,
  type ProfileLookup,
} from '../app/profiles/links.ts'
import { SettingsKeeper } from '../app/settings-keeper.ts'
import type { SettingDef } from '../core/configure/setting.ts'
import type { TrialEnd } from '../core/configure/trial.ts'
import type { LaneEvent } from '../core/lane/lane.ts'
import type { BarrierCommand, BarrierEvent } from '../core/lane/barrier.ts'
import type { RsuCommand, RsuEvent } from '../core/etc/rsu.ts'
import type { AskResult } from '../core/etc/rsu-device.ts'
import type { LaneConfig } from '../core/lot/config.ts'
import { LaneFault } from '../core/values/faults.ts'
import { must, present } from '../core/values/must.ts'
import type { DisplayCommand, DisplayEvent } from '../core/lane/display.ts'
import type { DisplayView } from '../api/views.ts'
import { barrierDriver } from '../devices/barrier/modbus-relay/driver.ts'
import {
  instantBarrier,
  standardBarrier,
  type BarrierConfig,
} from '../devices/barrier/modbus-relay/config.ts'
import { boardLinkOf, relayBaud } from '../devices/barrier/modbus-relay/link.ts'
import type { BarrierEffect, BarrierState } from '../devices/barrier/modbus-relay/state.ts'
import {
  displayBaud,
  displayConfigOf,
  instantDisplay,
  standardDisplay,
} from '../devices/display/olm/config.ts'
import { displayDriver, noAnswer } from '../devices/display/olm/driver.ts'
import type { DisplayEffect, DisplayState } from '../devices/display/olm/state.ts'
import {
  rsuCapabilities,
  rsuDriverDefaults,
  startRsuDriver,
  stepRsuDriver,
  type RsuDriverConfig,
  type RsuDriverEffect,
  type RsuDriverState,
} from '../devices/rsu/driver.ts'
import { rsuSettingsOf } from '../devices/rsu/settings.ts'
import type { RsuVariant } from '../devices/rsu/variants.ts'
import { openPassthroughLink } from '../adapters/links/passthrough-link.ts'
import { vzPassthrough, vzPorts } from '../app/vz-passthrough.ts'
import type { LinkOpener } from '../ports/byte-link.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import type { MonoClock, WallClock } from '../ports/clocks.ts'
import type { CameraMessages } from '../ports/serial-passthrough.ts'

export type Timing = 'instant' | 'standard'

/** Devices of a lane whose wire carries frames. */
export type WireDevice = 'rsu'

export interface DeviceWorld {
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly business: WallClock
  readonly timing: Timing
  /** Simulators listen somewhere else at each start: their address is no part of a configuration. */
  readonly demo?: boolean
  /** The camera of a lane, where it carries messages: serial ports behind it become links. */
  cameraMessages?(laneId: string): CameraMessages | null
  /** Where links that name a profile find it; without it there are only the generic ones. */
  readonly profiles?: ProfileLookup
  /** Who sees what goes over a wire. */
  tapOf?(laneId: string, device: WireDevice): DeviceTap
  /** A link went down or did not come up: said once, until it is up again. */
  linkDown?(fault: LaneFault, laneId: string): void
}

/** What the settings of a lane's devices need beside the devices themselves. */
export interface SettingsWorld {
  readonly site: string
  store(deviceId: string): SettingsStore
  /** A trial is over: kept, or taken back and why. */
  ended(laneId: string, keeper: SettingsKeeper, end: TrialEnd, why: string): void
  failed(laneId: string, fault: LaneFault): void
}

/** Says the first of a row of failures, which repeat with every try to open. */
function downTeller(world: DeviceWorld, laneId: string, device: string, value: string) {
  let told = false
  return (up: boolean, reason: string, code: 'LINK-01' | 'LINK-02' = 'LINK-01'): void => {
    const first = !up && !told
    told = !up
    if (!first) return
    const note = `${laneId} ${device}: ${reason}`
    world.linkDown?.(
      new LaneFault(code, { field: `/lanes/${laneId}/${device}`, value, note }),
      laneId,
    )
  }
}

export interface FrameNote {
  readonly direction: 'in' | 'out'
  readonly type: string
  readonly hex: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface DeviceStatus {
  up: boolean
  detail: string
}

export interface DeviceHandle<C> {
  readonly url: string
  readonly status: DeviceStatus
  command(command: C): void
  open(): void
  close(): void
  readonly lastHeardMs: number | null
  readonly bytesIn: number
  readonly bytesOut: number
}

export interface RsuHandle extends DeviceHandle<RsuCommand> {
  readonly hasProof: boolean
  /** Null in the simulation, where nobody sets a device. */
  readonly settings: SettingsKeeper | null
  readonly silenceMs: number
  readonly wire: RsuWire
}

/** What is spoken on an antenna's wire, and how its driver was set up: enough to replay a capture. */
export interface RsuWire {
  /** Generic variant, or a profile `vendor/model`. */
  readonly name: string
  readonly variant: RsuVariant
  readonly config: RsuDriverConfig
  /** Sends one of the safe frames, at once or not at all. */
  readonly ask: (code: string, fields: Readonly<Record<string, string>>) => AskResult
}

function rsuKeeper(
  laneId: string,
  model: { readonly name: string; readonly defs: readonly SettingDef[] },
  { mono, business }: DeviceWorld,
  world: SettingsWorld,
  command: (command: RsuCommand) => void,
): SettingsKeeper {
  const deviceId = `${laneId}-rsu`
  const keeper: SettingsKeeper = new SettingsKeeper({
    site: world.site,
    laneId,
    deviceId,
    variant: model.name,
    defs: model.defs,
    store: world.store(deviceId),
    mono,
    business,
    write: (id, values) => command({ do: 'configure', id, settings: rsuSettingsOf(values) }),
    ended: (_trialId, end, why) => world.ended(laneId, keeper, end, why),
    failed: (fault) => world.failed(laneId, fault),
  })
  return keeper
}

export function rsuDevice(
  lane: LaneConfig,
  world: DeviceWorld,
  take: (event: LaneEvent) => void,
  frame: (note: FrameNote) => void,
  settingsWorld: SettingsWorld | null,
): RsuHandle {
  const url = present(lane.rsu, 'the lane has an RSU link')
  const choice = chosen(rsuChoice(url, world.profiles))
  const { name, config, settings: defs, linkDefaults } = choice
  const status: DeviceStatus = { up: false, detail: '' }
  const tell = downTeller(world, lane.id, 'rsu', url)
  const settings =
    settingsWorld === null
      ? null
      : rsuKeeper(lane.id, { name, defs }, world, settingsWorld, (command) => host.command(command))
  const asked: { result: AskResult } = { result: 'busy' }
  const start: RsuDriverConfig = {
    ...rsuDriverDefaults,
    ...config,
    ...(settings === null ? {} : rsuSettingsOf(settings.permanent)),
    laneMode: lane.direction,
    link: url.startsWith('serial:') ? 'serial' : 'tcp',
  }
  const host = new DeviceHost<RsuDriverState, RsuCommand, RsuEvent, RsuDriverEffect>({
    url: withLinkDefaults(url, linkDefaults),
    ...world,
    tap: world.tapOf?.(lane.id, 'rsu'),
    driver: {
      initial: () => startRsuDriver(start),
      step: (state, event: DriverEvent<RsuCommand>) =>
        stepRsuDriver(
          state,
          event.type === 'bytes'
            ? { type: 'bytes', chunk: event.bytes, businessNowMs: event.businessNowMs }
            : event,
        ),
    },
    emit: (event) => {
      if (event.type === 'rsuUp') Object.assign(status, { up: true, detail: event.rsuId })
      if (event.type === 'rsuDown') Object.assign(status, { up: false, detail: event.reason })
      settings?.lane(event)
      take(event)
    },
    other: (effect) => {
      if (effect.do === 'device' && effect.event.type === 'asked')
        asked.result = effect.event.result
      else if (effect.do === 'device') settings?.device(effect.event)
      if (effect.do !== 'frame') return
      const fields: Record<string, unknown> = { ...effect.decoded }
      frame({ direction: effect.direction, type: effect.type, hex: effect.hex, fields })
    },
    linkChanged: (up, reason) => {
      tell(up, reason)
      if (!up) Object.assign(status, { up: false, detail: reason })
    },
  })
  const ask: RsuWire['ask'] = (code, fields) => {
    asked.result = 'busy'
    host.command({ do: 'ask', id: code, code, fields })
    return asked.result
  }
  const { proofFetch, rereadSilenceMs } = rsuCapabilities(config.variant, config.override)
  return Object.assign(handleOf(host, url, status), {
    hasProof: proofFetch,
    silenceMs: rereadSilenceMs,
    settings,
    wire: { name, variant: choice.variant, config: start, ask },
  })
}

export interface BarrierHandle extends DeviceHandle<BarrierCommand> {
  /** Link and wiring as one text: another text is another configuration. */
  readonly wiring: string
}

/** Names were checked with the lot: what is not there now is our own mistake. */
function chosen<T>(choice: Choice<T>): T {
  must(choice.ok, 'a checked lot names a known model')
  return choice.value
}

/** Instant timing keeps its own times: a profile only says how the board is wired and numbered. */
function barrierConfigOf(choice: BarrierChoice | null, timing: Timing): BarrierConfig {
  const base = timing === 'instant' ? instantBarrier : standardBarrier
  if (choice === null) return base
  const { config } = choice
  const { wiring, unitId = base.unitId } = config
  return timing === 'instant' ? { ...base, wiring, unitId } : { ...base, ...config }
}

/** What a person configured; how patient the driver is belongs to the software. */
function wiringText(url: string, config: BarrierConfig, wire: string, demo: boolean): string {
  const { unitId, wiring, pulseMs } = config
  const link = demo ? url.replace(/^(\w+):[^?]*/, '$1:') : url
  return JSON.stringify({ link, wire, unitId, wiring, pulseMs })
}

export function barrierDevice(
  lane: LaneConfig,
  world: DeviceWorld,
  take: (event: LaneEvent) => void,
): BarrierHandle {
  const url = present(lane.barrier, 'the lane has a barrier link')
  const choice = chosen(barrierChoice(url, world.profiles))
  const dressed = withLinkDefaults(url, { baud: relayBaud, ...choice?.linkDefaults })
  const base = barrierConfigOf(choice, world.timing)
  const { config, wire } = boardLinkOf(dressed, `/lanes/${lane.id}/barrier`, base)
  const driver = barrierDriver(config, wire)
  const status: DeviceStatus = { up: false, detail: '' }
  const tell = downTeller(world, lane.id, 'barrier', url)
  const host = new DeviceHost<BarrierState, BarrierCommand, BarrierEvent, BarrierEffect>({
    url: dressed,
    ...world,
    driver: {
      initial: () => driver.initial(),
      step: (state, event) => driver.step(state, event),
    },
    emit: (event) => {
      if (event.type === 'barrierUp') Object.assign(status, { up: true, detail: '' })
      if (event.type === 'barrierDown') Object.assign(status, { up: false, detail: event.reason })
      take(event)
    },
    other: () => undefined,
    linkChanged: (up, reason) => {
      tell(up, reason)
      if (!up) Object.assign(status, { up: false, detail: reason })
    },
  })
  const wiring = wiringText(url, config, wire.name, world.demo === true)
  return Object.assign(handleOf(host, url, status), { wiring })
}

export interface DisplayHandle extends DeviceHandle<DisplayCommand> {
  /** What the board acknowledged, or that it is silent. */
  readonly view: DisplayView
}

/** Links of a lane: ports of this machine, sockets, and serial ports behind the lane's camera. */
function openerOf(lane: LaneConfig, world: DeviceWorld): LinkOpener {
  return {
    open(url, handlers) {
      const port = vzPorts.find((name) => url.replace(/\?.*$/, '') === `camera:${name}`)
      if (port === undefined) return world.opener.open(url, handlers)
      const camera = world.cameraMessages?.(lane.id) ?? null
      return openPassthroughLink(camera && vzPassthrough(camera, port), handlers)
    },
  }
}

/** `changed` is called when what can be seen of the board is another than before. */
export function displayDevice(
  lane: LaneConfig,
  world: DeviceWorld,
  changed: () => void,
): DisplayHandle {
  const url = present(lane.display, 'the lane has a display link')
  const base = world.timing === 'instant' ? instantDisplay : standardDisplay
  const driver = displayDriver(displayConfigOf(url, `/lanes/${lane.id}/display`, base))
  const status: DeviceStatus = { up: false, detail: '' }
  const tell = downTeller(world, lane.id, 'display', url)
  let view: DisplayView = { state: 'silent', lines: [], spoken: '' }
  const become = (next: DisplayView): void => {
    view = next
    changed()
  }
  const host = new DeviceHost<DisplayState, DisplayCommand, DisplayEvent, DisplayEffect>({
    url: withLinkDefaults(url, { baud: displayBaud }),
    ...world,
    opener: openerOf(lane, world),
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
        Object.assign(status, { detail: lossy ? 'characters that the board lacks' : '' })
        become({ state: 'shown', lines, spoken })
      } else {
        Object.assign(status, { detail: event.reason })
        become({ state: 'refused', lines: [], spoken: '' })
      }
    },
    other: () => undefined,
    // A link that comes up is no board yet: one that stays silent is told once, not at every try.
    linkChanged: (up, reason) => {
      if (up) return
      tell(false, reason, reason === noAnswer ? 'LINK-02' : 'LINK-01')
      Object.assign(status, { up: false, detail: reason })
    },
  })
  const handle = handleOf(host, url, status)
  return {
    ...handle,
    get lastHeardMs() {
      return host.lastHeardMs
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

function handleOf<S, C, E, F extends { readonly do: string }>(
  host: DeviceHost<S, C, E, F>,
  url: string,
  status: DeviceStatus,
): DeviceHandle<C> {
  return {
    url,
    status,
    command: (command) => host.command(command),
    open: () => host.open(),
    close: () => host.close(),
    get lastHeardMs() {
      return host.lastHeardMs
    },
    get bytesIn() {
      return host.bytesIn
    },
    get bytesOut() {
      return host.bytesOut
    },
  }
}
