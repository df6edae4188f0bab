// Clauses 7.1, 7.2.1 and 8.1.1 of seed 001 as rules for the positions in a lane: a verdict with its figures, and the advice.
// An unmeasured value is unknown and never passes; the layout of a lane selects its rules.
import { laneKindsBy } from '#base/pure/device-kinds/lane-kinds.ts'
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import { mountAdvice, type MountId } from '#base/pure/lot/antenna-mount.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { LimitOf } from '#base/pure/rules/rule-table.ts'
import { present } from '#base/pure/values/must.ts'
import type { LaneLayout, SitingRule } from './layouts/layout.ts'
import { gantryRules } from './gantry-siting.ts'
import { hides, type Place } from './line-of-sight.ts'
import {
  fail,
  findingOf,
  listed,
  pass,
  passIf,
  range,
  unknown,
  type Bounds,
  type DevicesThere,
  type Judged,
  type Rule,
  type Siting,
  type SitingFinding,
} from './siting-finding.ts'
import type { Known, SitingAmount } from '#base/pure/lot/siting-measures.ts'
import { metres } from '#base/pure/lot/member.ts'

/** Input of a rule: the lane, its devices and the rule pack. */
interface Asked {
  readonly lane: LaneLayout
  readonly there: DevicesThere
  readonly rules: Rules
}

/** Words of the devices that a clause requires and that are not there. */
export const absentIn = ({ devices }: Pick<LaneLayout, 'devices'>, there: DevicesThere) =>
  laneKindsBy('clause')
    .filter((kind) => typeof devices[kind] === 'string' && !there[kind])
    .map((kind) => deviceKinds[kind].lane.words)

function devices(lane: LaneLayout, there: DevicesThere): Judged {
  const absent = absentIn(lane, there)
  const { zh, en } = listed(absent)
  return absent.length === 0
    ? pass('要求的设备都有', 'It has every device that is asked for')
    : unknown(`还没有${zh}`, `Not there yet: ${en}`)
}

const mounted = (id: MountId, name: SitingAmount): Rule<Asked> =>
  range(name, (rules) =>
    present(
      mountAdvice(rules).find((one) => one.of === id),
      id,
    ),
  )

const plateWidthMm = 440

/** The standard states no width for an enclosed lane: its limit for a narrow lane is used, and marked as assumed. */
function laneWidth({ laneWidthMm }: Known, { rules }: Asked): Judged {
  const minMm = rules.limit('siting.laneWidth', 'min')
  const [is, least] = [metres(laneWidthMm), metres(minMm)]
  return passIf(
    laneWidthMm >= minMm,
    `车道宽 ${is};7.1 未规定车道宽,按 7.2.1 d 窄车道的界限 ${least} 推定`,
    `The lane is ${is} wide; 7.1 gives no width, assumed from where 7.2.1 d calls a lane narrow: ${least}`,
  )
}

function boothMiddle(known: Known, { rules }: Asked): Judged {
  const { islandWidthMm, boothGapMm, boothWidthMm } = known
  const middleWithinMm = rules.limit('siting.boothMiddle', 'offMax')
  const off = Math.abs(boothGapMm + boothWidthMm / 2 - islandWidthMm / 2)
  const within = metres(middleWithinMm)
  return passIf(
    off <= middleWithinMm,
    `岗亭中线偏离安全岛中线 ${metres(off)};宜居中(按 ${within} 判定)`,
    `The booth is ${metres(off)} off the middle of the island; should be in it (judged within ${within})`,
  )
}

function cameraView(known: Known): Judged {
  const { boothGapMm, boothWidthMm, boothNearMm, boothLengthMm, laneWidthMm } = known
  const booth = {
    from: { x: boothNearMm, y: -boothGapMm - boothWidthMm },
    to: { x: boothNearMm + boothLengthMm, y: -boothGapMm },
  }
  const eye = { x: known.cameraMm, y: known.cameraAsideMm }
  const plate = [-1, 1].map((side): Place => ({
    x: known.triggerMm,
    y: laneWidthMm / 2 + (side * plateWidthMm) / 2,
  }))
  const hidden = plate.filter((edge) => hides(booth, eye, edge)).length
  const at = metres(known.triggerMm)
  return hidden === 0
    ? pass(
        `从摄像机到 ${at} 处车牌的视线不过岗亭`,
        `The line from the camera to a plate at ${at} passes the booth by`,
      )
    : fail(
        `岗亭挡住摄像机看 ${at} 处车牌的视线`,
        `The booth stands between the camera and a plate at ${at}`,
      )
}

function triggerInZone({ triggerMm, triggerLengthMm, zoneNearMm, zoneFarMm }: Known): Judged {
  const [near, far] = [triggerMm - triggerLengthMm / 2, triggerMm + triggerLengthMm / 2]
  const [zh, en] = [
    `线圈 ${metres(near)}~${metres(far)},天线覆盖 ${metres(zoneNearMm)}~${metres(zoneFarMm)}`,
    `Trigger ${metres(near)} to ${metres(far)}, zone ${metres(zoneNearMm)} to ${metres(zoneFarMm)}`,
  ]
  return passIf(near >= zoneNearMm && far <= zoneFarMm, zh, en)
}

