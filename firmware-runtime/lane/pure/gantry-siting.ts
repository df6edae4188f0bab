// Clauses 7.2.1 a, c and d of seed 001 as rules on one gantry and the road lane below it.
import { mountAdvice, type MountId } from '#base/pure/lot/antenna-mount.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { metres } from '#base/pure/lot/member.ts'
import { present } from '#base/pure/values/must.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { Known, SitingAmount } from '#base/pure/lot/siting-measures.ts'
import type { SitingRule } from './layouts/layout.ts'
import {
  fail,
  pass,
  passIf,
  range,
  stated,
  unknown,
  type DevicesThere,
  type Judged,
  type Rule,
} from './siting-finding.ts'

interface Asked {
  readonly there: DevicesThere
  readonly rules: Rules
}

const onGantry = (id: MountId, name: SitingAmount): Rule<Asked> =>
  range(name, (rules) =>
    present(
      mountAdvice(rules, 'gantry').find((one) => one.of === id),
      id,
    ),
  )

/** 7.2.1 d names lanes narrower and wider than a width; exactly there it recommends no number. */
function antennas({ laneWidthMm, laneAntennas }: Known, { rules }: Asked): Judged {
  const widthMm = rules.limit('siting.gantryAntennas', 'width')
  const narrow = rules.limit('siting.gantryAntennas', 'narrow')
  const wide = rules.limit('siting.gantryAntennas', 'wide')
  const [is, limit] = [metres(laneWidthMm), metres(widthMm)]
  if (laneWidthMm === widthMm)
    return laneAntennas >= Math.min(narrow, wide) && laneAntennas <= Math.max(narrow, wide)
      ? pass(
          `车道宽 ${is},天线 ${laneAntennas} 台;条文只说小于和大于 ${limit} 的车道,${narrow} 台或 ${wide} 台都不违反`,
          `The lane is ${is} wide and has ${laneAntennas} antennas; the text names lanes below and above ${limit} only, so that neither number is against it`,
        )
      : fail(
          `车道宽 ${is},天线 ${laneAntennas} 台;条文只说小于和大于 ${limit} 的车道,两种台数都不是`,
          `The lane is ${is} wide and has ${laneAntennas} antennas; the text names lanes below and above ${limit} only, and this is neither of its numbers`,
        )
  const wanted = laneWidthMm < widthMm ? narrow : wide
  const [zh, en] = laneWidthMm < widthMm ? ['窄', 'narrow'] : ['宽', 'wide']
  return passIf(
    laneAntennas === wanted,
    `车道宽 ${is},天线 ${laneAntennas} 台;${zh}车道(以 ${limit} 为界)宜 ${wanted} 台`,
    `The lane is ${is} wide and has ${laneAntennas} antennas; a ${en} lane (limit ${limit}) should have ${wanted}`,
  )
}

export const gantryRules = {
  gantryFrame: stated(
    'gantryFrame',
    t('换用 L 型立柱加横杆或龙门架,或写明原因', 'Use an L-shaped pole or a portal, or say why not'),
  ),
  gantryHeight: onGantry('heightMm', 'antennaHeightMm'),
  gantryDown: onGantry('downDeg', 'antennaDownDeg'),
  gantryOn: {
    asks: [],
    judge: (_, { there: { rsu } }) =>
      rsu
        ? pass(
            '车道运行时天线一直搜索,由本软件保持',
            'This program keeps the antenna searching as long as the lane runs',
          )
        : unknown('门架还没有天线', 'The gantry has no antenna yet'),
    todo: t('在上面填写天线地址', 'Fill in the address of the antenna'),
  },
  gantryPower: stated(
    'gantryPower',
    t('把天线功率设为最大值,或写明原因', 'Set the power to its maximum, or say why not'),
  ),
  gantryAntennas: {
    asks: ['laneWidthMm', 'laneAntennas'],
    judge: antennas,
    todo: t('按车道宽增减天线,或写明原因', 'Change the number of antennas, or say why it stays'),
  },
} as const satisfies Partial<Readonly<Record<SitingRule, Rule<Asked>>>>
