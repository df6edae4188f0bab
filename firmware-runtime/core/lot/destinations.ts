// The platforms that a lot speaks to, as one list (table G.1): each with what it is for, what it is told, and how it is reached.
// The keys of lot.json are rows of it; whoever acts on one goes over the list.
import type { ToldKind } from '../values/destination-members.ts'
import type { BatchKind, DestinationName } from '../values/rows/ledger-row.ts'
import { channelNames, toldTo } from '../values/destination-members.ts'
import type { ChannelName, PlatformConfig } from './config.ts'

interface DestinationRow<Id extends ChannelName> {
  readonly id: Id
  /** What table G.1 gives it beside charges; its lot may say fewer. */
  readonly told: readonly ToldKind[]
  /**
   * Charges, refunds, exceptions, the daily sign-in, the status list, its single check and what a driver says: tables F.1 and I.1,
   * and 5.2.3, have them at the expansion platform alone.
   */
  readonly charges: boolean
  /** Plans of shifts come from it (G.1, row 2). */
  readonly shifts: boolean
  /** The running configuration comes from it (G.1, row 3). */
  readonly configuration: boolean
  /** In whose name an hour or a bill of it differs in the books; null: it has neither. */
  readonly means: 'etc' | 'operator' | null
}

const all = {
  platform: { charges: true, shifts: false, configuration: false, means: 'etc' },
  operator: { charges: false, shifts: true, configuration: false, means: 'operator' },
  etcOperator: { charges: false, shifts: false, configuration: true, means: null },
} as const satisfies Record<ChannelName, Omit<DestinationRow<ChannelName>, 'id' | 'told'>>

/** All that a lot may name, in the order in which they are opened. */
export const destinationRows: readonly DestinationRow<ChannelName>[] = channelNames.map((id) => ({
  id,
  told: toldTo[id],
  ...all[id],
}))

/** Records go to it, so rows of the ledger name it. */
export const recordDestinations = destinationRows.filter(
  (row): row is DestinationRow<DestinationName> => row.told.length > 0,
)

const isBatched = (kind: ToldKind): kind is BatchKind => kind !== 'shift' && kind !== 'monitoring'

/** What of it has hourly batches (rows 6, 8, 11 and 13). */
export const batchedOf = ({ told }: Pick<DestinationRow<ChannelName>, 'told'>) =>
  told.filter(isBatched)

/** In whose name the books say what differs at a destination. */
export const meansOf = (destination: string): 'etc' | 'operator' =>
  destinationRows.find(({ id }) => id === destination)?.means ?? 'etc'

interface Destination<Id extends ChannelName = ChannelName> extends DestinationRow<Id> {
  /** `later`: named, and not joined yet; what is for it waits. */
  readonly link: PlatformConfig | 'later'
}

interface JoinedDestination extends Destination {
  readonly link: PlatformConfig
}

/** Where a lot file says what of its platforms; a form has members that are not there yet. */
type Named = {
  readonly [Id in ChannelName]?: PlatformConfig | 'later' | null | undefined
}

const namedIn = <Id extends ChannelName>(
  rows: readonly DestinationRow<Id>[],
  lot: Named,
): readonly Destination<Id>[] =>
  rows.flatMap((row) => {
    const link = lot[row.id] ?? null
    return link === null ? [] : [{ ...row, link }]
  })

/** Those that this one names. */
export const destinationsOf = (lot: Named): readonly Destination[] => namedIn(destinationRows, lot)

const isJoined = (one: Destination): one is JoinedDestination => one.link !== 'later'

/** Those that it has joined. */
export const joinedDestinations = (lot: Named): readonly JoinedDestination[] =>
  destinationsOf(lot).filter(isJoined)

/** How a destination is reached; null where the lot has no such connection. */
export const linkOf = (lot: Named, destination: string): PlatformConfig | null =>
  joinedDestinations(lot).find(({ id }) => id === destination)?.link ?? null

const toldOf = ({ told, link }: Pick<Destination, 'told' | 'link'>): readonly ToldKind[] => {
  const { records = told } = link === 'later' ? {} : link
  return told.filter((kind) => records.includes(kind))
}

/** Who is told of this kind (P15, P19 to P21). */
export const takersOf = (lot: Named, kind: ToldKind): readonly DestinationName[] =>
  namedIn(recordDestinations, lot)
    .filter((one) => toldOf(one).includes(kind))
    .map(({ id }) => id)

/** Where charges go; it has each exit as its charge. */
export const takesCharges = (destination: ChannelName): boolean => all[destination].charges

/** Who has hourly batches: of all its kinds, or of these alone. */
export const batchesTo = (lot: Named) =>
  namedIn(recordDestinations, lot).flatMap((one) => {
    const kinds = batchedOf({ told: toldOf(one) })
    if (kinds.length === batchedOf(one).length) return [one.id]
    return kinds.map((kind) => `${one.id} ${kind}` as const)
  })
