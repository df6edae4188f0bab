// Refunds that one person requested and another one has to answer.
import { fenText } from '#base/pure/values/fen.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { ofFile } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const refund = defineMatter({
  reads: 'refunds.asked',
  by: 'refunds.answer',
  why: t(
    '申请人自己不能批准;没有另一个人答复,车主拿不到钱',
    'Who asked may not approve; until another person answers, the driver gets no money',
  ),
  button: t('去答复', 'Answer it'),
  to: '/refunds',
  rowsOf: ({ rows }) =>
    rows.flatMap(({ askId, state, by, reason, amountFen, askedAtIso, second }) => {
      if (state !== 'waiting') return []
      const what = t(
        `${by} 申请退款 ${fenText(amountFen)}:${reason}`,
        `${by} asks for a refund of ${fenText(amountFen)}: ${reason}`,
      )
      return [
        {
          key: askId,
          what,
          sinceIso: askedAtIso,
          isUrgent: true,
          people: second,
          thing: ofFile(askId),
        },
      ]
    }),
})
