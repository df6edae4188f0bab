// The ports and handles of a lane's devices: links, clocks and secrets in; a handle out.
// Each kind of device has its own file in this folder.
import { type DownText, note, noteWhy } from '#base/pure/words/notes.ts'
import type { DeviceHost, DeviceTap } from '../../hosts/device-host.ts'
import { isHintWord, type LinkHint } from '../../hosts/link-hint.ts'
import type { Choice, ProfileLookup } from '../../profiles/links.ts'
import type { ContactNote } from '../../settings/first-contact.ts'
import type { SettingsStore } from '../../settings/settings-store.ts'
import type { FrameSource } from '../../frame-log/frame-sources.ts'
import type { SecretStore } from '#base/secrets/secret-store.ts'
import type { TrialEnd } from '../../pure/configure/trial.ts'
import { joinedWhy, LaneFault } from '#base/pure/faults/faults.ts'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import { must } from '#base/pure/values/must.ts'
import type { LoggedDevice } from '#base/pure/lot/logged-device.ts'
import type { LinkOpener } from '../../ports/byte-link.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { CameraMessages } from '../../ports/serial-passthrough.ts'
import type { SettingsFiles } from '../../ports/settings-files.ts'
import type { TunePorts } from './tune-service.ts'

export type TellVersion = (laneId: string, device: LaneKind, reading: DeviceReading | null) => void

export type Timing = 'instant' | 'standard'

export interface DevicePorts {
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly business: WallClock
  readonly timing: Timing
  /** Poll interval of a boom in ms; replaces that of `timing`. */
  readonly barrierPollMs?: number
  /** True in a demo: simulators listen elsewhere at each start, so their address is not part of a configuration. */
  readonly demo?: boolean
  /** A lane's camera with messages: serial ports behind it become links. */
  cameraMessages?(laneId: string): CameraMessages | null
  /** Passwords of devices, sealed to this machine. */
  readonly secrets?: SecretStore
  /** Profiles for links that name one; absent: only generic ones. */
  readonly profiles?: ProfileLookup
  /** Receives the bytes of a link, for people who watch it. */
  tapOf?(laneId: string, device: LoggedDevice): DeviceTap
  /** What a device of a lane says of its version; null: it was asked and did not tell. */
  versionTold?: TellVersion
  /** Called once when a link fails, until it is up again. */
  linkDown?(fault: LaneFault, laneId: string): void
}

/** Ports for the settings of a lane's devices. */
export interface SettingsPorts extends TunePorts {
  readonly site: string
  store(deviceId: string): SettingsFiles
  /**
   * True: an unknown device is not written to until a person confirms it; false in a demo, whose devices are
   * simulators.
   */
  readonly asks: boolean
  /** True for a bench: another device may be at the same port at each contact. */
  readonly isBench?: true
  /** Called with the result of a first contact, or of a new count for another firmware. */
  noted?(laneId: string, note: ContactNote): void
  /** Called when a trial has ended: kept, or taken back with the reason. */
  ended(laneId: string, settingsStore: SettingsStore, end: TrialEnd, why: string): void
}

/** Reports only the first of a series of failures, which repeat at every try. */
export function downTeller(ports: DevicePorts, laneId: string, device: string, value: string) {
  let isReported = false
  return (
    up: boolean,
    reason: DownText | '',
    code: 'LINK-01' | 'LINK-02' | 'LINK-05' | 'LINK-06' = 'LINK-01',
  ): void => {
    // Handed over on purpose: not a fault, and the next one is reported again.
    if (reason === restReason) return
    const first = !up && !isReported
    isReported = !up
    if (!first) return
    const note = joinedWhy([`${laneId} ${device}`, noteWhy(reason)])
    ports.linkDown?.(
      new LaneFault(code, { field: `/lanes/${laneId}/${device}`, value, note }),
      laneId,
    )
  }
}

/** Reason of a socket closed by the other side (devices/links/tcp-link.ts). */
const shutWords: readonly string[] = ['closedThere', 'closed']

/**
 * Status and fault of a link that goes up and down. A link given up without a frame of its device gives the reason:
 * silence, or another protocol on the link (F17, F19).
 */
export function linkWatch(
  status: DeviceStatus,
  hint: LinkHint,
  tell: ReturnType<typeof downTeller>,
): (up: boolean, reason: DownText | '') => void {
  let failures = 0
  return (up, reason) => {
    // An open link is not yet a working device: only understood frames end the series of failures.
    if (up) return
    const { word } = hint
    if (hint.isUnderstood) tell(true, '')
    if (reason === restReason) tell(false, reason)
    else if (word === 'garbage') tell(false, reason, 'LINK-05')
    else if (word === 'silent' && shutWords.includes(reason)) tell(false, reason, 'LINK-06')
    else tell(false, reason)
    failures = hint.isUnderstood ? 1 : failures + 1
    const detail = failures > 1 ? note('failedTimes', failures, reason) : reason
    Object.assign(status, { up: false, detail })
    if (word !== undefined && reason !== restReason) status.reason = word
    else if (isHintWord(status.reason)) delete status.reason
  }
}

export interface FrameNote {
  readonly direction: 'in' | 'out'
  readonly type: string
  readonly hex: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Reason: the link was handed over to another program. */
export const restReason = 'held'

export interface DeviceStatus {
  up: boolean
  detail: string
  /** Code of the reason for being out of service, when screens have a text for it. */
  reason?: string
}

export interface DeviceHandle<C> {
  readonly url: string
  readonly status: DeviceStatus
  command(command: C): void
  open(): void
  close(): void
  /** True while a person waits: a lost link is tried again at once and often. */
  readonly hurry?: (on: boolean) => void
  /** Releases the link until `open`; absent for a device without a link of its own. */
  rest?(): void
  readonly lastReceivedMs: number | null
  readonly bytesIn: number
  readonly bytesOut: number
}

/** A device whose frames can be looked at. */
export interface LoggedHandle {
  readonly url: string
  /** Null for a device without bytes of its own: a gate on a camera's output. */
  readonly source: FrameSource | null
}

/** Names were checked with the lot, so a missing one is a bug. */
export function chosen<T>(choice: Choice<T>): T {
  must(choice.ok, 'a checked lot names a known model')
  return choice.value
}

export const handleOf = <S, C, E, F extends { readonly do: string }>(
  host: DeviceHost<S, C, E, F>,
  url: string,
  status: DeviceStatus,
): DeviceHandle<C> => ({
  url,
  status,
  command: (command) => host.command(command),
  open: () => host.open(),
  close: () => host.close(),
  hurry: (on) => host.hurry(on),
  rest: () => host.rest(restReason),
  get lastReceivedMs() {
    return host.lastReceivedMs
  },
  get bytesIn() {
    return host.bytesIn
  },
  get bytesOut() {
    return host.bytesOut
  },
})
