// Configuration of a lot from lot.json: lanes, devices, money policy and platform; the types derive from its declarations.
// The checks of the file are lane/lot/files/lot-file.ts; core only sees this checked value.
import type { Filed } from './member.ts'
import { heldUnder, standardsUnder, type SettingsUnder } from './lot-settings.ts'
import type { MatchRule } from '../plates/plate-match.ts'
import type { lotMembers } from './lot-members.ts'
import type { ChannelName, destinationRows, platformRow } from './destination-members.ts'

type Lot = Filed<typeof lotMembers>
type Of<K extends keyof Lot> = NonNullable<Lot[K]>
type Each<K extends keyof Lot> = Of<K> extends readonly (infer E)[] ? E : never
type LaneFiled = Each<'lanes'>

export type LaneDirection = LaneFiled['direction']
export type OfflinePolicy = Lot['offline']

/** The part of a lane that its device drivers need: a workbench has links like a lane, and no layout. */
export type LaneLinks = Omit<LaneFiled, 'layout' | 'siting'>

export interface LaneConfig extends Omit<LaneFiled, 'layout'> {
  /** Own layout, or that of the lot. */
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
export interface LotLinks extends Pick<Lot, 'spaces' | 'printers' | 'scanners' | 'streets'> {
  readonly lanes: readonly LaneLinks[]
}

/** A board that shows free spaces. */
export type BoardConfig = Each<'boards'>

export type SensorConfig = NonNullable<LaneFiled['sensors']>[number]

/** Limits of `accept-within-caps` and of every offline debit (design.md 4.7, D.2 rule 11). */
export type OfflineCaps = SettingsUnder<'caps'>

/** Connection of a destination; one without records has fewer members. */
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

/** Receiver of a signed POST when the attendant is called. */
export type HelpHookConfig = NonNullable<Of<'help'>['hook']>
export type HelpButton = NonNullable<Of<'help'>['buttons']>[number]

/** The platform that takes reservations of the lot's bays and receives its events (ledger/pure/platforms/shenzhen). */
export type ReservationConfig = Of<'reservation'>

/** Interface to the billing systems of other makers. */
export type PublishedConfig = Of<'published'>

/** Automatic maintenance of an unattended data folder (ledger/pure/lot/upkeep.ts). */
export type UpkeepConfig = SettingsUnder<'upkeep'>
/** Default for lot files without these settings. */
export const standardUpkeep: UpkeepConfig = standardsUnder('upkeep')

/** A report made automatically after the end of each day or month. */
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

/** Rule for the automatic correction of plates, with defaults for members that the lot file lacks. */
export const matchRuleOf = ({ plateMatch }: Pick<LotConfig, 'plateMatch'>): MatchRule =>
  heldUnder('plateMatch', plateMatch)

/** The area that a lane leads into, or null. */
export const areaOf = ({ lanes }: Pick<LotConfig, 'lanes'>, laneId: string): string | null =>
  lanes.find(({ id }) => id === laneId)?.area ?? null

/** The areas that entry lanes lead into. */
export const areasOf = (config: Pick<LotConfig, 'lanes'>): readonly string[] => [
  ...new Set(
    config.lanes.flatMap(({ direction, area }) => (direction === 'entry' ? (area ?? []) : [])),
  ),
]

/** The upkeep of a lot, with the standard where its file says nothing. */
export const upkeepOf = ({ upkeep }: Pick<LotConfig, 'upkeep'>): UpkeepConfig =>
  heldUnder('upkeep', upkeep)
