// What a lane's devices are given and what they give back: links, clocks, secrets in; a handle out.
// Each kind of device has its own file beside this one.
import { type DownText, note, noteWhy } from '../../core/values/notes.ts'
import type { DeviceHost, DeviceTap } from '../../app/hosts/device-host.ts'
import { isHintWord, type LinkHint } from '../../app/hosts/link-hint.ts'
import type { Choice, ProfileLookup } from '../../app/profiles/links.ts'
import type { ContactNote } from '../../app/settings/first-contact.ts'
import type { SettingsStore } from '../../app/settings/settings-store.ts'
import type { FrameSource } from '../../app/frame-log/frame-sources.ts'
import type { SecretStore } from '../../adapters/secrets/secret-store.ts'
import type { TrialEnd } from '../../core/configure/trial.ts'
import { joinedWhy, LaneFault } from '../../core/faults/faults.ts'
import { must } from '../../core/values/must.ts'
import type { LoggedDevice } from '../../core/values/logged-device.ts'
import type { LinkOpener } from '../../ports/byte-link.ts'
import type { MonoClock, WallClock } from '../../ports/clocks.ts'
import type { CameraMessages } from '../../ports/serial-passthrough.ts'
import type { SettingsFiles } from '../../ports/settings-files.ts'
import type { TunePorts } from './tune-service.ts'

export type Timing = 'instant' | 'standard'

export interface DevicePorts {
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly business: WallClock
  readonly timing: Timing
  /** How often a boom is asked, instead of as `timing` has it. */
  readonly barrierPollMs?: number
  /** Simulators listen somewhere else at each start: their address is no part of a configuration. */
  readonly demo?: boolean
  /** The camera of a lane, where it carries messages: serial ports behind it become links. */
  cameraMessages?(laneId: string): CameraMessages | null
  /** Passwords of devices, sealed to this machine. */
  readonly secrets?: SecretStore
  /** Where links that name a profile find it; without it there are only the generic ones. */
  readonly profiles?: ProfileLookup
  /** Who sees what goes over a link. */
  tapOf?(laneId: string, device: LoggedDevice): DeviceTap
  /** A link went down or did not come up: said once, until it is up again. */
  linkDown?(fault: LaneFault, laneId: string): void
}

/** What the settings of a lane's devices need beside the devices themselves. */
export interface SettingsPorts extends TunePorts {
  readonly site: string
  store(deviceId: string): SettingsFiles
  /** Nothing is written to a device that nobody here knows before a person says it; false: a demo, whose devices are simulators. */
  readonly asks: boolean
  /** A bench: another device may be at the same port at each contact. */
  readonly isBench?: true
  /** What was found at a first contact, or counted anew for another firmware. */
  noted?(laneId: string, note: ContactNote): void
  /** A trial is over: kept, or taken back and why. */
  ended(laneId: string, settingsStore: SettingsStore, end: TrialEnd, why: string): void
}

/** Says the first of a row of failures, which repeat with every try to open. */
export function downTeller(ports: DevicePorts, laneId: string, device: string, value: string) {
  let isReported = false
  return (
    up: boolean,
    reason: DownText | '',
    code: 'LINK-01' | 'LINK-02' | 'LINK-05' | 'LINK-06' = 'LINK-01',
  ): void => {
    // Handed over on purpose: no fault, and the next one is told again.
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

/** How a socket ends when the other side closes it (adapters/links/tcp-link.ts). */
const shutWords: readonly string[] = ['closedThere', 'closed']

/**
 * Status and words of a link that goes up and down. One that is given up without a single frame of the
 * device says why: silent, or something else is on the link (F17, F19).
 */
export function linkWatch(
  status: DeviceStatus,
  hint: LinkHint,
  tell: ReturnType<typeof downTeller>,
): (up: boolean, reason: DownText | '') => void {
  let failures = 0
  return (up, reason) => {
    // A link that is up is no device yet: one that is understood is, and ends the row of failures.
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

/** The link is with somebody who took it over. */
export const restReason = 'held'

export interface DeviceStatus {
  up: boolean
  detail: string
  /** Word of why it is not in service, where a screen has words for it. */
  reason?: string
}

export interface DeviceHandle<C> {
  readonly url: string
  readonly status: DeviceStatus
  command(command: C): void
  open(): void
  close(): void
  /** Somebody waits for it: a lost link is tried again at once and often. */
  readonly hurry?: (on: boolean) => void
  /** Lets go of the link until `open`; absent where there is no link of its own. */
  rest?(): void
  readonly lastReceivedMs: number | null
  readonly bytesIn: number
  readonly bytesOut: number
}

/** A device whose frames can be looked at. */
export interface LoggedHandle {
  readonly url: string
  /** Null where it has no bytes of its own: a gate on a camera's output. */
  readonly source: FrameSource | null
}

/** Names were checked with the lot: what is not there now is our own mistake. */
export function chosen<T>(choice: Choice<T>): T {
  must(choice.ok, 'a checked lot names a known model')
  return choice.value
}

export function handleOf<S, C, E, F extends { readonly do: string }>(
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
  }
}
