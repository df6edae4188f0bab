// Table D.1 row 2: where lane devices stand, at which angle and height (clause 7.1.1 of seed 001).
// What clause 7 recommends ("宜") may be left with a reason: a deviation on record.
import { departs, mountAdvice, type MountId } from '../../core/values/antenna-mount.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { answered, checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, finding, groups } from '../item.ts'
import type { SurveyProject } from '../project.ts'
import { rulesOf } from '../survey-rules.ts'
import type { SetupBody } from '../record.ts'

export const layoutParts = [
  part(
    'devices',
    ['车道设备齐全', 'All lane devices are there'],
    [
      '入口:摄像机、显示屏、道闸;出口:摄像机、显示屏、道闸、ETC 天线',
      'Way in: camera, display, barrier. Way out: camera, display, barrier, ETC antenna',
    ],
    '7.1.1 a, b',
  ),
  part(
    'antenna-place',
    ['天线位于道闸后方', 'Antenna behind the barrier'],
    [
      '从来车方向看,天线在道闸之后;拍下天线与道闸',
      'Seen from the cars that come, the antenna is beyond the barrier; photograph both',
    ],
    '7.1.1 c',
    true,
  ),
  part(
    'trigger',
    ['触发装置在天线覆盖内', 'Trigger inside the zone'],
    [
      '出口触发线圈或其他触发装置位于天线信号覆盖范围内',
      'Loop or other trigger of the way out lies where the antenna reaches',
    ],
    '7.1.1 d',
    true,
  ),
  part(
    'camera',
    ['摄像机能看清车牌', 'Camera sees the plate'],
    [
      '在触发位置停一辆车,看识别画面;有岗亭时摄像机不被遮挡',
      'Stop a car at the trigger and look at the picture; no booth may hide the plate',
    ],
    '7.1.1 a, 7.1.2 d',
  ),
  part(
    'display',
    ['显示屏可被驾驶员看到', 'Display faces the driver'],
    ['坐在车里看:字清楚、不反光', 'Look from the driver’s seat: legible, no glare'],
    '7.1.1 a',
  ),
  part(
    'booth',
    ['岗亭居中放在安全岛上', 'Booth in the middle of the island'],
    ['没有岗亭时选“不适用”', 'Without a booth: not applicable'],
    '7.1.2 c',
  ),
]

export interface GeometryView {
  readonly id: MountId
  readonly text: BilingualText
  readonly value: number | null
  readonly state: 'open' | 'fits' | 'departs'
}

/** The measured position of the antenna against clause 7.1.1 c, value by value. */
export const geometryOf = ({
  setup,
  opened,
}: Pick<SurveyProject, 'setup' | 'opened'>): readonly GeometryView[] =>
  mountAdvice(rulesOf(opened)).map((one) => {
    const { of: id, text } = one
    const value = setup?.[id] ?? null
    const state = value === null ? 'open' : departs(one, value) ? 'departs' : 'fits'
    return { id, text, value, state }
  })

const text = (of: readonly GeometryView[], as: 'zh' | 'en'): string =>
  of.map((one) => one.text[as]).join(as === 'zh' ? '、' : '; ')

function judge(survey: SurveyProject) {
  const checks = judgeChecks('D2', layoutParts, survey)
  if (checks.verdict !== 'pass') return checks
  const geometry = geometryOf(survey)
  const open = geometry.filter(({ state }) => state === 'open')
  if (open.length > 0)
    return finding(
      'incomplete',
      t(`尚未记录:${text(open, 'zh')}`, `Not recorded yet: ${text(open, 'en')}`),
      checks.readings,
    )
  const apart = geometry.filter(({ state }) => state === 'departs')
  const said = survey.deviations.some(({ item }) => item === 'D2')
  if (apart.length === 0) return checks
  return said
    ? finding(
        'pass',
        t(`有说明的偏离:${text(apart, 'zh')}`, `Departs, with a reason: ${text(apart, 'en')}`),
        checks.readings,
      )
    : finding(
        'incomplete',
        t(`偏离须说明原因:${text(apart, 'zh')}`, `Departs, give the reason: ${text(apart, 'en')}`),
        checks.readings,
      )
}

const setup: SetupBody = {
  kind: 'setup',
  profile: 'example',
  firmware: null,
  settings: {},
  heightMm: 2_600,
  downDeg: 35,
  yawDeg: 40,
}
const bodies = answered('D2', layoutParts, 'yes')

export const layout = defineSurveyItem({
  id: 'D2',
  group: groups.general,
  title: t('车道布局', 'Lane layout'),
  printed: '车道基础设备安装位置、角度、高度应符合相关标准规范的要求',
  procedure: t(
    '核对位置并拍照,用倾角仪与卷尺记录角度和高度',
    'Check the places and take photos; record angles and height by inclinometer and tape',
  ),
  assumed: t(
    '俯角的公差由规则包给出,原文未给',
    'The tolerance of the downward angle is of the rule pack: the text states none',
  ),
  questions: layoutParts,
  judge,
  examples: () => [
    ...checkExamples('D2', layoutParts, [setup]),
    { verdict: 'incomplete', bodies },
    { verdict: 'incomplete', bodies: [...bodies, { ...setup, heightMm: null }] },
    { verdict: 'incomplete', bodies: [...bodies, { ...setup, yawDeg: 10 }] },
    {
      verdict: 'pass',
      bodies: [
        ...bodies,
        { ...setup, yawDeg: 10 },
        { kind: 'deviation', item: 'D2', text: 'wall', area: null },
      ],
    },
  ],
})
