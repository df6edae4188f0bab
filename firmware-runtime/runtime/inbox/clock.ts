// A clock in doubt: nothing is priced by it until a person says which time is right.
import { t } from '#base/pure/words/fault-text.ts'
import { wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const clock = defineMatter({
  reads: 'status.get',
  by: 'clock.confirm',
  why: t(
    '时间说不准,出场的车不自动计费,都要人来收',
    'Cars at the exit are not priced by a clock in doubt; a person takes the money',
  ),
  button: t('看时钟', 'See the clock'),
  to: '/lane',
  rowsOf: ({ clock: { doubt } }) =>
    doubt === undefined
      ? []
      : [
          {
            key: 'clock',
            what: t('这台电脑的时钟说不准', 'The clock of this computer is in doubt'),
            sinceIso: null,
            isUrgent: true,
            thing: wholeLot,
          },
        ],
})
