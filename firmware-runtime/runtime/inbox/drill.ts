// The yearly drill (K.1-9) that is due, or was never held.
import { wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'
import { t } from '#base/pure/words/fault-text.ts'

export const drill = defineMatter({
  reads: 'papers.state',
  by: 'papers.drill',
  ownLot: true,
  why: t(
    '宜每年演练一次;验收和复查会问到',
    'There should be one every year; acceptance and later checks ask for it',
  ),
  button: t('登记演练', 'Record a drill'),
  to: '/papers',
  rowsOf: ({ drill: { state, words, lastIso } }) =>
    state === 'held' ? [] : [{ key: 'drill', what: words, sinceIso: lastIso, thing: wholeLot }],
})
