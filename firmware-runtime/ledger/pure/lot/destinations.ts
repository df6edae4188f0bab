// The platforms of a lot as one list (table G.1): each with its purpose, the records it receives, and its connection.
// Each row is a key of lot.json; code that acts on a platform iterates over this list.
import { channelNames, type ToldKind, toldTo } from '#base/pure/lot/destination-members.ts'
import type { BatchKind, DestinationName } from '#base/pure/rows/ledger-row.ts'
import type { ChannelName, PlatformConfig } from '#base/pure/lot/config.ts'

interface DestinationRow<Id extends ChannelName> {
  readonly id: Id
  /** Kinds of records beside charges that table G.1 sends to it; the lot file may name fewer. */
  readonly told: readonly ToldKind[]
  /**
   * Charges, refunds, exceptions, the daily sign-in, the status list with its single query, and driver feedback: tables F.1
   * and I.1, and 5.2.3, place them at the expansion platform alone.
   */
  readonly charges: boolean
  /** Plans of shifts come from it (G.1, row 2). */
  readonly shifts: boolean
  /** The running configuration comes from it (G.1, row 3). */
  readonly configuration: boolean
  /** Name under which the books record differences of its hourly batches or bills; null: it has neither. */
  readonly means: 'etc' | 'operator' | null
}

const all = {
  platform: { charges: true, shifts: false, configuration: false, means: 'etc' },
  operator: { charges: false, shifts: true, configuration: false, means: 'operator' },
  etcOperator: { charges: false, shifts: false, configuration: true, means: null },
} as const satisfies Record<ChannelName, Omit<DestinationRow<ChannelName>, 'id' | 'told'>>

/** All platforms that a lot file may name, in the order in which they are opened. */
export const destinationRows: readonly DestinationRow<ChannelName>[] = channelNames.map((id) => ({
  id,
  told: toldTo[id],
  ...all[id],
}))

/** Platforms that receive records, and are therefore named in ledger rows. */
export const recordDestinations = destinationRows.filter(
  (row): row is DestinationRow<DestinationName> => row.told.length > 0,
)

const isBatched = (kind: ToldKind): kind is BatchKind => kind !== 'shift' && kind !== 'monitoring'

/** Its record kinds with hourly batches (rows 6, 8, 11 and 13). */
export const batchedOf = ({ told }: Pick<DestinationRow<ChannelName>, 'told'>) =>
  told.filter(isBatched)

/** Name under which the books record differences of a destination. */
export const meansOf = (destination: string): 'etc' | 'operator' =>
  destinationRows.find(({ id }) => id === destination)?.means ?? 'etc'

interface Destination<Id extends ChannelName = ChannelName> extends DestinationRow<Id> {
  /** `later`: named but not joined yet; its records wait. */
  readonly link: PlatformConfig | 'later'
}

interface JoinedDestination extends Destination {
  readonly link: PlatformConfig
}

/** The members of a lot file that name platforms; a form may lack some of them. */
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

/** The platforms that this lot names. */
export const destinationsOf = (lot: Named): readonly Destination[] => namedIn(destinationRows, lot)

const isJoined = (one: Destination): one is JoinedDestination => one.link !== 'later'

/** The platforms that this lot has joined. */
export const joinedDestinations = (lot: Named): readonly JoinedDestination[] =>
  destinationsOf(lot).filter(isJoined)

/** Connection of a destination; null where the lot has no such connection. */
export const linkOf = (lot: Named, destination: string): PlatformConfig | null =>
  joinedDestinations(lot).find(({ id }) => id === destination)?.link ?? null

const toldOf = ({ told, link }: Pick<Destination, 'told' | 'link'>): readonly ToldKind[] => {
  const { records = told } = link === 'later' ? {} : link
  return told.filter((kind) => records.includes(kind))
}

/** Destinations that receive this kind (P15, P19 to P21). */
export const takersOf = (lot: Named, kind: ToldKind): readonly DestinationName[] =>
  namedIn(recordDestinations, lot)
    .filter((one) => toldOf(one).includes(kind))
    .map(({ id }) => id)

/** True for the destination of charges, which knows each exit by its charge. */
export const takesCharges = (destination: ChannelName): boolean => all[destination].charges

/** Destinations with hourly batches: of all their kinds, or of the given ones. */
export const batchesTo = (lot: Named) =>
  namedIn(recordDestinations, lot).flatMap((one) => {
    const kinds = batchedOf({ told: toldOf(one) })
    if (kinds.length === batchedOf(one).length) return [one.id]
    return kinds.map((kind) => `${one.id} ${kind}` as const)
  })
