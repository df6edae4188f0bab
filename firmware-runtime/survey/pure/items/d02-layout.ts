// Table D.1 row 2: where devices stand, at which angle and height (clauses 7.1.1 and 7.2 of seed 001).
// What clause 7 recommends ("宜") may be left with a reason: a deviation on record.
import { departs, mountAdvice, type MountId } from '#base/pure/lot/antenna-mount.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { answered, checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, finding, groups } from '../item.ts'
import type { SurveyProject } from '../file/project.ts'
import { because } from '../next-steps.ts'
import { isAskedAt, mountOf } from '../file/open-place.ts'
import { openParts } from '../file/open-parts.ts'
import { rulesOf } from '../survey-rules.ts'
import { isNamed, isReason } from '../reasons.ts'
import type { SetupBody, SurveyBody } from '../file/record.ts'

const lane = ['lane']

export const layoutParts = [
  part(
    'devices',
    ['车道设备齐全', 'All lane devices are there'],
    [
      '入口:摄像机、显示屏、道闸;出口:摄像机、显示屏、道闸、ETC 天线',
      'Way in: camera, display, barrier. Way out: camera, display, barrier, ETC antenna',
    ],
    '7.1.1 a, b',
    false,
    lane,
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
    lane,
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
    lane,
  ),
  part(
    'camera',
    ['摄像机能看清车牌', 'Camera sees the plate'],
    [
      '在触发位置停一辆车,看识别画面;有岗亭时摄像机不被遮挡',
      'Stop a car at the trigger and look at the picture; no booth may hide the plate',
    ],
    '7.1.1 a, 7.1.2 d',
    false,
    lane,
  ),
  part(
    'display',
    ['显示屏可被驾驶员看到', 'Display faces the driver'],
    ['坐在车里看:字清楚、不反光', 'Look from the driver’s seat: legible, no glare'],
    '7.1.1 a',
    false,
    lane,
  ),
  part(
    'booth',
    ['岗亭居中放在安全岛上', 'Booth in the middle of the island'],
    ['没有岗亭时选“不适用”', 'Without a booth: not applicable'],
    '7.1.2 c',
    false,
    lane,
  ),
  ...openParts,
]

export interface GeometryView {
  readonly id: MountId
  readonly text: BilingualText
  readonly value: number | null
  readonly state: 'open' | 'fits' | 'departs'
}

/** The measured position of the antenna against clause 7.1.1 c, or 7.2.1 c of a gantry, value by value. */
export const geometryOf = ({
  setup,
  opened,
}: Pick<SurveyProject, 'setup' | 'opened'>): readonly GeometryView[] =>
  mountAdvice(rulesOf(opened), mountOf(opened)).map((one) => {
    const { of: id, text } = one
    const value = setup?.[id] ?? null
    const state = value === null ? 'open' : departs(one, value) ? 'departs' : 'fits'
    return { id, text, value, state }
  })

const text = (of: readonly GeometryView[], as: 'zh' | 'en'): string =>
  of.map((one) => one.text[as]).join(as === 'zh' ? '、' : '; ')

/** Where it is impossible that an antenna of a lane hangs, no reason excuses it. */
function isImpossible({ id, value }: GeometryView, heightMaxMm: number): boolean {
  if (value === null) return false
  if (id === 'heightMm') return value > heightMaxMm
  return id === 'downDeg' ? value < 0 || value > 90 : Math.abs(value) > 90
}

const units: Readonly<Record<MountId, (value: number) => string>> = {
  heightMm: (value) => `${value / 1000} m`,
  downDeg: (value) => `${value}°`,
  yawDeg: (value) => `${value}°`,
}

/** Each value that departs, with the rule: `1.8 m (天线高度宜 ≥ 2.5 m)`. */
const figures = (of: readonly GeometryView[], as: 'zh' | 'en'): string =>
  of
    .map((one) => `${one.value === null ? '?' : units[one.id](one.value)} (${one.text[as]})`)
    .join(as === 'zh' ? '、' : '; ')

