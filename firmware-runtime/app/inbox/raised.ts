// Booms that a test raised and that nothing has seen down since: a person lowers each, or says that it is down.
import { t } from '../../core/values/fault-text.ts'
import { defineMatter, onBoard } from './matter.ts'

export const raised = defineMatter({
  reads: 'board.get',
  by: 'booms.lower',
  why: t(
    '杆抬着,车可以不交费就出去;没有降下以前,停车场不开通',
    'While the boom is up, cars leave without paying; until it is down the car park is not put to use',
  ),
  button: t('去降下', 'Lower it'),
  to: '/inbox/raised',
  rowsOf: onBoard('raised', ({ raised: boom }) => {
    const { name, by = '', atIso = '' } = boom ?? {}
    const at = atIso.slice(11, 16)
    return t(
      `${name?.zh ?? ''}的道闸由 ${at} 的测试升起(${by}),还没有降下`,
      `The boom of ${name?.en ?? ''} was raised by the test of ${at}, ${by}, and is not down yet`,
    )
  }),
})
