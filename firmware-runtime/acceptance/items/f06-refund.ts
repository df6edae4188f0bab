// Table F.1 row 6: a refund is asked for online, and the state of the payment follows the answer.
// Judged by the steps in the ledger and by what the platform says of the same number.
import { t } from '../../core/values/fault-text.ts'
import type { AcceptanceFacts } from '../facts.ts'
import { defineAcceptanceItem, judged, rowEvidence, wordEvidence, type Wrong } from '../item.ts'
import { chargesOf, ofKind, type Charge, type RowOf } from '../transactions.ts'
import { spoilt } from '../plant.ts'

interface Back {
  /** The charge that it gives back was paid before it (8.3.2 d); null: rows of the charge are of before. */
  readonly wasPaid: boolean | null
  readonly row: RowOf<'refund'>
  readonly last: RowOf<'refundState'> | null
  readonly word: AcceptanceFacts['words'][number] | null
}

function paidBefore(row: RowOf<'refund'>, charges: readonly Charge[]): boolean | null {
  const own = charges.find(({ intent }) => intent.body.outTradeNo === row.body.outTradeNo)
  if (own === undefined) return null
  return own.outcomes.some(({ body, seq }) => body.state === 'paid' && seq < row.seq)
}

function refundsOf(facts: AcceptanceFacts): readonly Back[] {
  const { rows, words } = facts
  const charges = chargesOf(facts)
  const states = Map.groupBy(ofKind(rows, 'refundState'), ({ body }) => body.refundId)
  return ofKind(rows, 'refund')
    .filter(({ body }) => body.outTradeNo !== undefined)
    .map((row) => ({
      row,
      wasPaid: paidBefore(row, charges),
      last: states.get(row.body.refundId)?.at(-1) ?? null,
      word:
        words.findLast(
          ({ kind, businessNo }) => kind === 'refund' && businessNo === row.body.refundId,
        ) ?? null,
    }))
}

function faultsOf({ row, last, word, wasPaid }: Back): readonly Wrong[] {
  const no = row.body.refundId
  const evidence = [
    rowEvidence(row),
    ...(last === null ? [] : [rowEvidence(last)]),
    ...(word === null ? [] : [wordEvidence(word)]),
  ]
  const say = (assertion: string, zh: string, en: string): readonly Wrong[] => [
    { assertion, words: t(`退款 ${no}:${zh}`, `refund ${no}: ${en}`), evidence },
  ]
  if (wasPaid === false)
    return say('notPaidBefore', '退款先于扣款成功', 'it was asked for before its charge was paid')
  if (last?.body.state !== 'success' || word === null || word.says === 'unasked') return []
  // By hand: the platform has nothing to say of it.
  if (last.body.means !== undefined) return []
  if (word.says === 'hasNot')
    return say(
      'platformHasNot',
      '账本记成功,平台没有',
      'the ledger calls it done, the platform does not have it',
    )
  if (word.state !== 'REFUNDED' && word.state !== 'SUCCESS')
    return say(
      'platformState',
      `账本记成功,平台为 ${word.state}`,
      `the ledger calls it done, the platform ${word.state}`,
    )
  if (word.amountFen !== null && word.amountFen !== row.amountFen)
    return say(
      'platformAmount',
      `账本 ${row.amountFen} 分,平台 ${word.amountFen} 分`,
      `the ledger has ${row.amountFen} fen, the platform ${word.amountFen}`,
    )
  return []
}

export const refund = defineAcceptanceItem({
  id: 'F6',
  title: t('联机退款', 'Online refund'),
  rule: { clause: 'F.1-6', evidence: ['ledger', 'platform'] },
  printed: '按标准协议发起联机退款，根据响应结果标记支付状态',
  needs: ['platform', 'refund'],
  steps: [
    t(
      '对一笔成功的扣款申请退款,由第二人批准',
      'Ask for the refund of a paid charge; a second person approves',
    ),
    t('等平台处理完', 'Wait until the platform has settled it'),
  ],
  expected: t(
    '支付状态与平台一致,金额相同',
    'The payment has the state and the amount of the platform',
  ),
  assumed: t('退款接口按 P16', 'The refund is that of P16'),
  plant: spoilt('refunds', { drive: 'refund', turns: 'platformHasNot' }),
  judge(facts) {
    const all = refundsOf(facts)
    const done = all.filter(
      ({ last, word }) => last?.body.state === 'success' && word?.says === 'has',
    )
    const missing =
      done.length > 0
        ? []
        : all.length === 0
          ? [t('还没有退款', 'no refund yet')]
          : [
              facts.unasked ??
                t(
                  '退款还没有到终态,或平台没有答复',
                  'no refund has ended yet, or the platform said nothing',
                ),
            ]
    return judged(
      all.flatMap(faultsOf),
      missing,
      t(`${done.length} 笔退款与平台一致`, `${done.length} refunds agree with the platform`),
      done.flatMap(({ row, word }) => [
        rowEvidence(row),
        ...(word === null ? [] : [wordEvidence(word)]),
      ]),
    )
  },
})
