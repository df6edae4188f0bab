// Cars under a gantry whose plate is like that of a car that owes, and that were not charged.
import { fenText } from '#base/pure/values/fen.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { plateShown } from '#base/pure/plates/plate.ts'
import { ofStay } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const unmatched = defineMatter({
  reads: 'spaces.unmatched',
  by: 'arrears.pay',
  why: t(
    '相似的车牌不自动扣费,也许是另一辆车;是同一辆就请车主来付',
    'A similar plate is never charged automatically, as it may be another car; if it is the same, ask its driver to pay',
  ),
  button: t('看这次停车', 'See that stay'),
  to: '/ledger',
  rowsOf: ({ rows }, { laneName }) =>
    rows.flatMap(({ laneId, plate, atIso, candidates }) => {
      const [best] = candidates
      if (best === undefined) return []
      const lane = laneName(laneId)
      const [read, known] = [plateShown(plate), plateShown(best.plate ?? '')]
      const due = fenText(best.dueFen)
      const [zh, en] = [best.text, ...best.parts].reduce(
        ([zhs, ens], one) => [
          `${zhs}${zhs === '' ? '' : ';'}${one.zh}`,
          `${ens}${ens === '' ? '' : '; '}${one.en}`,
        ],
        ['', ''],
      )
      const more = candidates.length - 1
      const [zhMore, enMore] = more === 0 ? ['', ''] : [`,另有 ${more} 辆`, `; ${more} more`]
      const what = t(
        `${lane.zh}读到 ${read},没有对上欠费的车。最像 ${known}(欠 ${due}):${zh}${zhMore}`,
        `${lane.en} read ${read}, which matched no car that owes. Most alike is ${known}, which owes ${due}: ${en}${enMore}`,
      )
      return [{ key: `${plate} ${best.stayId}`, what, sinceIso: atIso, thing: ofStay(best.stayId) }]
    }),
})
