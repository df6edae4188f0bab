// People of the lot by name.
import { t } from '#base/pure/words/fault-text.ts'
import { roleWords } from '#base/pure/values/roles.ts'
import { defineFinder, isIn } from './finder.ts'

export const person = defineFinder({
  of: t('人员', 'Person'),
  rank: 4,
  reads: 'people.list',
  asks: () => [{}],
  rowsOf: ({ rows }, text) =>
    rows
      .filter(({ name }) => isIn(text, name))
      .map(({ id, name, role }) => ({
        key: id,
        title: t(name, name),
        note: roleWords[role],
        to: `/people/${encodeURIComponent(id)}`,
      })),
})
