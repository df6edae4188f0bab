// What a lot is: its lanes, devices, money policy and platform, as read from lot.json.
// The schema that checks the file is app/lot/lot-file.ts; core only sees this checked value.
import type { SensorKind, SensorRole } from './sensor.ts'
import type { LaneSiting } from './siting-measures.ts'
import type { PlaceConfig } from '../place/place.ts'
import type { ReportKind } from '../billing/report.ts'
import type { OnRecord } from './lot-facts.ts'
import type { ChargeMode } from '../values/rows/ledger-row.ts'
import type { SuiteName } from '../values/suite.ts'
import {
  heldUnder,
  standardsUnder,
  type FiledSettings,
  type FiledUnder,
  type SettingsUnder,
} from '../values/lot-settings.ts'
import type { MatchRule } from '../values/plates/plate-match.ts'

export type LaneDirection = 'entry' | 'exit'
export type OfflinePolicy = 'other-payment' | 'settle-later' | 'accept-within-caps'

/** What is known to those who drive its devices: a bench has links as a lane has, and no layout. */
export interface LaneLinks {
  /** `entry`, `exit` or any word of a-z 0-9 and dashes; unique in the lot. */
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly direction: LaneDirection
  /** Link URL of contract.md section 3, or null when the lane has no such device (8.1.1.1). */
  readonly rsu: string | null
  readonly camera: string | null
  readonly barrier: string | null
  readonly display: string | null
  /** Of an exit in a reused lane: the entry whose boom and loops are its own as well (7.1.3). */
  readonly sharesBarrierOf?: string | undefined
  /**
   * Terminal numbers (12 hex) of PSAMs that the issuer authorised, as people know it from paper: for
   * antennas whose frames do not tell. What an antenna tells of its PSAM stands above this.
   */
  readonly psams?: readonly string[] | undefined
  /** Loops and radars with links of their own; what is not named is as the barrier is wired. */
  readonly sensors?: readonly SensorConfig[] | undefined
  /** Part of the lot that it leads into: a tariff may have other prices there. */
  readonly area?: string | undefined
  /** A pile or handheld: an antenna without a lane, that charges cars inside the lot. */
  readonly place?: PlaceConfig | undefined
}

export interface LaneConfig extends LaneLinks {
  /** Clause of its layout, of the table of core/lane/layouts. */
  readonly layout: string
  /** Where its things stand, as measured; absent: nobody has. */
  readonly siting?: LaneSiting | undefined
}

/** Sensors below parking spaces, by the way their reports come. */
export interface SpaceSource {
  /** `a-z 0-9 -`, unlike that of any lane. */
  readonly id: string
  readonly link: string
  /** Space by device. */
  readonly spaces: Readonly<Record<string, string>>
  readonly heartbeatMin?: number | undefined
}

export type DrawerPin = 'pin2' | 'pin5'

/** Prints receipts; of the whole lot where it names no lanes. */
export interface PrinterConfig {
  /** `a-z 0-9 -`. */
  readonly id: string
  readonly link: string
  readonly lanes?: readonly string[] | undefined
  /** `always`: for every car that paid, as its barrier opens. */
  readonly prints: 'asked' | 'always'
  /** What stands on the paper; the code has the plate either way. */
  readonly plate: 'whole' | 'masked' | 'none'
  /** A cash drawer hangs on it, at this pin of its socket. */
  readonly drawer?: DrawerPin | undefined
}

/** Reads payment codes that drivers show at an exit. */
export interface ScannerConfig {
  /** `a-z 0-9 -`. */
  readonly id: string
  readonly link: string
  readonly lane: string
}

/** Everything of a lot that is a link. */
export interface LotLinks {
  readonly lanes: readonly LaneLinks[]
  /** Absent where nothing looks at single spaces. */
  readonly spaces?: readonly SpaceSource[] | undefined
  readonly printers?: readonly PrinterConfig[] | undefined
  readonly scanners?: readonly ScannerConfig[] | undefined
}

