// Records sent to a platform, by their kind. The events of the ledger ask for them, at each destination of table G.1: a
// record that was never queued fails, and each queued one is judged by its own states.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { BatchKind } from '#base/pure/rows/ledger-row.ts'
import { batchFaults } from './asked-batches.ts'
import { askedRecords, batchOf, type AskedRecord } from './asked-records.ts'
import { declaredAmong } from './declaration.ts'
import { secondsOf } from './seconds.ts'
import { isTaken } from './accesses.ts'
import type { AcceptanceFacts, AccessFact } from '#ledger/pure/facts.ts'
import { partyWords } from './parties.ts'
import { accessEvidence, judged, rowEvidence, type Finding, type Wrong } from './item.ts'
import { ofKind, type RowOf } from './transactions.ts'

interface UploadWish {
  readonly kind: BatchKind
  /** The hourly batches of these records, in place of the records. */
  readonly isBatch?: true
  /** Parties that must receive it (table G.1). */
  readonly to: readonly Party[]
  readonly what: BilingualText
  /** Seconds from the event to the platform's answer: one that waits longer counts as not uploaded yet. */
  readonly withinSec: number
  /** A record answered later than that fails. */
  readonly isDeadline?: true
}

/** Destination names of the outbox. */
const parties = ['platform', 'operator'] as const
type Party = (typeof parties)[number]

interface Sent {
  readonly row: RowOf<'outbox'>
  readonly last: RowOf<'outboxState'> | null
  /** When the event happened that asks for it; the time of its own row where no event is known. */
  readonly sinceMs: InstantMs
}

/** An event with its record; null: it was never queued. */
interface Pair {
  readonly asked: AskedRecord
  readonly party: Party
  readonly row: RowOf<'outbox'> | null
}

/** The operation of an exit transaction, which the expansion platform receives as the charge itself. */
const isCharge = (op: string): boolean => op === 'charge' || op === 'exitUpload'

function isOwnOp({ body: { op } }: RowOf<'outbox'>, party: Party, wish: UploadWish): boolean {
  if (wish.isBatch === true) return op === 'batch'
  return wish.kind !== 'exit' || isCharge(op) === (party === 'platform')
}

const isKind = (row: RowOf<'outbox'>, facts: AcceptanceFacts, wish: UploadWish): boolean =>
  (wish.isBatch === true ? row.body.batch?.kind : batchOf(row, facts)) === wish.kind

/** Rows of the queue of this kind, by their party. */
const rowsOf = (facts: AcceptanceFacts, wish: UploadWish): readonly RowOf<'outbox'>[] =>
  ofKind(facts.rows, 'outbox').filter((row) => {
    const party = wish.to.find((one) => one === row.body.destination)
    return party !== undefined && isOwnOp(row, party, wish) && isKind(row, facts, wish)
  })

/** Each event with its record at each party. */
function pairsOf(
  facts: AcceptanceFacts,
  wish: UploadWish,
  there: readonly Party[],
  own: readonly RowOf<'outbox'>[],
): readonly Pair[] {
  if (wish.isBatch === true) return []
  const byStay = Map.groupBy(own, ({ stayId = '' }) => stayId)
  return there.flatMap((party) =>
    askedRecords(facts, wish.kind, party).map((asked) => ({
      asked,
      party,
      row:
        (byStay.get(asked.event.stayId ?? '') ?? []).find(
          (row) => row.body.destination === party && asked.isRecord(row),
        ) ?? null,
    })),
  )
}

function sentOf(
  { rows }: AcceptanceFacts,
  own: readonly RowOf<'outbox'>[],
  pairs: readonly Pair[],
): readonly Sent[] {
  const states = Map.groupBy(ofKind(rows, 'outboxState'), ({ body }) => body.outboxId)
  const since = new Map(pairs.map(({ row, asked }) => [row, asked.atMs]))
  return own.map((row) => ({
    row,
    last: states.get(row.body.outboxId)?.at(-1) ?? null,
    sinceMs: since.get(row) ?? row.atMs,
  }))
}

/** A restart between an event and its record: the lot completes at its start what it had not written before. */
const isOverStart = ({ rows }: AcceptanceFacts, from: number, to: number): boolean =>
  rows.some(({ kind, seq }) => kind === 'boot' && seq > from && seq < to)

