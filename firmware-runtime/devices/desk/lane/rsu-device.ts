// Connects a lane's antenna to its driver: settings under trial, tuning, and a tap of the link.
// The driver is pure; here it gets link, clocks and lane.
import { t } from '#base/pure/words/fault-text.ts'
import { DeviceHost } from '../../hosts/device-host.ts'
import { LinkHint } from '../../hosts/link-hint.ts'
import { rsuChoice, withLinkDefaults, type RsuChoice } from '../../profiles/links.ts'
import { SettingsStore } from '../../settings/settings-store.ts'
import type { TuneRunner } from '../../settings/tune-runner.ts'
import { signalOfEvent, signalOfFrame } from '../../settings/tune-signals.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { ReportedPsam } from '#base/pure/data/credentials.ts'
import type { RsuCommand, RsuEvent } from '../../pure/etc/rsu.ts'
import { initialSettings } from '../../pure/configure/setting.ts'
import type { AskResult, RsuDeviceEvent, RsuIdentity } from '../../pure/etc/rsu-device.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { simulatedRsuId } from '#base/pure/lot/simulated.ts'
import { present } from '#base/pure/values/must.ts'
import type { PsamAnswers, PsamPort } from '../../ports/psam.ts'
import {
  rsuCapabilities,
  rsuDriverDefaults,
  startRsuDriver,
  stepRsuDriver,
  type RsuDriverConfig,
  type RsuDriverEffect,
  type RsuDriverState,
} from '../../pure/rsu/driver.ts'
import { writtenOf } from '../../pure/rsu/settings.ts'
import { isRsuVariantId, type RsuVariant } from '../../pure/rsu/variants.ts'
import { tuneOf } from './tune-service.ts'
import {
  type DevicePorts,
  type SettingsPorts,
  downTeller,
  type FrameNote,
  type DeviceStatus,
  type DeviceHandle,
  chosen,
  handleOf,
  linkWatch,
} from './device-ports.ts'

export interface RsuHandle extends DeviceHandle<RsuCommand> {
  readonly hasProof: boolean
  /** Null in the simulation, where devices have no settings. */
  readonly settings: SettingsStore | null
  readonly tune: TuneRunner | null
  readonly silenceMs: number
  readonly resultTimeMs: number
  readonly psams: () => readonly ReportedPsam[]
  readonly psam: PsamPort
  readonly protocol: RsuProtocol
}

/** Protocol and driver configuration of an antenna's link: enough to replay a capture. */
export interface RsuProtocol {
  /** Generic variant, or a profile `vendor/model`. */
  readonly name: string
  readonly variant: RsuVariant
  readonly config: RsuDriverConfig
  /** Sends one of the safe frames at once, or refuses. */
  readonly ask: (code: string, fields: Readonly<Record<string, string>>) => AskResult
}

function rsuSettings(
  laneId: string,
  model: Pick<RsuChoice, 'name' | 'variant' | 'settings' | 'moves' | 'given'>,
  { mono, business }: DevicePorts,
  ports: SettingsPorts,
  command: (command: RsuCommand) => void,
): SettingsStore {
  const deviceId = `${laneId}-rsu`
  const settingsStore: SettingsStore = new SettingsStore({
    site: ports.site,
    laneId,
    deviceId,
    variant: model.name,
    defs: model.settings,
    moves: model.moves,
    store: ports.store(deviceId),
    mono,
    business,
    meets: {
      unknown: ports.asks ? 'ask' : 'write',
      isBench: ports.isBench === true,
      given: model.given,
      usual: isRsuVariantId(model.name) ? 'default' : 'profile',
    },
    noted: (note) => ports.noted?.(laneId, note),
    write: (id, values) =>
      command({ do: 'configure', id, settings: writtenOf(model.variant.table, values) }),
    ended: (_trialId, end, why) => ports.ended(laneId, settingsStore, end, why),
    failed: (fault) => ports.failed(laneId, fault),
  })
  return settingsStore
}

/** The settings that the driver starts with, and whether its first C0 may carry them. */
const metBy = (
  { permanent, contact }: SettingsStore,
  { variant: { table }, settings, moves }: RsuChoice,
): Pick<RsuDriverConfig, 'settings' | 'contact'> => ({
  settings: writtenOf(table, permanent),
  contact: { ...contact.forDriver(), moves, initial: writtenOf(table, initialSettings(settings)) },
})

const startOf = (
  lane: LaneLinks,
  url: string,
  choice: RsuChoice,
  settings: SettingsStore | null,
): RsuDriverConfig => ({
  ...rsuDriverDefaults,
  ...choice.config,
  ...(settings === null ? {} : metBy(settings, choice)),
  laneMode: lane.direction,
  link: url.startsWith('serial:') ? 'serial' : 'tcp',
})

/** Production takes no money with a simulated antenna, whatever its link (LOT-05). */
function liveOf(
  event: RsuEvent,
  laneId: string,
  url: string,
  ports: DevicePorts,
  status: DeviceStatus,
): RsuEvent {
  if (ports.demo !== false || event.type !== 'rsuUp' || event.rsuId !== simulatedRsuId) return event
  const note = t('天线自称是模拟设备', 'the antenna calls itself a simulator')
  ports.linkDown?.(new LaneFault('LOT-05', { field: '/rsu', value: url, note }), laneId)
  status.reason = 'simulated'
  return { type: 'rsuDown', reason: 'simulated' }
}

/** The device's last reports that are not events for the lane. */
interface LastReport {
  asked: AskResult
  psams: readonly ReportedPsam[]
}

