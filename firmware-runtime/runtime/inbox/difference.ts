// Open differences of the books, and complaints of drivers, each of which waits for an answer.
import type { DayItemView } from '#money/calls/day.ts'
import { many, t } from '#base/pure/words/fault-text.ts'
import { ofFile, wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter, type MatterRow } from './matter.ts'

function ofFeedback({ itemId, feedback, foundAtIso, isLate }: DayItemView): MatterRow[] {
  if (feedback === undefined) return []
  const until = feedback.complaint?.answerBy ?? null
  const late = isLate === true ? t(',已经过期', ', and it is late') : t('', '')
  const [zh, en] = until === null ? ['', ''] : [`,最迟 ${until} 答复`, `, due ${until}`]
  const what = t(
    `反馈 ${feedback.no} 等待答复${zh}${late.zh}`,
    `Feedback ${feedback.no} waits for an answer${en}${late.en}`,
  )
  return [
    { key: itemId, what, sinceIso: foundAtIso, isUrgent: isLate === true, thing: ofFile(itemId) },
  ]
}

function ofBooks(items: readonly DayItemView[]): MatterRow[] {
  const [first] = items.map(({ foundAtIso }) => foundAtIso).toSorted()
  if (first === undefined) return []
  const unowned = items.filter(({ owner }) => owner === '').length
  const nobody =
    unowned === 0
      ? t('', '')
      : t(`,其中 ${unowned} 项没有负责人`, `, ${unowned} without a person in charge`)
  const what = t(
    `账上 ${items.length} 项差异没有处理完${nobody.zh}`,
    `${many(items.length, 'difference')} of the books open${nobody.en}`,
  )
  return [
    {
      key: 'books',
      what,
      sinceIso: first,
      thing: items.length === 1 ? ofFile(items[0]?.itemId ?? '') : wholeLot,
    },
  ]
}

export const difference = defineMatter({
  reads: 'day.get',
  args: {},
  by: 'day.end',
  why: t(
    '不登记结果,这笔钱就一直对不上',
    'Until a person records the result, the books do not agree',
  ),
  button: t('去处理', 'Deal with it'),
  to: '/day?row=',
  rowsOf({ items }) {
    const open = items.filter(({ end }) => end === null)
    return [
      ...open.flatMap(ofFeedback),
      ...ofBooks(open.filter(({ feedback }) => feedback === undefined)),
    ]
  },
})