/** When the present height and angles were first on record. */
function standsSince({ records, setup }: SurveyProject): number {
  const isSame = (body: SetupBody): boolean =>
    body.heightMm === setup?.heightMm &&
    body.downDeg === setup.downDeg &&
    body.yawDeg === setup.yawDeg
  const setups = records.filter(({ body }) => body.kind === 'setup')
  const other = setups.findLastIndex(({ body }) => body.kind === 'setup' && !isSame(body))
  return setups[other + 1]?.atMs ?? Infinity
}

interface SitingDeviation {
  /** Rule, figure and reason. */
  readonly words: BilingualText
  readonly by: string
}

/** The reason for a mounting that departs from its clause; null: it does not depart, or no reason stands. */
export function sitingDeviation(survey: SurveyProject): SitingDeviation | null {
  const apart = geometryOf(survey).filter(({ state }) => state === 'departs')
  if (apart.length === 0) return null
  const since = standsSince(survey)
  const said = survey.deviations.findLast(
    ({ item, text: why, by, atMs }) =>
      item === 'D2' && isReason(why) && isNamed(by) && atMs >= since,
  )
  if (said === undefined) return null
  const { text: why, by } = said
  return {
    by,
    words: t(
      `偏离:${figures(apart, 'zh')};理由:${why}(${by})`,
      `deviates: ${figures(apart, 'en')}; reason: ${why} (${by})`,
    ),
  }
}

function judge(survey: SurveyProject) {
  const checks = judgeChecks('D2', layoutParts, survey)
  if (checks.verdict !== 'pass') return checks
  const geometry = geometryOf(survey)
  const open = geometry.filter(({ state }) => state === 'open')
  if (open.length > 0)
    return finding(
      'incomplete',
      because('geometry', `尚未记录:${text(open, 'zh')}`, `Not recorded yet: ${text(open, 'en')}`),
      checks.readings,
    )
  const heightMaxMm = rulesOf(survey.opened).limit('D2', 'heightMax')
  const impossible = geometry.filter((one) => isImpossible(one, heightMaxMm))
  if (impossible.length > 0)
    return finding(
      'fail',
      because(
        'geometry',
        `车道天线不可能这样安装(高不超过 ${heightMaxMm / 1000} m,约定值):${figures(impossible, 'zh')}`,
        `No antenna of a lane hangs like this (${heightMaxMm / 1000} m high at most, assumed): ${figures(impossible, 'en')}`,
      ),
      checks.readings,
    )
  const apart = geometry.filter(({ state }) => state === 'departs')
  if (apart.length === 0) return checks
  const deviation = sitingDeviation(survey)
  return deviation === null
    ? finding(
        'incomplete',
        because(
          'deviation',
          `偏离须在测得后具名说明理由(至少 10 个字):${figures(apart, 'zh')}`,
          `Departs: a named person gives the reason after the measurement (10 characters or more): ${figures(apart, 'en')}`,
        ),
        checks.readings,
      )
    : finding('pass', deviation.words, checks.readings)
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
const asked = layoutParts.filter(({ of }) => isAskedAt(of, null))
const bodies = answered('D2', asked, 'yes')
const deviation = (why: string): SurveyBody => ({
  kind: 'deviation',
  item: 'D2',
  text: why,
  area: null,
})

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
    ...checkExamples('D2', asked, [setup]),
    { verdict: 'incomplete', bodies },
    { verdict: 'incomplete', bodies: [...bodies, { ...setup, heightMm: null }] },
    { verdict: 'incomplete', bodies: [...bodies, { ...setup, yawDeg: 10 }] },
    {
      verdict: 'pass',
      bodies: [...bodies, { ...setup, yawDeg: 10 }, deviation('示例:岗亭后为墙,天线只能这样转')],
    },
    { verdict: 'incomplete', bodies: [...bodies, { ...setup, yawDeg: 10 }, deviation('wall')] },
    {
      verdict: 'fail',
      bodies: [...bodies, { ...setup, downDeg: -90 }, deviation('示例:岗亭后为墙,天线只能这样转')],
    },
    {
      verdict: 'fail',
      bodies: [...bodies, { ...setup, heightMm: 20_000 }, deviation('示例:利用现有高杆安装')],
    },
  ],
})