const psamsIn = (effect: RsuDriverEffect): readonly ReportedPsam[] | null =>
  effect.do === 'device' && effect.event.type === 'identity' ? effect.event.identity.psams : null

const orNull = (text: string): string | null => (text === '' ? null : text)
const readingOf = ({ softwareVersion, hardwareVersion = '', rsuId }: RsuIdentity) => ({
  version: orNull(softwareVersion),
  hardware: orNull(hardwareVersion),
  serial: orNull(rsuId),
})

function isUp(status: DeviceStatus, detail: string): void {
  Object.assign(status, { up: true, detail })
  delete status.reason
}

function tellVersion(effect: RsuDriverEffect, laneId: string, { versionTold }: DevicePorts): void {
  if (effect.do === 'device' && effect.event.type === 'identity')
    versionTold?.(laneId, 'rsu', readingOf(effect.event.identity))
}

const canOf = ({ variant, override }: RsuChoice['config']) => {
  const { proofFetch, rereadSilenceMs, resultTimeMs } = rsuCapabilities(variant, override)
  return { hasProof: proofFetch, silenceMs: rereadSilenceMs, resultTimeMs }
}

const askBy =
  (command: (command: RsuCommand) => void, last: LastReport): RsuProtocol['ask'] =>
  (code, fields) => {
    last.asked = 'busy'
    command({ do: 'ask', id: code, code, fields })
    return last.asked
  }

type Psam<T extends keyof PsamAnswers> = (got: PsamAnswers[T]) => void

/** Commands of a PSAM authorisation, with the callback of each. */
function psamPort(command: (command: RsuCommand) => void, last: LastReport) {
  const waiting: { psamRandom?: Psam<'psamRandom'>; psamApplied?: Psam<'psamApplied'> } = {}
  const port: PsamPort = {
    authorised: (terminal) =>
      last.psams.find((one) => one.terminal === terminal)?.authorised ?? null,
    random(terminal, done) {
      waiting.psamRandom = done
      command({ do: 'psamRandom', terminal })
    },
    apply(terminal, apdu, done) {
      waiting.psamApplied = done
      command({ do: 'psamApply', terminal, apdu })
    },
  }
  return {
    port,
    take(event: RsuDeviceEvent): void {
      if (event.type !== 'psamRandom' && event.type !== 'psamApplied') return
      const { psamRandom, psamApplied } = waiting
      delete waiting[event.type]
      if (event.type === 'psamRandom') psamRandom?.(event.got)
      else psamApplied?.(event.got)
    },
  }
}

export function rsuDevice(
  lane: LaneLinks,
  ports: DevicePorts,
  take: (event: LaneEvent) => void,
  frame: (note: FrameNote) => void,
  settingsPorts: SettingsPorts | null,
): RsuHandle {
  const url = present(lane.rsu, 'the lane has an RSU link')
  const choice = chosen(rsuChoice(url, ports.profiles))
  const { name, config, linkDefaults } = choice
  const status: DeviceStatus = { up: false, detail: '' }
  const hint = new LinkHint()
  const settings =
    settingsPorts === null
      ? null
      : rsuSettings(lane.id, choice, ports, settingsPorts, (command) => host.command(command))
  const watch = linkWatch(status, hint, downTeller(ports, lane.id, 'rsu', url))
  const tune = tuneOf(settings, ports, settingsPorts)
  const last: LastReport = { asked: 'busy', psams: [] }
  const psamDoor = psamPort((command) => host.command(command), last)
  const start = (): RsuDriverConfig => startOf(lane, url, choice, settings)
  const host = new DeviceHost<RsuDriverState, RsuCommand, RsuEvent, RsuDriverEffect>({
    url: withLinkDefaults(url, linkDefaults),
    ...ports,
    tap: ports.tapOf?.(lane.id, 'rsu'),
    driver: {
      initial: () => startRsuDriver(start()),
      step: (state, event) => {
        hint.take(event)
        return stepRsuDriver(state, event)
      },
    },
    emit: (deviceEvent) => {
      const event = liveOf(deviceEvent, lane.id, url, ports, status)
      if (event.type === 'rsuUp') isUp(status, event.rsuId)
      if (event.type === 'rsuDown') Object.assign(status, { up: false, detail: event.reason })
      settings?.lane(event)
      settings?.heard(signalOfEvent(event, ports.mono.nowUs() / 1000))
      take(event)
    },
    other: (effect) => {
      last.psams = psamsIn(effect) ?? last.psams
      if (effect.do === 'device') psamDoor.take(effect.event)
      tellVersion(effect, lane.id, ports)
      if (effect.do === 'device' && effect.event.type === 'asks') status.reason = 'asksPower'
      if (effect.do === 'device' && effect.event.type === 'asked') last.asked = effect.event.result
      else if (effect.do === 'device') settings?.device(effect.event)
      if (effect.do !== 'frame') return
      if (effect.direction === 'in' && effect.decoded !== null) hint.framed()
      const fields: Record<string, unknown> = { ...effect.decoded }
      settings?.heard(signalOfFrame(effect, ports.mono.nowUs() / 1000))
      frame({ direction: effect.direction, type: effect.type, hex: effect.hex, fields })
    },
    linkChanged: (up, reason) => {
      if (!up) settings?.contact.gone()
      watch(up, reason)
    },
  })
  const ask = askBy((command) => host.command(command), last)
  return Object.assign(handleOf(host, url, status), {
    ...canOf(config),
    psams: () => last.psams,
    psam: psamDoor.port,
    settings,
    tune,
    protocol: { name, variant: choice.variant, config: start(), ask },
  })
}
