// Table E.1 row 4: what goes wrong at a charge is handled (8.3.1 a to d): another payment, a message, no free way out by ETC.
// Judged by the ledger: how the car of each exception ended, and that nothing that was not paid opened the barrier as paid.
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import type { LedgerRow } from '../../core/values/rows/ledger-row.ts'
import type { AcceptanceFacts } from '../facts.ts'
import { defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { chargesOf, isPaid, ofKind, type RowOf } from '../transactions.ts'
import { notTaken } from '../plant.ts'

/** Each kind that has to be tried, with the words of the ledger that show it. */
const kinds: readonly { readonly shows: RegExp; readonly words: BilingualText }[] = [
  {
    shows: /^(?:obuNotRead|obuUnreadable|cardUnreadable)$/,
    words: t('无 OBU 或读不出(8.3.1 c)', 'no OBU, or one that is not read (8.3.1 c)'),
  },
  {
    shows: /^(?:refused|insufficient|blacklisted|expired|debitFailed|plateMismatch)$/,
    words: t('平台或卡拒绝(8.3.1 a)', 'refused by platform or card (8.3.1 a)'),
  },
]

/** How a car's stay ends once something else than ETC settled it. */
const settled = ['other', 'later', 'free']

/** Paid by ETC needs a paid charge of the same stay. */
function freeWayOut(row: RowOf<'pass'>, facts: AcceptanceFacts): readonly Wrong[] {
  if (row.body.cause !== 'etc') return []
  const charges = chargesOf(facts).filter(({ intent }) => intent.stayId === row.stayId)
  const paid = charges.find(
    (charge) => isPaid(charge) && charge.outcome !== null && charge.outcome.seq < row.seq,
  )
  if (paid !== undefined) return []
  return [
    {
      assertion: 'openedUnpaid',
      words: t(
        `${row.stayId}:没有扣费成功就按 ETC 放行`,
        `${row.stayId}: let out as paid by ETC, and no charge was paid`,
      ),
      evidence: [rowEvidence(row)],
    },
  ]
}

function faultsOf(row: RowOf<'exception'>, rows: readonly LedgerRow[]): readonly Wrong[] {
  const stay = rows.filter(({ stayId }) => stayId === row.stayId)
  const closed = ofKind(stay, 'stayClosed').at(-1)
  if (closed === undefined || row.stayId === undefined) return []
  const isPaidOtherwise = ofKind(stay, 'payment').length > 0
  if (settled.includes(closed.body.end) || isPaidOtherwise || closed.body.end === 'open') return []
  return [
    {
      assertion: 'unpaid',
      words: t(
        `${row.stayId}:${row.body.reason} 之后没有付款,却以 ${closed.body.end} 结束`,
        `${row.stayId}: after ${row.body.reason} nothing was paid, and it ended as ${closed.body.end}`,
      ),
      evidence: [rowEvidence(row), rowEvidence(closed)],
    },
  ]
}

/** What was pushed of an exception (8.3.1 b), and the platform did not take. */
function messageFaults(rows: readonly LedgerRow[]): readonly Wrong[] {
  const states = Map.groupBy(ofKind(rows, 'outboxState'), ({ body }) => body.outboxId)
  return ofKind(rows, 'outbox').flatMap((row): readonly Wrong[] => {
    if (row.body.op !== 'exception') return []
    const last = states.get(row.body.outboxId)?.at(-1)
    if (last?.body.state !== 'rejected' && last?.body.state !== 'held') return []
    const { businessNo } = row.body
    return [
      {
        assertion: 'messageRefused',
        words: t(
          `异常 ${businessNo} 的消息被平台退回`,
          `the platform refused the message of the exception ${businessNo}`,
        ),
        evidence: [rowEvidence(row), rowEvidence(last)],
      },
    ]
  })
}

export const exceptions = defineAcceptanceItem({
  id: 'E4',
  title: t('异常处理机制', 'Exceptions'),
  rule: { clause: 'E.1-4', evidence: ['ledger'] },
  printed: '停车场计费系统和配套天线组合交易时，能够正确处理异常情况。',
  needs: ['exit'],
  steps: [
    t('一辆没有 OBU 的车离场,改用其他方式缴费', 'A car without an OBU leaves and pays otherwise'),
    t(
      '一张余额不足或在名单上的卡离场,改用其他方式缴费',
      'A card without money, or listed, leaves and pays otherwise',
    ),
  ],
  expected: t(
    '每种异常都有记录,车以其他方式结清,平台收下消息;没有未付的 ETC 放行',
    'Each kind is on record, its car is settled otherwise, the platform takes its message, and no car leaves as paid that is not',
  ),
  assumed: t('必测两类:读不出、被拒绝', 'Two kinds have to be tried: not read, and refused'),
  plant: {
    ...notTaken('exceptions', 'exceptionNo', { at: 'platform', drive: 'exceptions', isPart: true }),
    turns: 'messageRefused',
  },
  judge(facts) {
    const rows = ofKind(facts.rows, 'exception')
    const words = rows.map(({ body }) => String(body.exceptionType))
    const refused = chargesOf(facts).filter(({ outcome }) => outcome?.body.state === 'refused')
    const shown = [...words, ...refused.map(() => 'refused')]
    const missing = kinds
      .filter(({ shows }) => !shown.some((word) => shows.test(word)))
      .map((one) => t(`还没有试:${one.words.zh}`, `not tried yet: ${one.words.en}`))
    return judged(
      [
        ...ofKind(facts.rows, 'pass').flatMap((row) => freeWayOut(row, facts)),
        ...rows.flatMap((row) => faultsOf(row, facts.rows)),
        ...messageFaults(facts.rows),
      ],
      missing,
      t(`${rows.length} 次异常都已处理`, `${rows.length} exceptions were handled`),
      rows.map(rowEvidence),
    )
  },
})
