// Lanes by name or id.
import { t } from '#base/pure/words/fault-text.ts'
import { defineFinder, isIn } from './finder.ts'

export const lane = defineFinder({
  of: t('车道', 'Lane'),
  rank: 5,
  reads: 'board.get',
  asks: () => [{}],
  rowsOf: ({ lanes }, text) =>
    lanes
      .filter(
        ({ laneId, name, place }) => place === undefined && isIn(text, laneId, name.zh, name.en),
      )
      .map(({ laneId, name }) => ({
        key: laneId,
        title: name,
        note: t('看板', 'Board'),
        to: `/lane/${encodeURIComponent(laneId)}`,
      })),
})
