// State, events and effects of the RSU driver: a pure state machine, the same for every variant. It reads no clock:
// business time is in every event, and waits are named timers.
import type { RsuCapabilities, RsuCommand, RsuEvent, SealedVehicle } from '../etc/rsu.ts'
import type { ObuInfo, VehicleInfo } from '../etc/rsu.ts'
import type { SettingMove } from '../configure/migrate.ts'
import type { DeviceSettings } from '../configure/setting.ts'
import type { RsuDeviceEvent, RsuIdentity } from '../etc/rsu-device.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import type { LinkEffect, LinkEvent } from '../driver.ts'
import { type DiscardReason, emptyFraming, type FramingState } from './framing.ts'
import { misfits, usualSettings } from './settings.ts'
import type { FrameValue } from './table-types.ts'
import type { VariantOverride } from './variant-override.ts'
import { rsuVariant, type RsuVariantId } from './variants.ts'

/** What is known about the settings before the first C0, which carries them all (ADR 41). */
interface RsuContact {
  /** False: this computer does not know the settings of the antenna. */
  readonly known: boolean
  /** When the antenna does not report them: wait for a person, or write the settings above and report it. */
  readonly unknown: 'ask' | 'write'
  /** An antenna that was never set reports step 0 as well: only a bench adopts it. */
  readonly adoptsZero: boolean
  /** Firmware version to which the setting numbers belong, hex; empty: not known. */
  readonly firmware: string
  readonly moves: readonly SettingMove[]
  /** Initial values for settings that another firmware does not have. */
  readonly initial: DeviceSettings
}

export interface RsuDriverConfig {
  readonly variant: RsuVariantId
  readonly laneMode: 'entry' | 'exit'
  /** By id of the table's settings; a missing one has its usual value. */
  readonly settings: DeviceSettings
  /** The device takes local time as if it were UTC (rsu-interface.md section 9 row 11). */
  readonly utcOffsetQuirk: boolean
  readonly tolerateUnescapedBcc: boolean
  readonly link: 'serial' | 'tcp'
  /** Null: the variant's own. */
  readonly heartbeatLossMs: number | null
  /** Differences of this device from the variant; checked (variant-with.ts). */
  readonly override: VariantOverride | null
  readonly contact: RsuContact
}

/** Known settings, whatever the firmware version is. */
const knownContact: RsuContact = {
  known: true,
  unknown: 'write',
  adoptsZero: false,
  firmware: '',
  moves: [],
  initial: {},
}

/** Usual values of rsu-interface.md. */
export const rsuDriverDefaults = {
  settings: {},
  utcOffsetQuirk: false,
  tolerateUnescapedBcc: false,
  link: 'tcp',
  heartbeatLossMs: null,
  override: null,
  contact: knownContact,
} as const

/** Time-outs of rsu-interface.md 2.7. */
export const limits = {
  psamWaitMs: 3000,
  psamTries: 3,
  /** A heartbeat that reports the power comes every ten seconds (1.2.3). */
  meetMs: 12_000,
  c0WaitMs: 3000,
  c0Tries: 3,
  /** Wait after a device reported a fault of its own. */
  c0FaultWaitMs: 10_000,
  antennaWaitMs: 1000,
  antennaTries: 2,
  /** A searching antenna that sends nothing for this long is queried. */
  quietMs: 2000,
  /** This many heartbeats within the second of a switch are no coincidence: normally one comes every ten seconds. */
  heartbeatsInAnswer: 3,
  /** Heartbeat intervals that are distinguished, with a margin: 5 s, 10 s, more, up to a minute (2.2). */
  beatMs: [6_500, 12_000, 25_000, 66_000] as readonly number[],
  beatsToLearn: 3,
  /** Number of C0 sent to an antenna with an overdue heartbeat, before its link is dropped. */
  beatAsks: 2,
  nextFrameMs: 2000,
  b5WaitMs: 2000,
  proofWaitMs: 2000,
  proofTries: 3,
  /** The RSU gives up one second after B4: no C6 is sent later than this. */
  answerMs: 900,
  /** The RSU repeats an unanswered frame three times, 120 ms apart. */
  repeatWindowMs: 500,
  roundsMax: 3,
  roundsResetMs: 10_000,
  /** Further B0 to the power-up frames may follow the first one. */
  b0GraceMs: 3000,
  usedIdsMax: 4096,
  unansweredMax: 8,
  countersMax: 64,
  recentMax: 8,
} as const

