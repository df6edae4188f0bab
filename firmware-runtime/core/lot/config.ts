// What a lot is: its lanes, devices, money policy and platform, as read from lot.json: types made of its rows.
// The checks of the file are app/lot/lot-file.ts; core only sees this checked value.
import type { Filed } from '../values/member.ts'
import { heldUnder, standardsUnder, type SettingsUnder } from '../values/lot-settings.ts'
import type { MatchRule } from '../values/plates/plate-match.ts'
import type { lotMembers } from './lot-members.ts'
import type { ChannelName, destinationRows, platformRow } from '../values/destination-members.ts'

type Lot = Filed<typeof lotMembers>
type Of<K extends keyof Lot> = NonNullable<Lot[K]>
type Each<K extends keyof Lot> = Of<K> extends readonly (infer E)[] ? E : never
type LaneFiled = Each<'lanes'>

export type LaneDirection = LaneFiled['direction']
/** What was measured of it; a "should" that is left needs its reason. */
export type LaneSiting = NonNullable<LaneFiled['siting']>
export type OfflinePolicy = Lot['offline']

/** What is known to those who drive its devices: a bench has links as a lane has, and no layout. */
export type LaneLinks = Omit<LaneFiled, 'layout' | 'siting'>

export interface LaneConfig extends Omit<LaneFiled, 'layout'> {
  /** Its own, or that of the lot. */
  readonly layout: string
}

/** Sensors below parking spaces, by the way their reports come. */
export type SpaceSource = Each<'spaces'>

/** Prints receipts; of the whole lot where it names no lanes. */
export type PrinterConfig = Each<'printers'>
export type DrawerPin = NonNullable<PrinterConfig['drawer']>

/** Reads payment codes that drivers show at an exit. */
export type ScannerConfig = Each<'scanners'>

/** Everything of a lot that is a link. */
export interface LotLinks extends Pick<Lot, 'spaces' | 'printers' | 'scanners'> {
  readonly lanes: readonly LaneLinks[]
}

export type SensorConfig = NonNullable<LaneFiled['sensors']>[number]

/** Limits of `accept-within-caps` and of every offline debit (design.md 4.7, D.2 rule 11). */
export type OfflineCaps = SettingsUnder<'caps'>

/** Of each destination; one that takes no records has fewer members. */
export type PlatformConfig = Filed<(typeof platformRow)['members']> &
  Pick<Filed<(typeof destinationRows)['operator']['members']>, 'province'>

/** Takes money for cars that ETC could not charge (docs/payment-port.md). */
export type GatewayConfig = Of<'gateway'>

export type { ChannelName }

/** The platform that the lot has joined, or null. */
export const joinedPlatform = ({
  platform,
}: {
  readonly platform: PlatformConfig | 'later' | null
}): PlatformConfig | null => (platform === 'later' ? null : platform)

/** Is told by a signed POST when a person is called. */
export type HelpHookConfig = NonNullable<Of<'help'>['hook']>
export type HelpButton = NonNullable<Of<'help'>['buttons']>[number]

/** Takes reservations of the lot's bays, and is told what happens in it (platforms/shenzhen). */
export type ReservationConfig = Of<'reservation'>

/** What a folder that nobody looks at does for itself (core/lot/upkeep.ts). */
export type UpkeepConfig = SettingsUnder<'upkeep'>
/** For every lot file that says nothing else. */
export const standardUpkeep: UpkeepConfig = standardsUnder('upkeep')

/** A report that is made by itself after the end of each day or month. */
export type ReportPlan = Each<'reports'>

export interface LotConfig extends Omit<Lot, 'lanes' | ChannelName> {
  readonly lanes: readonly LaneConfig[]
  /**
   * Where charges go. `later`: the lot has not joined a platform yet; its uploads are made from birth and
   * wait. Null: nowhere, so no card is ever charged.
   */
  readonly platform: PlatformConfig | 'later' | null
  readonly operator?: PlatformConfig | undefined
  readonly etcOperator?: PlatformConfig | undefined
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
