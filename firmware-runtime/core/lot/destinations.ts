// The platforms that a lot speaks to, as one list (table G.1): each with what it is for, what it is told, and how it is reached.
// The keys of lot.json are rows of it; whoever acts on one goes over the list.
import type { BatchKind, DestinationName } from '../values/rows/ledger-row.ts'
import type { ChannelName, PlatformConfig } from './config.ts'

interface DestinationRow<Id extends ChannelName> {
  readonly id: Id
  /** Kinds of records that it may be told of, each with an hourly batch (table G.1, rows 6, 8, 11 and 13). */
  readonly kinds: readonly BatchKind[]
}

/** Records go to it, so rows of the ledger name it. */
export const recordDestinations: readonly DestinationRow<DestinationName>[] = [
  { id: 'platform', kinds: ['exit', 'exit-plate'] },
  { id: 'operator', kinds: ['entry', 'entry-plate', 'exit', 'exit-plate'] },
]

/** All that a lot may name, in the order in which they are opened. */
export const destinationRows: readonly DestinationRow<ChannelName>[] = [
  ...recordDestinations,
  { id: 'etcOperator', kinds: [] },
]

interface Destination extends DestinationRow<ChannelName> {
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

/** Those that this one names. */
export const destinationsOf = (lot: Named): readonly Destination[] =>
  destinationRows.flatMap((row) => {
    const link = lot[row.id] ?? null
    return link === null ? [] : [{ ...row, link }]
  })

const isJoined = (one: Destination): one is JoinedDestination => one.link !== 'later'

/** Those that it has joined. */
export const joinedDestinations = (lot: Named): readonly JoinedDestination[] =>
  destinationsOf(lot).filter(isJoined)

/** How a destination is reached; null where the lot has no such connection. */
export const linkOf = (lot: Named, destination: string): PlatformConfig | null =>
  joinedDestinations(lot).find(({ id }) => id === destination)?.link ?? null

/** Who is told of records beside charges (P19): the expansion platform where the lot says so. */
export const recordsTo = (
  lot: Named & { readonly platformRecords?: boolean | undefined },
): readonly DestinationName[] => {
  const named = new Set<string>(destinationsOf(lot).map(({ id }) => id))
  return recordDestinations.flatMap(({ id }) =>
    named.has(id) && (id !== 'platform' || lot.platformRecords === true) ? [id] : [],
  )
}