/** The RSU counts its frames from 1 to this, and begins again (1.2.2). */
export const countsTo = 9

/** The timers that forget recent frames, one for each stored frame. */
export const repeatTimers: readonly string[] = Array.from(
  { length: limits.recentMax },
  (_, slot) => `repeat${slot}`,
)

export const noBeat: Beat = { step: 0, inRow: 0, whole: false, words: false }

export const nothingReported = { inHeartbeat: false, inAnswer: false } as const

interface Deal {
  readonly obu: ObuInfo
  readonly vehicle: VehicleInfo | SealedVehicle | null
  readonly card: {
    readonly cardNo: string
    readonly cardType: number
    readonly balanceFen: Fen
  } | null
  readonly debited: boolean
}

/** A C6 that was sent. It is kept until its B5 says paid or unpaid. */
export interface SentDebit {
  readonly deductionId: string
  readonly obuId: string
  readonly issuerHex: string
  readonly cardNo: string
  readonly cardType: number
  readonly amountFen: Fen
  readonly balanceBeforeFen: Fen
  readonly timeBcd: string
  /** Terminal and counter of the previous debit, when its result reported them. */
  readonly psamBefore: ReportedPsam | null
}

export interface ReportedPsam {
  readonly terminal: string
  readonly serial: number
}

interface ReportedCounters {
  readonly cardNo: string
  readonly cardSerial: number | null
  readonly psamTerminal: string | null
  readonly psamSerial: number | null
}

/** A frame that may still be repeated: its own timer removes it. */
interface RecentFrame {
  readonly key: string
  readonly slot: number
}

export interface RsuDriverState {
  readonly config: RsuDriverConfig
  /** New settings in flight to the device; `before` is restored when it does not accept them. */
  readonly configuring: { readonly id: string; readonly before: RsuDriverConfig } | null
  /** `meeting`: no setting is sent before the antenna or a person has named them. */
  readonly phase: 'down' | 'meeting' | 'starting' | 'up'
  readonly meeting: Meeting | null
  readonly announced: 'nothing' | 'up' | 'down'
  readonly framing: FramingState
  readonly interByteSet: boolean
  readonly searchWanted: boolean
  /** Number of PSAM queries since the start; 0: no answer is awaited. */
  readonly psamTries: number
  /** The PSAM authorisation step in progress. */
  readonly psamAuth: { readonly terminal: string; readonly step: 'random' | 'apply' } | null
  /** From the last B0. */
  readonly identity: RsuIdentity | null
  readonly c0Tries: number
  /** Business day of the last C0: the RSU clock is set once a day. */
  readonly c0Day: number
  /** C0 was sent to a running RSU, because the day changed. */
  readonly refreshing: boolean
  readonly graceOn: boolean
  readonly antennaTries: number
  /** The switch in flight only queries whether a searching antenna is alive. */
  readonly asking: boolean
  readonly switchAnswer: SwitchAnswer
  readonly beat: Beat
  /** Its link was dropped because it did not answer a switch, and C0 is not answered yet. */
  readonly silentBefore: boolean
  /** Which antenna states in heartbeats are reliable: those that have reported "on" before. */
  readonly antennaReported: {
    readonly inHeartbeat: boolean
    /** The heartbeat that answers the switch itself. */
    readonly inAnswer: boolean
  }
  readonly txSeq: number
  /** RSCTL of the last frame that is not a heartbeat: our next frame carries it with swapped nibbles. */
  readonly rxSeq: number
  readonly lastSeq: number
  readonly count: WordCount
  readonly psamTerminals: readonly string[]
  /** The fault in the last heartbeat; empty: none. */
  readonly heartbeatFault: string
  /** Recent information frames, oldest first, and the answer to the newest one. */
  readonly recent: readonly RecentFrame[]
  readonly answer: {
    readonly key: string
    readonly code: string
    readonly bytes: Uint8Array
  } | null
  readonly rounds: { readonly obuId: string; readonly count: number }
  readonly deal: Deal | null
  readonly open: SentDebit | null
  readonly unanswered: readonly SentDebit[]
  /** Counters of the last paid results, newest last, one for each card. */
  readonly counters: readonly ReportedCounters[]
  /** From the result of the last C6; null: not known yet. */
  readonly psamLast: ReportedPsam | null
  readonly usedIds: ReadonlySet<string>
  readonly proof: {
    readonly obuId: string
    readonly cardSerial: number
    readonly tries: number
  } | null
  /** The last C8 without a B8 in time, with the C6 for which it was requested, if known. */
  readonly proofLate: {
    readonly obuId: string
    readonly cardSerial: number
    readonly deductionId: string | undefined
  } | null
}

