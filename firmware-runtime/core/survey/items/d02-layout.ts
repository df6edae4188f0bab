// Table D.1 row 2: where lane devices stand, at which angle and height (clause 7.1.1 of seed 001).
// What clause 7 recommends ("宜") may be left with a reason: a deviation on record.
import { t, type BilingualText } from '../../values/fault-text.ts'
import { checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, finding, groups } from '../item.ts'
import type { SurveyProject } from '../project.ts'
import type { SetupBody } from '../record.ts'

export const layoutParts = [
  part('antenna-place', '天线位于道闸后方', 'Antenna behind the barrier', '7.1.1 c', true),
  part('trigger', '触发装置在天线覆盖内', 'Trigger inside the zone', '7.1.1 d'),
  part('camera', '摄像机能看清车牌', 'Camera sees the plate', '7.1.1 a'),
  part('display', '显示屏可被驾驶员看到', 'Display faces the driver', '7.1.1 a'),
]

interface Advice {
  readonly text: BilingualText
  readonly of: (setup: SetupBody) => number | null
  readonly min: number
  readonly max: number
}

const advice: readonly Advice[] = [
  {
    text: t('天线高度宜 ≥ 2.5 m', 'Antenna height should be >= 2.5 m'),
    of: (setup) => setup.heightMm,
    min: 2_500,
    max: Infinity,
  },
  {
    text: t('俯角宜为 35°', 'Downward angle should be 35 degrees'),
    of: (setup) => setup.downDeg,
    min: 34,
    max: 36,
  },
  {
    text: t('偏转角宜为 30°~45°', 'Yaw should be 30 to 45 degrees'),
    of: (setup) => setup.yawDeg,
    min: 30,
    max: 45,
  },
]

const text = (of: readonly Advice[], as: 'zh' | 'en'): string =>
  of.map((one) => one.text[as]).join(as === 'zh' ? '、' : '; ')

function judge(survey: SurveyProject) {
  const checks = judgeChecks('D2', layoutParts, survey)
  if (checks.verdict !== 'pass' || survey.setup === null) return checks
  const { setup } = survey
  const unknown = advice.filter((one) => one.of(setup) === null)
  if (unknown.length > 0)
    return finding(
      'incomplete',
      t(`尚未记录:${text(unknown, 'zh')}`, `Not recorded yet: ${text(unknown, 'en')}`),
      checks.readings,
    )
  const apart = advice.filter((one) => {
    const value = one.of(setup) ?? 0
    return value < one.min || value > one.max
  })
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
const [allYes] = checkExamples('D2', layoutParts)
const bodies = allYes?.bodies ?? []

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
    '俯角 35° 按 ±1° 判定,原文未给公差',
    'The 35 degrees are judged within 1 degree: the text states no tolerance',
  ),
  judge,
  examples: [
    ...checkExamples('D2', layoutParts),
    { verdict: 'pass', bodies: [...bodies, setup] },
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