export interface SensorConfig {
  readonly kind: SensorKind
  readonly role: SensorRole
  readonly link: string
}

/** Limits of `accept-within-caps` and of every offline debit (design.md 4.7, D.2 rule 11). */
export type OfflineCaps = SettingsUnder<'caps'>

export interface PlatformConfig {
  /** `https://host:port`. */
  readonly url: string
  readonly caFile: string
  readonly certDir: string
  readonly appId: string
  /** Algorithms of signatures, files and fields (P7); absent: the national ones. */
  readonly suite?: SuiteName | undefined
  /** Plates, card and OBU numbers go sealed (P8); absent: as the province says. */
  readonly encryptVehicleIds?: boolean | undefined
  /** Records of the backlog that it takes in a minute; absent: 90. */
  readonly pacePerMin?: number | undefined
  /** From so many unsent card-side records on they go in sealed files by themselves; absent: when a person says so. */
  readonly filesFrom?: number | undefined
}

/** Takes money for cars that ETC could not charge (docs/payment-port.md). */
export interface GatewayConfig {
  /** `https://host:port`. */
  readonly url: string
  /** Null: the authorities of this machine. */
  readonly caFile: string | null
  readonly merchantNo: string
  /** Name of the sealed secret that holds its keys. */
  readonly secret: string
}

/** Platforms of a lot: of charges, of its operator, and of the ETC operator. */
export type ChannelName = 'platform' | 'operator' | 'etcOperator'

/**
 * Where charges go. `later`: the lot has not joined a platform yet; its uploads are made from birth and
 * wait. Null: nowhere, so no card is ever charged.
 */
type Destination = PlatformConfig | 'later' | null

/** The platform that the lot has joined, or null. */
export const joinedPlatform = ({
  platform,
}: {
  readonly platform: Destination
}): PlatformConfig | null => (platform === 'later' ? null : platform)

/** Is told by a signed POST when a person is called. */
export interface HelpHookConfig {
  readonly url: string
  /** Null: the authorities of this machine. */
  readonly caFile: string | null
  /** Name of the sealed secret that holds its key. */
  readonly secret: string
}

export interface HelpButton {
  readonly lane: string
  readonly link: string
}

/** Takes reservations of the lot's bays, and is told what happens in it (platforms/shenzhen). */
export interface ReservationConfig {
  /** `mqtts://host:port`; `mqtt:` on this machine alone. */
  readonly broker: string
  /** `https://host:port`: the same messages while the broker is out of reach. Absent: they wait. */
  readonly url?: string | undefined
  /** Null: the authorities of this machine. */
  readonly caFile: string | null
  readonly appId: string
  readonly parkCode: string
  /** Name of the sealed secret that both sides sign with. */
  readonly secret: string
  /** Bays that it may reserve. */
  readonly spaces: number
}

interface HelpConfig {
  readonly hook?: HelpHookConfig | undefined
  /** A car that waits longer for a person calls by itself; absent: never. */
  readonly afterSec?: number | undefined
  readonly buttons?: readonly HelpButton[] | undefined
}

/** What a folder that nobody looks at does for itself (core/lot/upkeep.ts). */
export type UpkeepConfig = SettingsUnder<'upkeep'>
/** For every lot file that says nothing else. */
export const standardUpkeep: UpkeepConfig = standardsUnder('upkeep')

/** A report that is made by itself after the end of each day or month. */
export interface ReportPlan {
  readonly report: ReportKind
  readonly every: 'day' | 'month'
  /** `HH:MM` of the lot's own day, after the end of the period. */
  readonly at: string
  /** A folder that is there, whole path. */
  readonly to: string
  readonly formats: readonly ('csv' | 'xlsx' | 'pdf')[]
  /** Chinese where it says nothing. */
  readonly language?: 'zh' | 'en' | undefined
}

/** Where sealed copies of the lot go, each quarter of an hour. */
interface CopiesConfig {
  /** A folder on another disk, a stick or a network drive, whole path; or `sftp://user@host:port/path`. */
  readonly to: string
  /** Of the server of an `sftp:` place, as a person saw it. */
  readonly hostKey?: string | undefined
}