/** How this antenna answers a switch. When it has answered before, two unanswered switches are a fault. */
interface SwitchAnswer {
  /** `silent`: it was alive and did not answer. A heartbeat may be unsolicited, so several are needed. */
  readonly kind: 'unknown' | 'silent' | 'heartbeat' | 'word'
  readonly heartbeats: number
  /** It has answered a switch with B0, which it also sends by itself after a restart. */
  readonly byStatus: boolean
}

/** The count of the RSU's own frames, where it sends one (1.2.2). */
interface WordCount {
  readonly last: number
  /** Frames in a row that counted on. */
  readonly inRow: number
  /** It began anew though it had counted: the RSU has restarted, which a serial line does not show. */
  readonly began: boolean
}
export const noCount: WordCount = { last: 0, inRow: 0, began: false }

/** The learned heartbeat interval (driver-beat.ts). */
interface Beat {
  /** Index in `limits.beatMs`. */
  readonly step: number
  /** Heartbeats in a row that came within the interval. */
  readonly inRow: number
  /** No other frame came since the last heartbeat that would change this interval. */
  readonly whole: boolean
  /** Another frame was received meanwhile. */
  readonly words: boolean
}

interface Meeting {
  /** The values in a heartbeat are adopted. */
  readonly adopts: boolean
  readonly heard: boolean
  /** The expected heartbeat did not come in time. */
  readonly late: boolean
  readonly asked: boolean
}

export type RsuDriverEvent = { readonly businessNowMs: InstantMs } & LinkEvent<RsuCommand>

export type RsuDriverEffect =
  | LinkEffect<RsuEvent>
  /** What the device reports about itself: for people, not for lanes. */
  | { readonly do: 'device'; readonly event: RsuDeviceEvent }
  /** For the frame log. `hex`: the whole frame as on the link. */
  | {
      readonly do: 'frame'
      readonly direction: 'in' | 'out'
      readonly type: string
      readonly hex: string
      readonly decoded: FrameValue | null
    }
  | {
      readonly do: 'discarded'
      readonly count: number
      readonly reason: DiscardReason | 'unknownType' | 'length'
    }

export function rsuCapabilities(
  variant: RsuVariantId,
  override: VariantOverride | null = null,
): RsuCapabilities {
  const { capabilities, timing } = rsuVariant(variant, false, override).table
  return {
    proofFetch: capabilities.proofFetch,
    rereadSilenceMs: timing.rereadSilenceMs,
    resultTimeMs: timing.resultTimeMs,
  }
}

export function startRsuDriver(config: RsuDriverConfig): RsuDriverState {
  const { table } = rsuVariant(config.variant, false, config.override)
  const misfit = misfits(table, config.settings)[0]
  must(misfit === undefined, `setting ${misfit} is known and in range`)
  return {
    config: { ...config, settings: { ...usualSettings(table), ...config.settings } },
    configuring: null,
    phase: 'down',
    meeting: null,
    announced: 'nothing',
    framing: emptyFraming,
    interByteSet: false,
    searchWanted: false,
    psamTries: 0,
    psamAuth: null,
    identity: null,
    c0Tries: 0,
    c0Day: 0,
    refreshing: false,
    graceOn: false,
    antennaTries: 0,
    asking: false,
    switchAnswer: { kind: 'unknown', heartbeats: 0, byStatus: false },
    beat: noBeat,
    silentBefore: false,
    antennaReported: nothingReported,
    txSeq: 0,
    rxSeq: 0x08,
    lastSeq: 0x08,
    count: noCount,
    psamTerminals: [],
    heartbeatFault: '',
    recent: [],
    answer: null,
    rounds: { obuId: '', count: 0 },
    deal: null,
    open: null,
    unanswered: [],
    counters: [],
    psamLast: null,
    usedIds: new Set(),
    proof: null,
    proofLate: null,
  }
}
