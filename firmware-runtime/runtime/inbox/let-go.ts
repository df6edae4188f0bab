// Cars of today that were let out without paying all they owed.
import { fenText } from '#base/pure/values/fen.ts'
import { many, t } from '#base/pure/words/fault-text.ts'
import { ofFile } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const letGo = defineMatter({
  reads: 'day.get',
  args: {},
  by: 'arrears.waive',
  why: t(
    '欠的钱下次来时才收得到;看看是谁放的、为什么',
    'What they owe can be taken at their next visit; see who let them out, and why',
  ),
  button: t('看放行的车', 'See the cars'),
  to: '/day',
  rowsOf({ letGo: cars, day }) {
    const owing = cars.filter(({ owedFen }) => owedFen === null || owedFen > 0)
    const [first] = owing.map(({ atIso }) => atIso).toSorted()
    if (first === undefined) return []
    const fen = owing.reduce((sum, { owedFen }) => sum + (owedFen ?? 0), 0)
    const what = t(
      `今天放行了 ${owing.length} 辆没付清的车,欠 ${fenText(fen)}`,
      `${many(owing.length, 'car was', 'cars were')} let out today without paying, owing ${fenText(fen)}`,
    )
    return [{ key: day, what, sinceIso: first, thing: ofFile(day) }]
  },
})