/** Where the time of this lot comes from, beside what the machine does by itself. */
interface TimeConfig {
  /** HOST or HOST:PORT of time servers. */
  readonly servers?: readonly string[] | undefined
  /** Link of a satellite receiver. */
  readonly receiver?: string | undefined
  /** The lanes may move the machine's clock, by little and while they are empty. */
  readonly mayStep?: boolean | undefined
}

/** A listener beyond this machine: its own address, a port that stays, and who may push. */
interface IntakeConfig {
  readonly host: string
  readonly port: number
  /** Addresses or `address/prefix`. */
  readonly allow: readonly string[]
}

export interface LotConfig extends LotLinks, OnRecord, FiledSettings {
  readonly version: 1
  readonly mode: 'demo' | 'production'
  /** parkId of the platform: 1 to 12 of A-Z a-z 0-9. */
  readonly lotId: string
  readonly name: { readonly zh: string; readonly en: string }
  /** 4 digits, for the platform's sign-in (P11). */
  readonly provinceCode: string
  readonly nodeId: string
  /** As the file has it: the layout of those of its lanes that name none. Nothing else reads it. */
  readonly layout?: string | undefined
  readonly chargeMode: ChargeMode
  readonly offline: OfflinePolicy
  readonly caps: OfflineCaps
  /** When a plate is corrected to that of a car inside. */
  readonly plateMatch?: FiledUnder<'plateMatch'> | undefined
  /** Card networks that pay; absent: those of the province. */
  readonly cardNetworks?: readonly string[] | undefined
  readonly lanes: readonly LaneConfig[]
  readonly platform: Destination
  /** Platform of the lot's operator (table G.1, rows 2 and 4 to 14); absent: it has none. */
  readonly operator?: PlatformConfig | undefined
  /** Platform of the ETC operator, which has the running configuration (table G.1, row 3); absent: it has none. */
  readonly etcOperator?: PlatformConfig | undefined
  /** Of the running configuration that was taken last: the program writes it, with what it sets. */
  readonly configVersion?: string | undefined
  /** Plates at exits go to the expansion platform as well (table G.1, row 12). */
  readonly platformRecords?: boolean | undefined
  /** Absent: who is wanted at a lane stands on the board alone. */
  readonly help?: HelpConfig | undefined
  /** Absent: the lot takes no money by code. */
  readonly gateway?: GatewayConfig | undefined
  /** Absent: the lot takes no reservations, and no car is asked for one. */
  readonly reservation?: ReservationConfig | undefined
  /** Path relative to the data folder. */
  readonly tariffFile: string
  /** Where cameras push to; absent: a free port of this machine alone. */
  readonly intake?: IntakeConfig | undefined
  readonly upkeep?: FiledUnder<'upkeep'> | undefined
  /** Absent: nothing is copied beyond this machine. */
  readonly copies?: CopiesConfig | undefined
  /** Absent: reports are made when somebody asks for them. */
  readonly reports?: readonly ReportPlan[] | undefined
  /** Absent: the machine's clock is compared with nothing but the platform's. */
  readonly time?: TimeConfig | undefined
  /** How long a device may be taken over, and a test of it may run. */
  readonly safety?: FiledUnder<'safety'> | undefined
}

/** When a plate is corrected by itself, with the standard where the lot file says nothing. */
export const matchRuleOf = ({ plateMatch }: Pick<LotConfig, 'plateMatch'>): MatchRule =>
  heldUnder('plateMatch', plateMatch)

/** The area that a lane leads into, or null. */
export const areaOf = ({ lanes }: LotConfig, laneId: string): string | null =>
  lanes.find(({ id }) => id === laneId)?.area ?? null

/** The upkeep of a lot, with the standard where its file says nothing. */
export const upkeepOf = ({ upkeep }: Pick<LotConfig, 'upkeep'>): UpkeepConfig =>
  heldUnder('upkeep', upkeep)
