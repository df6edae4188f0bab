// Words of booms that a test raised: whose test, what the inputs show, and what a person may do.
import { t } from '#base/pure/words/fault-text.ts'

export const raised = {
  what: t(
    '{lane}的道闸由 {time} 的测试升起({by}),还没有降下',
    'The boom of {lane} was raised by the test of {time}, {by}, and is not down yet',
  ),
  none: t('没有测试升起的道闸', 'No boom is up from a test'),
  noneWhy: t(
    '测试升起道闸以后没有降下,就列在这里,直到有人降下它。',
    'A boom that a test raised is listed here until a person lowers it.',
  ),
  under: {
    on: t('有车', 'occupied'),
    off: t('无车', 'free'),
    unknown: t('看不到(按有车处理)', 'cannot be seen (treated as occupied)'),
    none: t('没有装', 'not fitted'),
  },
  why: {
    off: t(
      '要降下{lane}的道闸吗?防砸地感看到杆下没有车。行人和自行车地感看不到:看清杆下没有人再按。',
      'Lower the boom of {lane}? The safety loop sees no car under it. Loops do not see people and bicycles: check that no person is under it.',
    ),
    on: t(
      '{lane}的杆下有车,不能降下。车走开以后再按。',
      'A car is under the boom of {lane}, so it is not lowered. Press again when the car has gone.',
    ),
    unknown: t(
      '看不到{lane}的防砸地感,按有车处理,不能从这里降下。请到道闸旁边看:没有车和人,用道闸的手动按钮降下。',
      'The safety loop of {lane} cannot be seen and counts as occupied, so the boom is not lowered from here. Look at the barrier: with no car or person under it, lower it by its own button.',
    ),
    none: t(
      '{lane}没有装防砸地感,不能从这里降下。请到道闸旁边看:没有车和人,用道闸的手动按钮降下。',
      'No safety loop is fitted at {lane}, so the boom is not lowered from here. Look at the barrier: with no car or person under it, lower it by its own button.',
    ),
    unreached: t(
      '没有连上{lane}的道闸,看不到闸杆和地感。请到道闸旁边看:没有车和人,用道闸的手动按钮降下。',
      'The barrier of {lane} is not connected, so neither boom nor loop is seen. Look at the barrier: with no car or person under it, lower it by its own button.',
    ),
    lowering: t('正在降下{lane}的道闸', 'The boom of {lane} is going down'),
  },
  lower: t('降下{lane}的道闸', 'Lower the boom of {lane}'),
  isDown: t('我看过:{lane}的杆已落下', 'I looked: the boom of {lane} is down'),
  reason: t('测试结束', 'End of the test'),
}
