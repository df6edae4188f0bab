// State, events and effects of the RSU driver: a pure machine, one for every variant.
// Nothing here reads a clock: business time comes in every event, waiting is by named timers.
import type { RsuCapabilities, RsuCommand, RsuEvent, SealedVehicle } from '../../core/etc/rsu.ts'
import type { ObuInfo, VehicleInfo } from '../../core/etc/rsu.ts'
import type { SettingMove } from '../../core/configure/migrate.ts'
import type { DeviceSettings } from '../../core/configure/setting.ts'
import type { RsuDeviceEvent, RsuIdentity } from '../../core/etc/rsu-device.ts'
import type { Fen } from '../../core/values/fen.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { must } from '../../core/values/must.ts'
import type { LinkEffect, LinkEvent } from '../driver.ts'
import { emptyFraming } from './framing.ts'
import type { DiscardReason, FramingState } from './framing.ts'
import { misfits, usualSettings } from './settings.ts'
import type { FrameValue } from './table-types.ts'
import type { VariantOverride } from './variant-override.ts'
import { rsuVariant } from './variants.ts'
import type { RsuVariantId } from './variants.ts'

/** What is known of the settings before the first C0, which carries them all (ADR 41). */
interface RsuContact {
  /** False: nobody on this computer knows what the antenna has. */
  readonly known: boolean
  /** Where the antenna does not tell: wait for a person, or write the settings above and say so. */
  readonly unknown: 'ask' | 'write'
  /** Step 0 is also what an antenna tells that was never set: only a bench takes it for its own. */
  readonly adoptsZero: boolean
  /** Version of the firmware that the settings are counted for, hex; empty: not known. */
  readonly firmware: string
  readonly moves: readonly SettingMove[]
  /** For what another firmware cannot be told. */
  readonly initial: DeviceSettings
}

export interface RsuDriverConfig {
  readonly variant: RsuVariantId
  readonly laneMode: 'entry' | 'exit'
  /** By id of the table's settings; what is not there has its usual value. */
  readonly settings: DeviceSettings
  /** The device takes local time as if it were UTC (rsu-interface.md section 9 row 11). */
  readonly utcOffsetQuirk: boolean
  readonly tolerateUnescapedBcc: boolean
  readonly link: 'serial' | 'tcp'
  /** Null: the variant's own. */
  readonly heartbeatLossMs: number | null
  /** What this device does otherwise than the variant; without problems (variant-with.ts). */
  readonly override: VariantOverride | null
  readonly contact: RsuContact
}

/** Known settings, counted for whatever firmware is there. */
const knownContact: RsuContact = {
  known: true,
  unknown: 'write',
  adoptsZero: false,
  firmware: '',
  moves: [],
  initial: {},
}

/** Values of rsu-interface.md that most sites keep. */
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
  /** A heartbeat that tells the power comes every ten seconds (1.2.3). */
  meetMs: 12_000,
  c0WaitMs: 3000,
  c0Tries: 3,
  /** After a device that reports a fault of its own. */
  c0FaultWaitMs: 10_000,
  antennaWaitMs: 1000,
  antennaTries: 2,
  /** A searching antenna that says nothing for this long is asked whether it is there. */
  quietMs: 2000,
  /** So many heartbeats in a row within the second of a switch are no chance: one comes every ten. */
  heartbeatsInAnswer: 3,
  /** Intervals of heartbeats that are told apart, with some slack: 5 s, 10 s, more, up to a minute (2.2). */
  beatMs: [6_500, 12_000, 25_000, 66_000] as readonly number[],
  beatsToLearn: 3,
  /** C0 to one whose heartbeat is overdue, before its link is dropped. */
  beatAsks: 2,
  nextFrameMs: 2000,
  b5WaitMs: 2000,
  proofWaitMs: 2000,
  proofTries: 3,
  /** The RSU gives up one second after B4: no C6 leaves later than this. */
  answerMs: 900,
  /** The RSU repeats an unanswered frame three times, 120 ms apart. */
  repeatWindowMs: 500,
  roundsMax: 3,
  roundsResetMs: 10_000,
  /** B0 answers to the power-up frames may trail behind the first one. */
  b0GraceMs: 3000,
  usedIdsMax: 4096,
  unansweredMax: 8,
  countersMax: 64,
  recentMax: 8,
} as const

/** The timers that forget a frame of the last moments, one for each that is kept. */
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

