// Booms that a test raised and that nothing has seen down since: a person lowers each, or says that it is down.
import { t } from '#base/pure/words/fault-text.ts'
import { defineMatter, onBoard } from './matter.ts'

export const raised = defineMatter({
  reads: 'board.get',
  by: 'booms.lower',
  why: t(
    '杆抬着,车可以不交费就出去;还在安装的停车场,没有降下以前不开通',
    'While the boom is up, cars leave without paying; a car park that is being set up is not opened until it is down',
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
