// Stays by three or more characters of their plate, the newest first.
import { t } from '#base/pure/words/fault-text.ts'
import { defineFinder } from './finder.ts'

const atText = (iso: string): string => iso.slice(0, 16).replace('T', ' ')

export const car = defineFinder({
  of: t('车', 'Car'),
  rank: 1,
  reads: 'ledger.query',
  asks: (text) =>
    /^[\p{L}\p{N}·. ]{3,20}$/u.test(text)
      ? [{ kind: 'stay', platePart: text, order: 'newest', limit: 6 }]
      : [],
  rowsOf: ({ rows }) =>
    rows.flatMap(({ stayId, plate, enteredAtIso, leftAtIso }) => {
      if (typeof stayId !== 'string' || typeof plate !== 'string') return []
      const entered = typeof enteredAtIso === 'string' ? atText(enteredAtIso) : '—'
      const note =
        typeof leftAtIso === 'string'
          ? t(`${entered} 入,${atText(leftAtIso)} 出`, `in ${entered}, out ${atText(leftAtIso)}`)
          : t(`${entered} 入,在场`, `in ${entered}, inside`)
      return [{ key: stayId, title: t(plate, plate), note, to: `/ledger/${stayId}` }]
    }),
})
