// The criteria of row 5 of table D.1: the part of the lane that needs the zone, inside the box that may contain it. Fixed in
// the first record of a survey; unusable criteria are listed here.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { inArea } from './area.ts'
import { usualDecision } from '../decision.ts'
import type { GridTemplate, PointMm } from './grid.ts'
import { wholeArea } from './plan-frame.ts'
import type { LimitOf } from '#base/pure/rules/rule-table.ts'
import type { AreaMm, OpenedBody, ZonePlan } from '../file/record.ts'
import { isReason, wordsMin } from '../reasons.ts'
import { rulesOf } from '../survey-rules.ts'

/** The ring is ours. */
const ringMax = { offsetMm: 250, stepMm: 500 } as const
/** "About 1 m" is within a tenth of one: ours. */
const aboutMm = 100

/** Row 5: the zone lies within this box, points are this near each other, at this height. */
export function boundsOf(opened: OpenedBody) {
  const of = (name: LimitOf<'D5'>): number => rulesOf(opened).limit('D5', name)
  const at = of('height')
  return {
    widthMm: of('width'),
    lengthMm: of('length'),
    stepMm: of('step'),
    heightMm: { at, min: at - aboutMm, max: at + aboutMm },
  }
}
/** A car stops within this of its trigger; the largest part that an antenna beside the boom can serve. */
const usualNeeded = { widthMm: 1_500, lengthMm: 2_000 } as const

interface PlanFault {
  /** As a body names it. */
  readonly field: string
  readonly words: BilingualText
}

const between = (at: number, size: number, max: number): number =>
  Math.round(Math.min(Math.max(0, at - size / 2), Math.max(0, max - size)))

/** The usual part around a trigger, moved into the box where it would leave it. */
export function neededAround(grid: GridTemplate, trigger: PointMm): AreaMm {
  const { widthMm, lengthMm } = usualNeeded
  const leftMm = between(trigger.xMm, widthMm, grid.widthMm)
  const nearMm = between(trigger.yMm, lengthMm, grid.lengthMm)
  return { leftMm, nearMm, rightMm: leftMm + widthMm, farMm: nearMm + lengthMm }
}

/** Default position of the trigger: the middle of the box. */
export const usualTrigger = ({ widthMm, lengthMm }: GridTemplate): PointMm => ({
  xMm: Math.round(widthMm / 2),
  yMm: Math.round(lengthMm / 2),
})

export const usualPlan = (grid: GridTemplate, trigger: PointMm): ZonePlan => ({
  needed: neededAround(grid, trigger),
  neededReason: null,
  origin: { xMm: 0, yMm: 0 },
  ...usualDecision,
  neighbourAxesMm: [],
})

const isSmall = ({ leftMm, rightMm, nearMm, farMm }: AreaMm): boolean =>
  rightMm - leftMm < usualNeeded.widthMm || farMm - nearMm < usualNeeded.lengthMm

const metres = (mm: number): string => `${mm / 1000} m`
const sizeOf = ({ leftMm, rightMm, nearMm, farMm }: AreaMm): string =>
  `${metres(rightMm - leftMm)} x ${metres(farMm - nearMm)}`

/** The shorter side. */
export const sideMm = ({ leftMm, rightMm, nearMm, farMm }: AreaMm): number =>
  Math.min(rightMm - leftMm, farMm - nearMm)

function neededFaults(opened: OpenedBody, plan: ZonePlan): readonly PlanFault[] {
  const { grid, trigger } = opened
  const { needed, neededReason } = plan
  const faults: PlanFault[] = []
  const add = (field: string, zh: string, en: string): void =>
    void faults.push({ field, words: t(zh, en) })
  const box = wholeArea(grid)
  const inBox = [
    { xMm: needed.leftMm, yMm: needed.nearMm },
    { xMm: needed.rightMm, yMm: needed.farMm },
  ].every((corner) => inArea(box, corner))
  if (!inBox) add('/zone/needed', '需求区超出测试框', 'the needed area leaves the box')
  if (trigger === null) add('/trigger', '未声明触发点', 'no trigger was declared')
  else if (!inArea(needed, trigger))
    add('/zone/needed', '触发点不在需求区内', 'the trigger is not in the needed area')
  const leastMm = rulesOf(opened).limit('D5', 'neededMin')
  if (sideMm(needed) < leastMm)
    add(
      '/zone/needed',
      `需求区 ${sizeOf(needed)} 的一边小于 ${metres(leastMm)}(约定值),没有车能停在其中`,
      `a needed area of ${sizeOf(needed)} has a side of less than ${metres(leastMm)} (assumed): no car stops in it`,
    )
  if (isSmall(needed) && !isReason(neededReason ?? undefined))
    add(
      '/zone/neededReason',
      `需求区 ${sizeOf(needed)} 小于 1.5 m x 2 m,未写理由`,
      `a needed area of ${sizeOf(needed)} is less than 1.5 m x 2 m and has no reason`,
    )
  return faults
}

