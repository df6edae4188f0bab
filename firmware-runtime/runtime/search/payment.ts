// Payments of the last month by their amount in yuan.
import { fenText } from '#base/pure/values/fen.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs, instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import { meansWords } from '#base/pure/values/payment-means.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import { defineFinder } from './finder.ts'

const means = { zh: meansWords('zh'), en: meansWords('en') }

function fenOf(text: string): number | null {
  const [, yuan = '', cents = ''] = /^¥? ?(\d{1,7})(?:\.(\d{1,2}))?(?: ?元)?$/.exec(text) ?? []
  return yuan === '' ? null : Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
}

export const payment = defineFinder({
  of: t('付款', 'Payment'),
  rank: 2,
  reads: 'ledger.query',
  asks(text, { nowIso }) {
    const amountFen = fenOf(text)
    const nowMs = instantOfIso(nowIso)
    const from = isoOf(nowMs - 30 * dayMs)
    const span = { from, to: isoOf(nowMs + dayMs), order: 'newest', limit: 4 } as const
    return amountFen === null
      ? []
      : (['deduction', 'payment'] as const).map((kind) => ({ kind, amountFen, ...span }))
  },
  rowsOf: ({ rows }) =>
    rows.flatMap((row) => {
      const { stayId, plate, amountFen, means: by } = row
      const id = row['paymentId'] ?? row['deductionId']
      const at = row['atIso'] ?? row['intentAtIso']
      if (typeof stayId !== 'string' || typeof id !== 'string') return []
      const amount = fenText(Number(amountFen))
      const when = typeof at === 'string' ? at.slice(0, 16).replace('T', ' ') : ''
      const word = (language: 'zh' | 'en') => ownWord(means[language], String(by)) ?? String(by)
      const whose = typeof plate === 'string' ? plate : ''
      const note = t(`${whose} ${word('zh')} ${when}`, `${whose} ${word('en')} ${when}`)
      return [{ key: id, title: t(amount, amount), note, to: `/ledger/${stayId}` }]
    }),
})
