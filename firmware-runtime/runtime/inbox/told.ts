// Changes that a platform announced and that are not in force yet, such as a price that begins on Monday.
import { ofFile } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'
import { t } from '#base/pure/words/fault-text.ts'

export const told = defineMatter({
  reads: 'day.get',
  args: {},
  by: 'day.take',
  why: t(
    '到时间自动生效;先告诉值班员和车主,也可以提前采用',
    'It takes effect by itself; tell attendants and drivers before, or take it early',
  ),
  button: t('看变更', 'See the change'),
  to: '/day?row=',
  rowsOf: (day) =>
    day.told.map(({ of, version, toldIso, what }) => ({
      key: `${of} ${version}`,
      what,
      sinceIso: toldIso,
      thing: ofFile(of),
    })),
})
