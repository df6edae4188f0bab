// Words of the transactions of OBUs at named places (row 5).
// What they amount to comes from the runtime.
import { t } from '#base/pure/words/fault-text.ts'

export const obuTries = {
  title: t('OBU 交易', 'OBU tries'),
  none: t('没有声明需求区', 'No needed area was declared'),
  noneWhy: t(
    '这份勘测开始时没有声明需求区和触发点,不知道 OBU 该放在哪里。请新建勘测。',
    'This survey was begun without a needed area and trigger point, so the OBU positions are unknown. Begin a new survey.',
  ),
  why: t(
    '至少 {obus} 个 OBU,在需求区四角与触发点、外圈 8 处各试 {tries} 次。第 5 项临界时由此判定;场强不符合的,交易成功也不改判。',
    'At least {obus} OBUs, {tries} tries each at the corners of the needed area, the trigger point and 8 places around the box. They decide row 5 when it is marginal; a failed field level stays failed even if tries succeed.',
  ),
  obu: t('OBU 号', 'OBU'),
  tries: t('试验次数', 'Tries'),
  good: t('其中成功', 'Successful'),
  record: t('记录', 'Record'),
  recording: t('正在记录…', 'Recording…'),
  undo: t('撤回上一条', 'Take back the last'),
  places: t(
    '先选位置,再填 OBU 号和次数;上下方向键换位置,回车记录',
    'Choose the place, then enter OBU and counts; arrow keys change the place, Enter records',
  ),
  place: t('位置', 'Place'),
  part: t('部位', 'Part'),
  tried: t('已试(成功 / 次数)', 'Done (good / tries)'),
  open: t('未试', 'not tried'),
  partOf: {
    inside: t('需求区', 'needed area'),
    ring: t('外圈', 'around the box'),
    other: t('其他', 'other'),
  },
  other: t('其他位置', 'Another place'),
  x: t('横 (m)', 'across (m)'),
  y: t('纵 (m)', 'along (m)'),
  wrong: {
    obu: t('请填写 OBU 号', 'Enter the OBU number'),
    place: t('请填写位置,例如 1.60 和 2.25', 'Enter the place, such as 1.60 and 2.25'),
    tries: t('试验次数应为 1 到 1000 的整数', 'Tries must be a whole number, 1 to 1000'),
    good: t(
      '成功次数应为 0 到试验次数之间的整数',
      'Successful tries must be a whole number, at most the tries',
    ),
  },
}