/** An event whose record was never queued, or was queued long after it. */
function absenceOf(pair: Pair, facts: AcceptanceFacts, wish: UploadWish): readonly Wrong[] {
  const { asked, party, row } = pair
  const { event, atMs } = asked
  const { zh, en } = partyWords[party]
  const { what, withinSec } = wish
  const no = event.deductionId ?? event.stayId ?? String(event.seq)
  const lateMs = withinSec * 1_000
  if (row === null) {
    if (facts.nowMs - Math.max(atMs, event.atMs) <= lateMs) return []
    const words = t(
      `${no} 的${what.zh}没有排入向${zh}的上传`,
      `that of ${no} was never queued for ${en}: ${what.en}`,
    )
    return [{ assertion: 'neverQueued', words, evidence: [rowEvidence(event)] }]
  }
  if (row.atMs - atMs <= lateMs || isOverStart(facts, event.seq, row.seq)) return []
  const words = t(
    `${no} 的${what.zh}过了 ${secondsOf((row.atMs - atMs) / 1_000)} 秒才排入上传,超过 ${withinSec} 秒`,
    `that of ${no} was queued ${secondsOf((row.atMs - atMs) / 1_000)} s after its event, more than ${withinSec} s: ${what.en}`,
  )
  return [{ assertion: 'queuedLate', words, evidence: [event, row].map(rowEvidence) }]
}

/**
 * A record corrected by a person continues as another record. A charge refused by the platform counts as answered: it
 * takes no money, and no record is missing.
 */
const isAnswered = ({ row, last }: Sent): boolean =>
  last?.body.state === 'confirmed' ||
  last?.body.state === 'replaced' ||
  (last?.body.state === 'rejected' && row.body.op === 'charge')
const isRefused = (one: Sent): boolean =>
  !isAnswered(one) && (one.last?.body.state === 'rejected' || one.last?.body.state === 'held')
const evidenceOf = ({ row, last }: Sent) =>
  [row, last].filter((one) => one !== null).map(rowEvidence)

/** Seconds that it has waited for its answer; null: it does not wait any more. */
const waitedSec = (one: Sent, { nowMs }: AcceptanceFacts): number | null =>
  isAnswered(one) || isRefused(one) ? null : (nowMs - one.sinceMs) / 1_000

