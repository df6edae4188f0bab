// A price of the lot itself that is saved and begins later.
import { t } from '#base/pure/words/fault-text.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const price = defineMatter({
  reads: 'tariff.get',
  by: 'tariff.save',
  why: t(
    '到时间自动生效;先换掉告示牌,再告诉值班员',
    'It takes effect by itself; change the notice board and tell the attendants before',
  ),
  button: t('看收费标准', 'See the tariff'),
  to: '/tariff',
  rowsOf: ({ tariff: { editions }, nowIso }) =>
    editions.flatMap(({ validFrom = '' }) => {
      if (validFrom === '' || instantOfIso(validFrom) <= instantOfIso(nowIso)) return []
      const at = validFrom.slice(0, 16).replace('T', ' ')
      const what = t(`新的收费标准 ${at} 起生效`, `A new tariff takes effect at ${at}`)
      return [{ key: validFrom, what, sinceIso: null, thing: wholeLot }]
    }),
})
