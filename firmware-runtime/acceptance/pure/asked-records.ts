// The records for which the events of the ledger ask (table G.1, rows 4, 5, 7, 10 and 12): a car that came in, a plate that
// was read, an exit that was paid by ETC, a shift that was counted. What the queue holds is no part of it: a record that
// was never queued is missing.
import { isNoTac } from '#base/pure/words/exception-words.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { BatchKind, DestinationName, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { bootsOf, namedAt } from './destinations-at.ts'
import { chargesOf, isPaid, ofKind, type Charge, type RowOf } from './transactions.ts'

export interface AskedRecord {
  /** The event that asks for it. */
  readonly event: LedgerRow
  readonly atMs: InstantMs
  /** Whether this row of the queue is its record. */
  isRecord(row: RowOf<'outbox'>): boolean
}

/** The hourly batch that counts a record; older rows do not name it, and the lane decides. */
export function batchOf(
  { body, laneId }: RowOf<'outbox'>,
  { lanes }: Pick<AcceptanceFacts, 'lanes'>,
): BatchKind | null {
  if (body.counted !== undefined) return body.counted.kind
  const direction = lanes.find((lane) => lane.laneId === laneId)?.direction
  if (body.op === 'entryRecord') return 'entry'
  if (body.op === 'exitRecord' || body.op === 'charge' || body.op === 'exitUpload') return 'exit'
  if (body.op !== 'plateRecord' || direction === undefined) return null
  return direction === 'entry' ? 'entry-plate' : 'exit-plate'
}

interface Stays {
  readonly opened: ReadonlyMap<string, RowOf<'stayOpened'>>
  /** By stay; null: no camera and no person gave a plate. */
  readonly plates: ReadonlyMap<string, string | null>
}

function staysOf({ rows, before }: AcceptanceFacts): Stays {
  const all = [...before, ...rows]
  const opened = new Map(ofKind(all, 'stayOpened').map((row) => [row.stayId ?? '', row]))
  const plates = new Map<string, string | null>()
  for (const [stayId, { body }] of opened) plates.set(stayId, body.plate)
  for (const { stayId = '', laneId, body } of ofKind(all, 'plateRead'))
    if (laneId !== undefined && plates.get(stayId) === null) plates.set(stayId, body.plate)
  return { opened, plates }
}

/** Cars that were seen coming in: not those from a file, and not those found at the exit alone. */
const entriesOf = ({ opened }: Stays): readonly RowOf<'stayOpened'>[] =>
  [...opened.values()].filter(
    ({ laneId, body }) => laneId !== undefined && !body.noEntry && body.imported !== true,
  )

/** A charge whose card gave no TAC cannot be reported: the exception of its order stands in its place. */
function isReportable({ intent, outcome }: Charge, noTac: ReadonlySet<string>): boolean {
  const { source, proof } = outcome?.body ?? {}
  if (source === 'platform') return true
  if (source === 'person' || source === 'lane') return false
  const { tac = null, psamTerminal = null, timeBcd = null } = proof ?? {}
  const isWhole = tac !== null && psamTerminal !== null && timeBcd !== null
  return isWhole || !noTac.has(intent.orderId ?? '')
}

function exitsOf(facts: AcceptanceFacts, destination: DestinationName): readonly AskedRecord[] {
  const noTac = new Set(
    ofKind(facts.rows, 'exception')
      .filter(({ body }) => isNoTac(body.exceptionType) && body.reason !== 'notEncoded')
      .map(({ orderId = '' }) => orderId),
  )
  const ops: readonly string[] =
    destination === 'platform' ? ['charge', 'exitUpload'] : ['exitRecord']
  return chargesOf(facts)
    .filter((charge) => isPaid(charge) && isReportable(charge, noTac))
    .map(({ intent, outcome }) => ({
      event: outcome ?? intent,
      atMs: (outcome ?? intent).atMs,
      isRecord: ({ body, stayId, deductionId }) =>
        ops.includes(body.op) &&
        (deductionId === undefined ? stayId === intent.stayId : deductionId === intent.deductionId),
    }))
}

const plateOf = (
  event: LedgerRow,
  atMs: InstantMs,
  kind: BatchKind,
  facts: AcceptanceFacts,
): AskedRecord => ({
  event,
  atMs,
  isRecord: (row) =>
    row.body.op === 'plateRecord' && row.stayId === event.stayId && batchOf(row, facts) === kind,
})

function leavingPlates(facts: AcceptanceFacts, { plates }: Stays): readonly AskedRecord[] {
  const ids = facts.lanes.flatMap(({ laneId, direction }) => (direction === 'exit' ? [laneId] : []))
  return ofKind(facts.rows, 'stayClosed')
    .filter(
      ({ laneId = '', stayId = '' }) =>
        ids.includes(laneId) && (plates.get(stayId) ?? null) !== null,
    )
    .map((row) => plateOf(row, row.body.leftAtMs, 'exit-plate', facts))
}

function ofCars(
  facts: AcceptanceFacts,
  kind: BatchKind,
  destination: DestinationName,
): readonly AskedRecord[] {
  if (kind === 'exit') return exitsOf(facts, destination)
  const stays = staysOf(facts)
  if (kind === 'exit-plate') return leavingPlates(facts, stays)
  const entries = entriesOf(stays)
  if (kind === 'entry')
    return entries.map((event) => ({
      event,
      atMs: event.body.enteredAtMs,
      isRecord: ({ body, stayId }) => body.op === 'entryRecord' && stayId === event.stayId,
    }))
  return entries
    .filter(({ stayId = '' }) => (stays.plates.get(stayId) ?? null) !== null)
    .map((event) => plateOf(event, event.body.enteredAtMs, kind, facts))
}

/** Each event in the judged period that asks for a record of this kind at this destination, in ledger order. */
export function askedRecords(
  facts: AcceptanceFacts,
  kind: BatchKind,
  destination: DestinationName,
): readonly AskedRecord[] {
  const known = new Set<LedgerRow>(facts.rows)
  const boots = bootsOf(facts)
  return ofCars(facts, kind, destination).filter(
    ({ event, atMs }) =>
      known.has(event) && atMs >= facts.fromMs && namedAt(boots, destination, event.seq) !== false,
  )
}

/** Shifts that ended with a count, or by their plan: each is a record for the operator (P21). */
export function askedShifts(facts: AcceptanceFacts): readonly AskedRecord[] {
  const boots = bootsOf(facts)
  return ofKind(facts.rows, 'book').flatMap((event): readonly AskedRecord[] => {
    const { body } = event
    const isCount = body.row === 'counted' && body.etc !== undefined
    if (!isCount && body.row !== 'planEnded') return []
    if (namedAt(boots, 'operator', event.seq) === false) return []
    const atMs = body.row === 'planEnded' ? body.shift.offMs : event.atMs
    if (atMs < facts.fromMs) return []
    return [{ event, atMs, isRecord: (row) => row.body.op === 'shiftRecord' && row.atMs === atMs }]
  })
}
