// Under which TLS certificates the platforms of a lot answered, from the rows that the lanes wrote when a connection showed a
// new one. A certificate may be in use until the lanes end, so all of a start count as long as that start does.
import type { ChannelPeer } from '#base/pure/data/peer-certificate.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { isSimulatedIssuer } from '#base/pure/lot/simulated.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { UnrecordedCertificate } from '#ledger/pure/past-facts.ts'
import { ofKind, type RowOf } from './transactions.ts'

type Boot = RowOf<'boot'>

export interface PlatformCertificate extends ChannelPeer {
  /** When the lanes first saw it. */
  readonly fromIso: string
  /** Of the platform simulator of this program. */
  readonly simulated: boolean
  /** Further ones of that day have no row. */
  readonly isLast?: true
}

/** Rows of a ledger, in its order. */
export interface RecordedStarts {
  /** A ledger without any has no row of a car. */
  readonly boots: readonly Boot[]
  /** Of platform certificates. */
  readonly events: readonly LedgerRow[]
}

/** The start that wrote a row; undefined: none of these. `boots` in ledger order. */
const startOf = (boots: readonly Boot[], { nodeId, seq }: LedgerRow): Boot | undefined =>
  boots.findLast((boot) => boot.nodeId === nodeId && boot.seq < seq)

const nameOf = ({ channel, host, fingerprint }: ChannelPeer): string =>
  `${channel} ${host} ${fingerprint}`

/** The certificates that were recorded in these starts, each once. */
export function certificatesOf(
  starts: readonly Boot[],
  events: readonly LedgerRow[],
): readonly PlatformCertificate[] {
  const found = new Map<string, PlatformCertificate>()
  for (const row of ofKind(events, 'event')) {
    const { peer } = row.body
    if (peer === undefined || startOf(starts, row) === undefined) continue
    const before = found.get(nameOf(peer)) ?? {
      ...peer,
      fromIso: isoOf(row.atMs),
      simulated: isSimulatedIssuer(peer.issuer),
    }
    found.set(nameOf(peer), peer.isLast === true ? { ...before, isLast: true } : before)
  }
  return [...found.values()]
}

/** `rows`: of the judged period. Rows of earlier versions name no certificate. */
export function unrecordedOf(
  { boots, events }: RecordedStarts,
  rows: readonly LedgerRow[],
): readonly UnrecordedCertificate[] {
  const sentTo = new Map(
    ofKind(rows, 'outbox').map(({ body }) => [body.outboxId, body.destination]),
  )
  const seen = Map.groupBy(
    ofKind(events, 'event'),
    (row) => `${row.body.peer?.channel} ${startOf(boots, row)?.seq}`,
  )
  // After the last row of a day the server may show any certificate.
  const isRecorded = (channel: string, start: Boot, { seq }: LedgerRow): boolean => {
    const own = seen.get(`${channel} ${start.seq}`)
    return own !== undefined && own.findLast((row) => row.seq < seq)?.body.peer?.isLast !== true
  }
  const found = new Map<string, UnrecordedCertificate>()
  for (const row of ofKind(rows, 'outboxState')) {
    const channel = sentTo.get(row.body.outboxId)
    if (row.body.state !== 'confirmed' || channel === undefined || found.has(channel)) continue
    const start = startOf(boots, row)
    if (start !== undefined && !isRecorded(channel, start, row))
      found.set(channel, { channel, fromIso: isoOf(start.atMs) })
  }
  return [...found.values()]
}
