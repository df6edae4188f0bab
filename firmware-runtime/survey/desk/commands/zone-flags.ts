// The flags of `survey new` for row 5: the needed area, the position of the box, the uncertainty of a level,
// neighbouring lanes. A flag that is left out has its usual value: 1.5 m x 2 m around the trigger.
import { t } from '#base/pure/words/fault-text.ts'
import type { GridTemplate, PointMm } from '../../pure/field/grid.ts'
import type { AreaMm, ZonePlan } from '../../pure/file/record.ts'
import { usualPlan } from '../../pure/field/zone-plan.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

interface Given {
  readonly needed: string | undefined
  readonly 'needed-reason': string | undefined
  readonly origin: string | undefined
  readonly rule: ZonePlan['rule'] | undefined
  readonly uncertainty: string | undefined
  readonly neighbours: string | undefined
  readonly 'no-neighbours': string | undefined
}

function millimetres(text: string, field: string, counts: readonly number[]): readonly number[] {
  const all = text.split(',')
  if (counts.includes(all.length) && all.every((one) => /^-?\d{1,5}$/.test(one)))
    return all.map(Number)
  const note = t(
    `${counts.join(' 或 ')} 个整数毫米,用逗号分开`,
    `${counts.join(' or ')} whole millimetres, with commas`,
  )
  throw new LaneFault('ARG-01', { field, value: text, note })
}

function areaOf(text: string): AreaMm {
  const [leftMm = 0, nearMm = 0, rightMm = 0, farMm = 0] = millimetres(text, '--needed', [4])
  return { leftMm, nearMm, rightMm, farMm }
}

/** `X,Y` in whole millimetres; null: not given. */
export function pointOf(text: string | undefined, field: string): PointMm | null {
  if (text === undefined) return null
  const match = /^(-?\d{1,5}),(-?\d{1,5})$/.exec(text)
  if (match === null)
    throw new LaneFault('ARG-01', { field, value: text, note: t('X,Y,单位 mm', 'X,Y in mm') })
  return { xMm: Number(match[1]), yMm: Number(match[2]) }
}

function decibels(text: string): number {
  if (/^\d{1,2}(?:\.\d{1,2})?$/.test(text)) return Number(text)
  throw new LaneFault('ARG-01', { field: '--uncertainty', value: text, note: 'in dB' })
}

export function zoneOfFlags(given: Given, grid: GridTemplate, trigger: PointMm): ZonePlan {
  const usual = usualPlan(grid, trigger)
  const { needed, origin, uncertainty, neighbours } = given
  const alone = given['no-neighbours']
  return {
    needed: needed === undefined ? usual.needed : areaOf(needed),
    neededReason: given['needed-reason'] ?? null,
    origin: pointOf(origin, '--origin') ?? usual.origin,
    rule: given.rule ?? usual.rule,
    uncertaintyDb: uncertainty === undefined ? usual.uncertaintyDb : decibels(uncertainty),
    neighbourAxesMm:
      neighbours === undefined ? [] : millimetres(neighbours, '--neighbours', [1, 2]),
    ...(alone === undefined ? {} : { noNeighbours: alone }),
  }
}
