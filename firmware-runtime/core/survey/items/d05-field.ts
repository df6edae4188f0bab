// Table D.1 row 5: field strength every 0.25 m at about 1 m; at least -45 dBm, zone inside 3.2 m x 4.5 m.
// Points inside reach the limit, points around stay below it. Where a lane needs less than the whole
// area ("根据车道环境"), the part it needs is on record with its reason, and points beyond it are free.
import { t } from '../../values/fault-text.ts'
import { inArea } from '../area.ts'
import { gridLevels, type GridLevel } from '../field-readings.ts'
import { gridPoints, parkingGrid, type GridTemplate, type PointMm } from '../grid.ts'
import { defineSurveyItem, finding, groups, notMeasured } from '../item.ts'
import type { SurveyProject } from '../project.ts'
import type { AreaMm, FieldBody, OpenedBody, SurveyBody } from '../record.ts'

/** dBm, table D.1 row 5. */
export const fieldLimitDbm = -45

export type CellVerdict = 'pass' | 'fail' | 'free' | 'open'

/** The part of the lane that needs the zone. */
export const neededArea = (survey: SurveyProject): AreaMm | null =>
  survey.deviations.findLast(({ item, area }) => item === 'D5' && area !== null)?.area ?? null

export function cellVerdict(cell: GridLevel, needed: AreaMm | null): CellVerdict {
  if (cell.level === null) return 'open'
  const reaches = cell.level.levelDbm >= fieldLimitDbm
  if (cell.part === 'ring') return reaches ? 'fail' : 'pass'
  if (reaches) return 'pass'
  return needed === null || inArea(needed, cell) ? 'fail' : 'free'
}

function judge(survey: SurveyProject) {
  const needed = neededArea(survey)
  const cells = gridLevels(survey).map((cell) => ({ cell, is: cellVerdict(cell, needed) }))
  const taken = cells.filter(({ is }) => is !== 'open')
  if (taken.length === 0) return notMeasured()
  const failed = taken.filter(({ is }) => is === 'fail')
  const inside = failed.filter(({ cell }) => cell.part === 'inside').length
  const around = failed.length - inside
  const weakest = Math.min(
    ...taken
      .filter(({ cell }) => cell.part === 'inside' && (needed === null || inArea(needed, cell)))
      .map(({ cell }) => cell.level?.levelDbm ?? 0),
  )
  const figure = Number.isFinite(weakest) ? { value: weakest, unit: 'dBm' } : null
  if (failed.length > 0) {
    const words = t(
      `区域内 ${inside} 点低于 ${fieldLimitDbm} dBm,区域外 ${around} 点达到或超过`,
      `${inside} points inside below ${fieldLimitDbm} dBm, ${around} around at or above it`,
    )
    return finding('fail', words, taken.length, figure)
  }
  const open = cells.length - taken.length
  if (open > 0) {
    const words = t(`还有 ${open} 点未测`, `${open} points left to measure`)
    return finding('incomplete', words, taken.length, figure)
  }
  const words = t(
    `区域内最弱 ${weakest.toFixed(1)} dBm,区域外均低于 ${fieldLimitDbm} dBm`,
    `Weakest inside ${weakest.toFixed(1)} dBm, all around below ${fieldLimitDbm} dBm`,
  )
  return finding('pass', words, taken.length, figure)
}

const grid: GridTemplate = { ...parkingGrid, widthMm: 500, lengthMm: 500 }
const opened: OpenedBody = {
  kind: 'opened',
  title: 'example',
  site: 'example',
  lane: 'exit',
  grid,
  trigger: null,
  access: 'wire',
}
const read = (point: PointMm, levelDbm: number): FieldBody => ({
  kind: 'field',
  ...{ xMm: point.xMm, yMm: point.yMm, zMm: grid.heightMm },
  ...{ instrumentId: 'a', antennaId: null, place: 'lane', levelsDbm: [levelDbm] },
})
const all = (inside: number, ring: number): readonly SurveyBody[] => [
  opened,
  ...gridPoints(grid).map((point) => read(point, point.part === 'inside' ? inside : ring)),
]

export const field = defineSurveyItem({
  id: 'D5',
  group: groups.zone,
  title: t('天线场强范围', 'Field strength of the antenna'),
  printed:
    '距离地面约1 m高度架设天线，以0.25 m为间隔测试场强值；天线场强值应 ≥ -45 dBm；通信区域应根据车道环境控制在3.2 m（宽） × 4.5 m（长）范围内',
  procedure: t(
    '网格逐点取峰值保持的中位数,并测外圈',
    'Median of peak levels at each point of the grid, and of the ring around it',
  ),
  assumed: t(
    '外圈距边界 0.25 m、点距 0.5 m 为本软件做法,原文未规定',
    'The ring at 0.25 m from the edge, a point each 0.5 m, is our way: the text states none',
  ),
  judge,
  examples: [
    { verdict: 'incomplete', bodies: [] },
    { verdict: 'pass', bodies: all(-45, -45.01) },
    { verdict: 'fail', bodies: all(-45.01, -60) },
    { verdict: 'fail', bodies: all(-30, -45) },
    { verdict: 'incomplete', bodies: all(-30, -60).slice(0, -1) },
    // Repeated: the last reading of a point counts.
    { verdict: 'pass', bodies: [...all(-50, -60), ...all(-30, -60)] },
    {
      verdict: 'pass',
      bodies: [
        ...all(-30, -60),
        read({ xMm: 500, yMm: 500 }, -50),
        {
          kind: 'deviation',
          item: 'D5',
          text: 'narrow lane',
          area: { leftMm: 0, rightMm: 250, nearMm: 0, farMm: 250 },
        },
      ],
    },
  ],
})