/** A C6 that left. It is kept until its B5 said paid or unpaid. */
export interface SentDebit {
  readonly deductionId: string
  readonly obuId: string
  readonly issuerHex: string
  readonly cardNo: string
  readonly cardType: number
  readonly amountFen: Fen
  readonly balanceBeforeFen: Fen
  readonly timeBcd: string
  /** Terminal and counter of the debit right before, where its result told them. */
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

/** A frame that may still be repeated: a timer of its own forgets it, whatever follows it. */
interface RecentFrame {
  readonly key: string
  readonly slot: number
}

export interface RsuDriverState {
  readonly config: RsuDriverConfig
  /** New settings are on their way to the device; `before` come back when it does not take them. */
  readonly configuring: { readonly id: string; readonly before: RsuDriverConfig } | null
  /** `meeting`: nothing that sets the antenna is sent before it told its settings or a person did. */
  readonly phase: 'down' | 'meeting' | 'starting' | 'up'
  readonly meeting: Meeting | null
  readonly announced: 'nothing' | 'up' | 'down'
  readonly framing: FramingState
  readonly interByteSet: boolean
  readonly searchWanted: boolean
  /** Times the PSAM was asked for since the start; 0 when nothing is awaited. */
  readonly psamTries: number
  /** The step of a PSAM's authorisation that is under way. */
  readonly psamAuth: { readonly terminal: string; readonly step: 'random' | 'apply' } | null
  /** As B0 told it last. */
  readonly identity: RsuIdentity | null
  readonly c0Tries: number
  /** Business day of the last C0, so that the RSU clock is set anew each day. */
  readonly c0Day: number
  /** C0 was sent to a running RSU: the day changed. */
  readonly refreshing: boolean
  readonly graceOn: boolean
  readonly antennaTries: number
  /** The switch on its way only asks a searching antenna whether it is there. */
  readonly asking: boolean
  readonly switchAnswer: SwitchAnswer
  readonly beat: Beat
  /** Its link was dropped for its silence to a switch, and C0 is not answered yet. */
  readonly silentBefore: boolean
  /** Which word of a heartbeat about the antenna can be believed: one that said "on" before. */
  readonly antennaReported: {
    readonly inHeartbeat: boolean
    /** The heartbeat that answers the switch itself. */
    readonly inAnswer: boolean
  }
  readonly txSeq: number
  /** RSCTL of the last frame that is not a heartbeat: the next one of ours carries it swapped. */
  readonly rxSeq: number
  readonly lastSeq: number
  readonly psamTerminals: readonly string[]
  /** What the last heartbeat said was wrong; empty when all was well. */
  readonly heartbeatFault: string
  /** Information frames of the last moments, oldest first, and what answered the newest of them. */
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
  /** Counters of the last results that were paid, newest last, one of each card. */
  readonly counters: readonly ReportedCounters[]
  /** Of the last C6, once its result told them; null while nobody knows. */
  readonly psamLast: ReportedPsam | null
  readonly usedIds: ReadonlySet<string>
  readonly proof: {
    readonly obuId: string
    readonly cardSerial: number
    readonly tries: number
  } | null
  /** The last C8 that got no B8 in its time, with the C6 that it was asked for, if that is known. */
  readonly proofLate: {
    readonly obuId: string
    readonly cardSerial: number
    readonly deductionId: string | undefined
  } | null
}

/** What this antenna says to a switch. Of one that has answered, silence to two of them is a fault. */
interface SwitchAnswer {
  /** `silent`: it was alive and said nothing. A heartbeat may come by itself: it takes several. */
  readonly kind: 'unknown' | 'silent' | 'heartbeat' | 'word'
  readonly heartbeats: number
  /** It has answered one with B0, which after a restart it also says by itself. */
  readonly byStatus: boolean
}

/** What is learned of the heartbeat's interval (driver-beat.ts). */
interface Beat {
  /** Of `limits.beatMs`. */
  readonly step: number
  /** Heartbeats in a row that came within it. */
  readonly inRow: number
  /** Nothing was said since the last heartbeat that would make this interval another one. */
  readonly whole: boolean
  /** Something else was heard meanwhile. */
  readonly words: boolean
}

interface Meeting {
  /** What a heartbeat tells is taken over. */
  readonly adopts: boolean
  readonly heard: boolean
  /** The heartbeat that should have told has not come in its time. */
  readonly late: boolean
  readonly asked: boolean
}

export type RsuDriverEvent = { readonly businessNowMs: InstantMs } & LinkEvent<RsuCommand>

export type RsuDriverEffect =
  | LinkEffect<RsuEvent>
  /** What the device says of itself: for people, not for lanes. */
  | { readonly do: 'device'; readonly event: RsuDeviceEvent }
  /** For the frame log. `hex` is the whole frame as it is on the link. */
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
