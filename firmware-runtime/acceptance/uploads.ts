// Records sent to a platform, by their kind: each is judged by its own states in the ledger, for each destination. A
// kind that the lot does not send yet is incomplete with the reason, never left out.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import { declaredAmong } from './declaration.ts'
import { secondsOf } from './seconds.ts'
import type { AcceptanceFacts } from './facts.ts'
import { partyWords } from './parties.ts'
import { judged, rowEvidence, type Finding, type Wrong } from './item.ts'
import { ofKind, type RowOf } from './transactions.ts'

interface UploadWish {
  readonly direction: 'entry' | 'exit'
  /** Parties that must receive it (table G.1), with the outbox operations that send it there. */
  readonly to: Partial<Readonly<Record<Party, readonly string[]>>>
  readonly what: BilingualText
  /** Seconds from the record to the platform's answer: one that waits longer counts as not uploaded yet. */
  readonly withinSec: number
  /** A record answered later than that fails. */
  readonly isDeadline?: true
}

/** Destination names of the outbox. */
const parties = ['platform', 'operator'] as const
type Party = (typeof parties)[number]

/** Operation name in `to`: hourly batches are named by their kind (P20). */
export const operationOf = ({ op, batch }: RowOf<'outbox'>['body']): string =>
  batch === undefined ? op : `${op}:${batch.kind}`

interface Sent {
  readonly row: RowOf<'outbox'>
  readonly last: RowOf<'outboxState'> | null
}

function sentOf({ rows, lanes }: AcceptanceFacts, wish: UploadWish): readonly Sent[] {
  const ids = lanes
    .filter(({ direction }) => direction === wish.direction)
    .map(({ laneId }) => laneId)
  const states = Map.groupBy(ofKind(rows, 'outboxState'), ({ body }) => body.outboxId)
  return ofKind(rows, 'outbox')
    .filter(({ body, laneId }) => {
      const ops = parties
        .filter((party) => party === body.destination)
        .flatMap((party) => wish.to[party] ?? [])
      return (laneId === undefined || ids.includes(laneId)) && ops.includes(operationOf(body))
    })
    .map((row) => ({ row, last: states.get(row.body.outboxId)?.at(-1) ?? null }))
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
  isAnswered(one) || isRefused(one) ? null : (nowMs - one.row.atMs) / 1_000

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
  const tookSec = (last.atMs - row.atMs) / 1_000
  if (tookSec <= limit) return null
  return t(
    `${no} 用了 ${secondsOf(tookSec)} 秒,超过 ${limit} 秒`,
    `${no} took ${secondsOf(tookSec)} s, more than ${limit} s`,
  )
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
  if (last?.body.state === 'confirmed' && last.body.requestId === null)
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

/** What each party has to receive and has not received. */
function missingOf(
  sent: readonly Sent[],
  waiting: readonly Sent[],
  wish: UploadWish,
  wanted: readonly Party[],
): readonly BilingualText[] {
  return wanted.flatMap((party) => {
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
}

export function uploadFinding(facts: AcceptanceFacts, wish: UploadWish): Finding {
  const sent = sentOf(facts, wish)
  const confirmed = sent.filter(({ last }) => last?.body.state === 'confirmed')
  const { there, said } = declaredAmong(
    facts,
    parties.filter((party) => wish.to[party] !== undefined),
  )
  const waiting = sent.filter((one) => (waitedSec(one, facts) ?? 0) > wish.withinSec)
  return judged(
    sent.flatMap((one) => faultOf(one, facts, wish)),
    missingOf(sent, waiting, wish, there),
    said(
      t(
        `${confirmed.length} 条${wish.what.zh}已确认`,
        `${confirmed.length} records were confirmed: ${wish.what.en}`,
      ),
    ),
    [...waiting, ...confirmed].flatMap(evidenceOf),
  )
}