function strongest({ triggerMm, triggerLengthMm, strongestMm }: Known): Judged {
  const off = Math.abs(strongestMm - triggerMm)
  return passIf(
    off <= triggerLengthMm / 2,
    `信号最强处离线圈中心 ${metres(off)},线圈长 ${metres(triggerLengthMm)}`,
    `Strongest ${metres(off)} from the middle of the trigger, which is ${metres(triggerLengthMm)} long`,
  )
}

type IslandRule = 'siting.islandWidth' | 'siting.islandLength' | 'siting.islandHeight'

function islandBounds(id: IslandRule, rules: Rules): Bounds {
  const min = rules.limit(id, 'min')
  if (id !== 'siting.islandWidth') {
    const least = metres(min)
    return { text: t(`应 ≥ ${least}`, `must be >= ${least}`), min, max: null }
  }
  const max = rules.limit(id, 'max' satisfies LimitOf<'siting.islandWidth'>)
  const [from, to] = [metres(min), metres(max)]
  return { text: t(`应为 ${from}~${to}`, `must be ${from} to ${to}`), min, max }
}
const island = (name: SitingAmount, id: IslandRule): Rule<Asked> =>
  range(name, (rules) => islandBounds(id, rules))

const sitingRules: Readonly<Record<SitingRule, Rule<Asked>>> = {
  devices: {
    asks: [],
    judge: (_, { lane, there }) => devices(lane, there),
    todo: t('在上面填写设备地址', 'Fill in the addresses of its devices'),
  },
  noEtc: {
    asks: [],
    judge: (_, { there: { rsu } }) =>
      rsu
        ? fail(
            '入口有 ETC 天线;入口不增设 ETC 设备',
            'The entry has an antenna; entries get no ETC',
          )
        : pass('入口没有 ETC 设备', 'The entry has no ETC'),
    todo: t('清除入口的天线,把它装到出口', 'Clear the antenna of the entry, hang it at the exit'),
  },
  etc: {
    asks: [],
    judge: (_, { there: { rsu } }) =>
      rsu
        ? pass('出口有 ETC 天线', 'The exit has an antenna')
        : unknown('出口还没有 ETC 天线', 'The exit has no antenna yet'),
    todo: t('在上面填写天线地址', 'Fill in the address of the antenna'),
  },
  antennaPlace: {
    asks: ['antennaMm'],
    judge: ({ antennaMm }) =>
      passIf(
        antennaMm > 0,
        `天线在道闸${antennaMm > 0 ? '后方' : '前方或同处'} ${metres(Math.abs(antennaMm))};宜在后方`,
        `Antenna ${metres(Math.abs(antennaMm))} ${antennaMm > 0 ? 'beyond' : 'not beyond'} the boom; should be beyond it`,
      ),
    todo: t('把天线移到道闸后方', 'Move the antenna beyond the boom'),
  },
  antennaHeight: mounted('heightMm', 'antennaHeightMm'),
  antennaDown: mounted('downDeg', 'antennaDownDeg'),
  antennaYaw: mounted('yawDeg', 'antennaYawDeg'),
  antennaPower: {
    asks: [],
    judge: () =>
      unknown(
        '22 dB~28 dB 是设置刻度,原文未说明与 dBm 的关系;不作判定',
        '22 dB to 28 dB is a scale of settings that no text relates to dBm: not judged',
      ),
    todo: t('功率由现场勘测的场强决定', 'The field measured by the survey decides the power'),
  },
  trigger: {
    asks: ['triggerMm', 'triggerLengthMm', 'zoneNearMm', 'zoneFarMm'],
    judge: triggerInZone,
    todo: t('移动线圈,或调整天线角度和功率', 'Move the trigger, or correct angle and power'),
  },
  strongest: {
    asks: ['triggerMm', 'triggerLengthMm', 'strongestMm'],
    judge: strongest,
    todo: t('微调天线角度后再测', 'Correct the angle of the antenna and measure again'),
  },
  laneWidth: {
    asks: ['laneWidthMm'],
    judge: laneWidth,
    todo: t('加宽车道,或写明不加宽的理由', 'Widen the lane, or say why it stays'),
  },
  boothMiddle: {
    asks: ['islandWidthMm', 'boothGapMm', 'boothWidthMm'],
    judge: boothMiddle,
    todo: t('把岗亭移到安全岛中间', 'Move the booth to the middle of the island'),
  },
  cameraView: {
    asks: [
      'cameraMm',
      'cameraAsideMm',
      'triggerMm',
      'laneWidthMm',
      'boothGapMm',
      'boothWidthMm',
      'boothNearMm',
      'boothLengthMm',
    ],
    judge: cameraView,
    todo: t('移动摄像机,让岗亭不在视线上', 'Move the camera until the booth is out of its way'),
  },
  islandWidth: island('islandWidthMm', 'siting.islandWidth'),
  islandLength: island('islandLengthMm', 'siting.islandLength'),
  islandHeight: island('islandHeightMm', 'siting.islandHeight'),
  ...gantryRules,
}

/** All rules of the lane's layout that the rule pack requires, in the order of its clauses. */
export const judgeSiting = (
  lane: LaneLayout,
  siting: Siting,
  there: DevicesThere,
  rules: Rules,
): readonly SitingFinding[] =>
  Object.entries(lane.siting).flatMap(([name, clause]) => {
    const rule = name as SitingRule
    return findingOf(rule, clause, sitingRules[rule], siting, { lane, there, rules })
  })