/** From the edge of the box to the middle of a lane beside it, at most; ours. */
const besideMm = 6_000

/** Checks that adjacent lanes are stated, or their absence, and that their positions are outside the box. */
export function besideFaults(
  { neighbourAxesMm, noNeighbours }: ZonePlan,
  { widthMm }: GridTemplate,
): readonly PlanFault[] {
  const off = neighbourAxesMm.filter(
    (mm) => mm < -besideMm || mm > widthMm + besideMm || (mm >= 0 && mm <= widthMm),
  )
  if (off.length > 0) {
    const at = off.map((mm) => `x = ${mm / 1000} m`).join(', ')
    const words = t(
      `邻道中线 ${at} 不在测试框旁`,
      `a lane with its middle at ${at} is not beside the box`,
    )
    return [{ field: '/zone/neighbourAxesMm', words }]
  }
  if (neighbourAxesMm.length > 0 || isReason(noNeighbours)) return []
  const words = t(
    `未写明为何没有邻道(至少 ${wordsMin} 个字)`,
    `nobody says why there is no lane beside (${wordsMin} characters or more)`,
  )
  return [{ field: '/zone/noNeighbours', words }]
}

function gridFaults(opened: OpenedBody): readonly PlanFault[] {
  const { grid } = opened
  const { widthMm, lengthMm, stepMm, heightMm } = boundsOf(opened)
  const faults: PlanFault[] = []
  const add = (field: string, zh: string, en: string): void =>
    void faults.push({ field, words: t(zh, en) })
  if (grid.stepMm > stepMm)
    add(
      '/grid/stepMm',
      `点距 ${grid.stepMm} mm 大于 ${stepMm} mm`,
      `step ${grid.stepMm} mm exceeds ${stepMm} mm`,
    )
  const box = `${metres(widthMm)} x ${metres(lengthMm)}`
  if (grid.widthMm > widthMm || grid.lengthMm > lengthMm)
    add('/grid', `测试框大于 ${box}`, `the box exceeds ${box}`)
  const { ring } = grid
  if (ring === null || ring.offsetMm > ringMax.offsetMm || ring.stepMm > ringMax.stepMm)
    add('/grid/ring', '外圈远于 0.25 m 或疏于 0.5 m', 'no ring at 0.25 m with a point each 0.5 m')
  if (grid.heightMm < heightMm.min || grid.heightMm > heightMm.max)
    add(
      '/grid/heightMm',
      `测试高度 ${metres(grid.heightMm)},应约 ${metres(heightMm.at)}`,
      `height ${metres(grid.heightMm)}, row 5 says about ${metres(heightMm.at)}`,
    )
  return faults
}

/** A budget below that of the best class of instruments is none. */
function budgetFaults(opened: OpenedBody, { uncertaintyDb }: ZonePlan): readonly PlanFault[] {
  const leastDb = rulesOf(opened).limit('D5', 'uncertaintyMin')
  if (uncertaintyDb >= leastDb) return []
  const words = t(
    `不确定度 ${uncertaintyDb} dB 小于最好一档仪器的 ${leastDb} dB(约定值)`,
    `an uncertainty of ${uncertaintyDb} dB is below that of the best class of instruments, ${leastDb} dB (assumed)`,
  )
  return [{ field: '/zone/uncertaintyDb', words }]
}

const undeclared: PlanFault = {
  field: '/zone',
  words: t('首次读数前未声明需求区', 'no needed area was declared before the first reading'),
}

/** Why nothing can be judged by what a survey was opened with; empty: it can. */
export const planFaults = (opened: OpenedBody): readonly PlanFault[] => [
  ...(opened.zone === undefined
    ? [undeclared]
    : [
        ...neededFaults(opened, opened.zone),
        ...budgetFaults(opened, opened.zone),
        ...besideFaults(opened.zone, opened.grid),
      ]),
  ...gridFaults(opened),
]

/** Fault that refuses opening a survey; a coarse grid is accepted, although it cannot pass. */
export const refusedPlan = (opened: OpenedBody): PlanFault | null =>
  (opened.zone === undefined
    ? []
    : [...neededFaults(opened, opened.zone), ...budgetFaults(opened, opened.zone)])[0] ?? null
