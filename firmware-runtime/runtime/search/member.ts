// Members of the lists by name, number or plate.
import { t } from '#base/pure/words/fault-text.ts'
import { defineFinder, isIn } from './finder.ts'

export const member = defineFinder({
  of: t('名单', 'List'),
  rank: 3,
  reads: 'members.list',
  asks: () => [{}],
  rowsOf: ({ rows }, text) =>
    rows
      .filter(({ member: { no, name, plates } }) => isIn(text, no, name, ...plates))
      .map(({ member: { no, name, plates } }) => ({
        key: no,
        title: t(name, name),
        note: t(`${no} ${plates.join(' ')}`, `${no} ${plates.join(' ')}`),
        to: `/members/${encodeURIComponent(no)}`,
      })),
})
