// The hourly batches for which the hours of a lot ask (table G.1, rows 6, 8, 11 and 13; P20): one for each hour from the
// start that named the destination, also for an hour without cars, and each with all records of its hour.
import { graceMs, hourMs, hourOf } from '#base/pure/values/batch-hours.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { changedAccounts, type PlatformAccount } from '#base/pure/values/platform-account.ts'
import type { ChannelName } from '#base/pure/lot/destination-members.ts'
import type { BatchKind, DestinationName, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { batchOf } from './asked-records.ts'
import { bootsOf, names, type Boots } from './destinations-at.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { rowEvidence, type Wrong } from './item.ts'
import { ofKind, type RowOf } from './transactions.ts'

/** Between two looks at the hours that are over. */
const lookMs = minuteMs
/** A batch made that long after it was due is late (assumed): a start, and a clock that was set, come first. */
const lateBatchMs = hourMs

interface Stretch {
  readonly fromHourMs: InstantMs
  readonly untilMs: InstantMs
}

type Accounts = ReadonlyMap<ChannelName, PlatformAccount>
const accountsOf = ({ body }: RowOf<'boot'>): Accounts =>
  new Map(Object.entries(body.accounts ?? {}) as (readonly [ChannelName, PlatformAccount])[])

/** A start at which another platform took the place of the one before. */
const isChanged = (
  before: RowOf<'boot'>,
  boot: RowOf<'boot'>,
  destination: DestinationName,
): boolean => changedAccounts(accountsOf(before), boot.body.accounts).includes(destination)

/** The times in which the lot named this destination without a change of its platform. */
function stretchesOf(facts: AcceptanceFacts, destination: DestinationName): readonly Stretch[] {
  const { rows, nowMs, fromMs } = facts
  const [first] = rows
  if (first === undefined) return []
  const boots = bootsOf(facts)
  const wholeMs = hourOf(Math.max(fromMs, first.atMs) + hourMs - 1)
  const found: Stretch[] = []
  let openMs: InstantMs | null = boots.some(({ seq }) => seq <= first.seq) ? null : wholeMs
  for (const [i, boot] of boots.entries()) {
    const before = boots[i - 1]
    const isNamed = names(boot, destination) !== false
    const isOther = before !== undefined && isChanged(before, boot, destination)
    if (openMs !== null && (!isNamed || isOther)) {
      found.push({ fromHourMs: openMs, untilMs: boot.atMs })
      openMs = null
    }
    if (isNamed && openMs === null) openMs = boot.seq < first.seq ? wholeMs : hourOf(boot.atMs)
  }
  if (openMs !== null) found.push({ fromHourMs: openMs, untilMs: nowMs })
  return found.map((one) => ({
    ...one,
    fromHourMs: Math.max(one.fromHourMs, hourOf(fromMs - 1) + hourMs, 0),
  }))
}

/** When the batch of an hour has to be queued: a lot that was off makes it soon after its next start. */
function dueMs(hour: InstantMs, boots: Boots, beforeSeq = Infinity): InstantMs {
  const endMs = hour + hourMs
  const later = boots.findLast(({ atMs, seq }) => atMs > endMs && seq < beforeSeq)
  return Math.max(endMs + graceMs, later?.atMs ?? 0) + lookMs
}

interface Line {
  readonly destination: DestinationName
  readonly kind: BatchKind
}

type BatchRow = RowOf<'outbox'>

const batchesOf = (rows: readonly BatchRow[], { destination, kind }: Line): readonly BatchRow[] =>
  rows.filter(({ body }) => body.destination === destination && body.batch?.kind === kind)

const hourWords = (hour: InstantMs): string => isoOf(hour).slice(0, 13)

function hourFaults(
  facts: AcceptanceFacts,
  line: Line,
  made: readonly BatchRow[],
  waitMs: number,
  words: Pick<Wording, 'what' | 'party'>,
): readonly Wrong[] {
  const boots = bootsOf(facts)
  const byHour = Map.groupBy(made, ({ body }) => body.batch?.fromMs ?? 0)
  const { what, party } = words
  return stretchesOf(facts, line.destination).flatMap(({ fromHourMs, untilMs }) => {
    const wrong: Wrong[] = []
    for (let hour = fromHourMs; dueMs(hour, boots) + waitMs <= untilMs; hour += hourMs) {
      const [row] = byHour.get(hour) ?? []
      const at = hourWords(hour)
      if (row === undefined)
        wrong.push({
          assertion: 'neverQueued',
          words: t(
            `${party.zh}:${at} 时没有${what.zh}`,
            `${party.en}: none for the hour of ${at}: ${what.en}`,
          ),
          evidence: [],
        })
      else if (row.atMs > dueMs(hour, boots, row.seq) + lateBatchMs)
        wrong.push({
          assertion: 'queuedLate',
          words: t(
            `${party.zh}:${at} 时的${what.zh}到 ${isoOf(row.atMs)} 才生成`,
            `${party.en}: that of the hour of ${at} was made at ${isoOf(row.atMs)} only: ${what.en}`,
          ),
          evidence: [rowEvidence(row)],
        })
    }
    return wrong
  })
}

/** When a record became one of its hour: a charge with its payment, any other with its row. */
function countedAt(row: BatchRow, paidSeq: ReadonlyMap<string, number>) {
  const { counted, op } = row.body
  const hour = hourOf(counted?.atMs ?? row.atMs)
  const seq = op === 'charge' ? paidSeq.get(row.deductionId ?? '') : row.seq
  return seq === undefined ? null : { hour, seq }
}

/** The row with which each charge was paid. */
const paidSeqs = (rows: readonly LedgerRow[]): ReadonlyMap<string, number> =>
  new Map(
    ofKind(rows, 'outcome')
      .filter(({ body }) => body.state === 'paid')
      .map(({ deductionId = '', seq }) => [deductionId, seq]),
  )

/** A record that no batch of its closed hour counts, although a later batch of that line was made. */
function lackFaults(
  facts: AcceptanceFacts,
  { destination, kind }: Line,
  made: readonly BatchRow[],
  { what, party }: Pick<Wording, 'what' | 'party'>,
): readonly Wrong[] {
  const seqs = new Set(made.flatMap(({ body }) => body.batch?.seqs ?? []))
  const hours = new Set(made.map(({ body }) => body.batch?.fromMs))
  const lastSeq = made.at(-1)?.seq ?? 0
  const paidSeq = paidSeqs(facts.rows)
  return ofKind(facts.rows, 'outbox').flatMap((row): readonly Wrong[] => {
    const { resends, replaces, batch, destination: to } = row.body
    if (to !== destination || batch !== undefined || batchOf(row, facts) !== kind) return []
    if (resends !== undefined || replaces !== undefined || seqs.has(row.seq)) return []
    const own = countedAt(row, paidSeq)
    if (own === null || own.seq > lastSeq || !hours.has(own.hour)) return []
    const no = row.body.businessNo
    return [
      {
        assertion: 'notCounted',
        words: t(
          `${party.zh}:${hourWords(own.hour)} 时的${what.zh}没有计入 ${no}`,
          `${party.en}: that of the hour of ${hourWords(own.hour)} does not count ${no}: ${what.en}`,
        ),
        evidence: [rowEvidence(row)],
      },
    ]
  })
}

interface Wording {
  readonly what: BilingualText
  readonly party: BilingualText
}

/** Hours without their batch, batches that were made late, and records that no batch of their hour counts. */
export function batchFaults(
  facts: AcceptanceFacts,
  line: Line,
  waitMs: number,
  words: Wording,
): readonly Wrong[] {
  const made = batchesOf(ofKind(facts.rows, 'outbox'), line)
  return [...hourFaults(facts, line, made, waitMs, words), ...lackFaults(facts, line, made, words)]
}
