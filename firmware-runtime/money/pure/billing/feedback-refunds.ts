// The refund by which a driver's feedback ends (ADR 351): asked after the feedback, given back, and of no other feedback. Where
// one is refused afterwards, its feedback opens again and the platform is told. A fold over rows; no money moves here.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'

interface AskedRefund {
  readonly no: string
  readonly seq: number
  readonly atMs: InstantMs
  readonly state: 'open' | 'done' | 'refused'
}

/** What became of a refund, by this row; null: it says nothing of one. */
function refundEnd(row: RowDraft): Pick<AskedRefund, 'no' | 'state'> | null {
  if (row.kind === 'refundState') {
    const { refundId: no, state } = row.body
    if (state === 'success') return { no, state: 'done' }
    return { no, state: state === 'rejected' ? 'refused' : 'open' }
  }
  if (row.kind !== 'pay') return null
  if (row.body.row === 'refundDone') return { no: row.body.refundNo, state: 'done' }
  return row.body.row === 'refundRefused' ? { no: row.body.refundNo, state: 'refused' } : null
}

function refundsIn(rows: readonly LedgerRow[]): readonly AskedRefund[] {
  const refunds = new Map<string, AskedRefund>()
  for (const row of rows) {
    const { kind, body, seq, atMs } = row
    const asked =
      kind === 'refund'
        ? body.refundId
        : kind === 'pay' && body.row === 'refund'
          ? body.refundNo
          : null
    if (asked !== null) refunds.set(asked, { no: asked, seq, atMs, state: 'open' })
    const end = refundEnd(row)
    const known = end === null ? undefined : refunds.get(end.no)
    if (end !== null && known !== undefined) refunds.set(end.no, { ...known, state: end.state })
  }
  return [...refunds.values()]
}

interface FeedbackTime {
  /** Row of its item. */
  readonly seq: number
  /** Time of the feedback at its platform; null: it was taken here, so its row is its time. */
  readonly atMs: InstantMs | null
}

/** Why a stay has no refund for this feedback. */
export type NoRefund = 'none' | 'before' | 'open' | 'used'

/** The last refund of the stay by which the feedback may end, or why there is none. */
export function refundFor(
  rows: readonly LedgerRow[],
  { seq, atMs }: FeedbackTime,
  used: ReadonlySet<string>,
): { readonly no: string } | { readonly why: NoRefund; readonly of: string } {
  const asked = refundsIn(rows).filter(({ state }) => state !== 'refused')
  const after = asked.filter((one) => one.seq > seq || (atMs !== null && one.atMs > atMs))
  const done = after.filter(({ state }) => state === 'done')
  const free = done.findLast(({ no }) => !used.has(no))
  if (free !== undefined) return free
  const [why, among] =
    after.length > done.length
      ? (['open', after.filter(({ state }) => state === 'open')] as const)
      : done.length > 0
        ? (['used', done] as const)
        : ([asked.length > 0 ? 'before' : 'none', asked] as const)
  return { why, of: among.at(-1)?.no ?? '' }
}

interface EndedFeedback {
  readonly itemId: string
  /** The refund by which it ended; null: by words alone, or it is open again. */
  readonly refundNo: string | null
  /** How many states of it were told: each has a number of its own. */
  readonly told: number
}

/** By the number of the feedback. */
export type EndedFeedbacks = Map<string, EndedFeedback>

export function foldFeedbacks(ended: EndedFeedbacks, { kind, body }: LedgerRow): void {
  if (kind !== 'book' || (body.row !== 'end' && body.row !== 'reopened')) return
  if (body.feedbackNo === undefined) return
  const told = (ended.get(body.feedbackNo)?.told ?? 0) + 1
  const refundNo = body.row === 'end' ? (body.outRefundNo ?? null) : null
  ended.set(body.feedbackNo, { itemId: body.itemId, refundNo, told })
}

/** The rows by which feedback opens again, because these rows refuse the refund that ended it. */
export const reopenedRows = (
  ended: EndedFeedbacks,
  drafts: readonly RowDraft[],
): readonly RowDraft[] =>
  drafts.flatMap((row): readonly RowDraft[] => {
    const end = refundEnd(row)
    if (end?.state !== 'refused') return []
    return [...ended].flatMap(([feedbackNo, { itemId, refundNo }]) =>
      refundNo === end.no
        ? [
            {
              kind: 'book',
              atMs: row.atMs,
              body: { row: 'reopened', itemId, feedbackNo, refundNo },
            },
          ]
        : [],
    )
  })