function lateWords(one: Sent, facts: AcceptanceFacts, wish: UploadWish): BilingualText | null {
  if (wish.isDeadline !== true) return null
  const { row, last } = one
  const [no, limit] = [row.body.businessNo, wish.withinSec]
  const waited = waitedSec(one, facts)
  if (waited !== null && waited > limit)
    return t(
      `${no} 已 ${secondsOf(waited)} 秒没有答复,超过 ${limit} 秒`,
      `${no} has no answer after ${secondsOf(waited)} s, more than ${limit} s`,
    )
  if (last?.body.state !== 'confirmed') return null
  const tookSec = (last.atMs - one.sinceMs) / 1_000
  if (tookSec <= limit) return null
  return t(
    `${no} 用了 ${secondsOf(tookSec)} 秒,超过 ${limit} 秒`,
    `${no} took ${secondsOf(tookSec)} s, more than ${limit} s`,
  )
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300

/** A receipt agrees with the access of its Request-ID: made to the same platform, and answered with success. */
function requestFaults(
  sent: readonly Sent[],
  { accesses }: AcceptanceFacts,
  what: BilingualText,
): readonly Wrong[] {
  const known = Map.groupBy(
    accesses.filter(({ requestId }) => requestId !== null),
    ({ requestId }) => requestId,
  )
  const isOwn = (access: AccessFact, { row }: Sent): boolean =>
    isTaken(access) && (access.destination ?? row.body.destination) === row.body.destination
  return sent.flatMap((one): readonly Wrong[] => {
    const { last, row } = one
    if (last?.body.state !== 'confirmed') return []
    const own = known.get(last.body.requestId) ?? []
    const [first] = own
    if (first === undefined || own.some((access) => isOwn(access, one))) return []
    const said = `${first.destination ?? '-'} ${first.status ?? '-'} ${first.respCode ?? ''}`.trim()
    return [
      {
        assertion: 'requestDiffers',
        words: t(
          `${row.body.businessNo} 记为已确认,同一 Request-ID 的访问却是 ${said}:${what.zh}`,
          `${row.body.businessNo} is called confirmed, but the access of its Request-ID says ${said}: ${what.en}`,
        ),
        evidence: [...evidenceOf(one), accessEvidence(first)],
      },
    ]
  })
}

/** Receipts whose Request-ID no access has; a log that was cut, or has none of that platform, shows nothing. */
function unseenRequests(
  sent: readonly Sent[],
  { accesses, isLogCut }: AcceptanceFacts,
  what: BilingualText,
): readonly BilingualText[] {
  const ids = new Set(accesses.map(({ requestId }) => requestId))
  const named = new Set<string | undefined>(accesses.map(({ destination }) => destination))
  const unseen = sent.filter(
    ({ row, last }) =>
      last?.body.state === 'confirmed' &&
      named.has(row.body.destination) &&
      (last.body.requestId ?? '') !== '' &&
      !ids.has(last.body.requestId),
  )
  if (isLogCut || unseen.length === 0) return []
  const no = unseen[0]?.row.body.businessNo ?? ''
  return [
    t(
      `${unseen.length} 条${what.zh}的回执在访问记录里没有,例如 ${no}`,
      `${unseen.length} receipts are not in the access log, for example ${no}: ${what.en}`,
    ),
  ]
}

function faultOf(one: Sent, facts: AcceptanceFacts, wish: UploadWish): readonly Wrong[] {
  const { row, last } = one
  const { businessNo: no, destination } = row.body
  const evidence = evidenceOf(one)
  if (isRefused(one)) {
    const why = last?.body.note ?? last?.body.respCode ?? ''
    return [
      {
        assertion: 'refused',
        words: t(
          `${no} 被 ${destination} 退回:${why}`,
          `${no} was refused by ${destination}: ${why}`,
        ),
        evidence,
      },
    ]
  }
  const status = last?.body.httpStatus ?? 200
  if (last?.body.state === 'confirmed' && !isSuccess(status))
    return [
      {
        assertion: 'notSuccess',
        words: t(
          `${no} 记为已确认,答复却是 ${status}`,
          `${no} is called confirmed, but the answer was ${status}`,
        ),
        evidence,
      },
    ]
  if (last?.body.state === 'confirmed' && (last.body.requestId ?? '') === '')
    return [
      {
        assertion: 'noRequestId',
        words: t(`${no} 的确认没有 Request-ID`, `the answer to ${no} has no Request-ID`),
        evidence,
      },
    ]
  const words = lateWords(one, facts, wish)
  return words === null ? [] : [{ assertion: 'late', words, evidence }]
}

/** One number is one car: the platform keeps the first record of a number and drops the other. */
function numberTwice(sent: readonly Sent[], what: BilingualText): readonly Wrong[] {
  const first = new Map<string, Sent>()
  return sent.flatMap((one): readonly Wrong[] => {
    const { destination, op, businessNo } = one.row.body
    const before = first.get(`${destination} ${op} ${businessNo}`)
    if (before === undefined) first.set(`${destination} ${op} ${businessNo}`, one)
    if (before === undefined || before.row.stayId === one.row.stayId) return []
    return [
      {
        assertion: 'numberTwice',
        words: t(
          `${businessNo} 是两辆车的编号(${before.row.stayId}、${one.row.stayId}):${what.zh}`,
          `${businessNo} is the number of two cars (${before.row.stayId}, ${one.row.stayId}): ${what.en}`,
        ),
        evidence: [before.row, one.row].map(rowEvidence),
      },
    ]
  })
}

/** What each party has to receive and has not received. */
const missingOf = (
  sent: readonly Sent[],
  waiting: readonly Sent[],
  wish: UploadWish,
  wanted: readonly Party[],
): readonly BilingualText[] =>
  wanted.flatMap((party) => {
    const isOwn = ({ row }: Sent): boolean => row.body.destination === party
    const own = sent.filter(isOwn)
    const { zh, en } = partyWords[party]
    const { what, withinSec } = wish
    if (own.length === 0)
      return [t(`还没有向${zh}上传过${what.zh}`, `no ${what.en} were uploaded to ${en} yet`)]
    const stuck = waiting.filter(isOwn).length
    if (stuck > 0)
      return [
        t(
          `${zh}:${own.length} 条${what.zh}中 ${stuck} 条超过 ${withinSec} 秒还没有答复`,
          `${en}: ${stuck} of ${own.length} have no answer after more than ${withinSec} s: ${what.en}`,
        ),
      ]
    if (own.some(({ last }) => last?.body.state === 'confirmed')) return []
    return [t(`${zh}还没有确认过${what.zh}`, `${en} has confirmed no ${what.en} yet`)]
  })

export function uploadFinding(facts: AcceptanceFacts, wish: UploadWish): Finding {
  const { there, said } = declaredAmong(facts, wish.to)
  const own = rowsOf(facts, wish)
  const pairs = pairsOf(facts, wish, there, own)
  const sent = sentOf(facts, own, pairs)
  const confirmed = sent.filter(({ last }) => last?.body.state === 'confirmed')
  const waiting = sent.filter((one) => (waitedSec(one, facts) ?? 0) > wish.withinSec)
  const batches =
    wish.isBatch === true
      ? there.flatMap((destination) =>
          batchFaults(facts, { destination, kind: wish.kind }, wish.withinSec * 1_000, {
            what: wish.what,
            party: partyWords[destination],
          }),
        )
      : []
  return judged(
    [
      ...sent.flatMap((one) => faultOf(one, facts, wish)),
      ...(wish.isBatch === true ? [] : numberTwice(sent, wish.what)),
      ...requestFaults(sent, facts, wish.what),
      ...pairs.flatMap((pair) => absenceOf(pair, facts, wish)),
      ...batches,
    ],
    [...missingOf(sent, waiting, wish, there), ...unseenRequests(sent, facts, wish.what)],
    said(
      t(
        `${confirmed.length} 条${wish.what.zh}已确认`,
        `${confirmed.length} records were confirmed: ${wish.what.en}`,
      ),
    ),
    [...waiting, ...confirmed].flatMap(evidenceOf),
  )
}
