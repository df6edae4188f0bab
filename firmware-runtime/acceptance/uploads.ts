// Records that went to a platform, by what they are of: each is judged by its own states in the ledger, a destination at a time.
// A kind that the lot does not send yet is incomplete with the reason, never passed over.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import { declaredAmong } from './declaration.ts'
import { secondsOf } from './seconds.ts'
import type { AcceptanceFacts } from './facts.ts'
import { partyWords } from './parties.ts'
import { judged, rowEvidence, type Finding, type Wrong } from './item.ts'
import { ofKind, type RowOf } from './transactions.ts'

interface UploadWish {
  readonly direction: 'entry' | 'exit'
  /** Parties that have to have it (table G.1), with the operations of the outbox that carry it there. */
  readonly to: Partial<Readonly<Record<Party, readonly string[]>>>
  readonly what: BilingualText
  /** From record to the platform's answer; null: no limit of ours. */
  readonly withinSec: number | null
}

/** As the outbox names its destinations. */
const parties = ['platform', 'operator'] as const
type Party = (typeof parties)[number]

/** As a wish names it: hourly batches by their kind (P20). */
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

function faultOf({ row, last }: Sent, { withinSec }: UploadWish): readonly Wrong[] {
  const { body } = row
  const no = body.businessNo
  const evidence = [rowEvidence(row), ...(last === null ? [] : [rowEvidence(last)])]
  if (last?.body.state === 'rejected' || last?.body.state === 'held') {
    const why = last.body.note ?? last.body.respCode ?? ''
    return [
      {
        assertion: 'refused',
        words: t(
          `${no} 被 ${body.destination} 退回:${why}`,
          `${no} was refused by ${body.destination}: ${why}`,
        ),
        evidence,
      },
    ]
  }
  if (last?.body.state !== 'confirmed') return []
  if (last.body.requestId === null)
    return [
      {
        assertion: 'noRequestId',
        words: t(`${no} 的确认没有 Request-ID`, `the answer to ${no} has no Request-ID`),
        evidence,
      },
    ]
  const tookSec = (last.atMs - row.atMs) / 1000
  if (withinSec === null || tookSec <= withinSec) return []
  return [
    {
      assertion: 'late',
      words: t(
        `${no} 用了 ${secondsOf(tookSec)} 秒,超过 ${withinSec} 秒`,
        `${no} took ${secondsOf(tookSec)} s, more than ${withinSec} s`,
      ),
      evidence,
    },
  ]
}

/** What each party has to have, and has not. */
function missingOf(
  sent: readonly Sent[],
  wish: UploadWish,
  wanted: readonly Party[],
): readonly BilingualText[] {
  return wanted.flatMap((party) => {
    const own = sent.filter(({ row }) => row.body.destination === party)
    const { zh, en } = partyWords[party]
    if (own.length === 0)
      return [t(`还没有向${zh}上传过${wish.what.zh}`, `no ${wish.what.en} went to ${en} yet`)]
    if (own.some(({ last }) => last?.body.state === 'confirmed')) return []
    return [t(`${zh}还没有确认过${wish.what.zh}`, `${en} has confirmed no ${wish.what.en} yet`)]
  })
}

export function uploadFinding(facts: AcceptanceFacts, wish: UploadWish): Finding {
  const sent = sentOf(facts, wish)
  const confirmed = sent.filter(({ last }) => last?.body.state === 'confirmed')
  const { there, said } = declaredAmong(
    facts,
    parties.filter((party) => wish.to[party] !== undefined),
  )
  return judged(
    sent.flatMap((one) => faultOf(one, wish)),
    missingOf(sent, wish, there),
    said(
      t(
        `${confirmed.length} 条${wish.what.zh}已确认`,
        `${confirmed.length} records were confirmed: ${wish.what.en}`,
      ),
    ),
    confirmed.flatMap(({ row, last }) => [
      rowEvidence(row),
      ...(last === null ? [] : [rowEvidence(last)]),
    ]),
  )
}
