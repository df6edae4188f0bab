// Compares "22 dB to 28 dB" of clause 7.1.1 c with the fit. No source says what these dB refer to: a scale of settings,
// whose offset to dBm is fitted here or unknown. The conflict is shown, never judged.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { GridTemplate } from '../field/grid.ts'
import { levelsOf, type Antenna } from './antenna.ts'
import type { FittedValue, ModelFit } from './fit.ts'
import { antennaOf } from './parameters.ts'
import type { Hanging } from './aim.ts'

/** As printed. */
const clauseScaleDb = [22, 28] as const

interface ClauseReach {
  readonly eirpDbm: number
  /** Along the middle of the lane, from the edge nearest the boom. */
  readonly reachMm: number
}

export interface PowerClause {
  readonly clause: '7.1.1 c'
  readonly scaleDb: readonly [number, number]
  readonly atStep: number
  readonly eirpDbm: FittedValue
  readonly dbPerStep: FittedValue
  /** If the printed figures were EIRP in dBm: how far the limit would reach. */
  readonly ifDbm: readonly ClauseReach[]
  /** EIRP that reaches the limit at the end of the area, by the model. */
  readonly enoughDbm: number
  /** Whether the area would contain the zone at the printed values: `none` no conflict, `part` at one end, `whole` at both. */
  readonly conflict: 'none' | 'part' | 'whole'
  readonly words: BilingualText
}

/** Farther out nothing is looked at. */
const farthestMm = 40_000
const stepMm = 50

/** The farthest place on the lane's middle at or above the limit, without shadows. */
export function reachOf(antenna: Antenna, grid: GridTemplate, limitDbm: number): number {
  const level = levelsOf(antenna)
  for (let yMm = farthestMm; yMm > 0; yMm -= stepMm)
    if (level(grid.widthMm / 2, yMm, grid.heightMm) >= limitDbm) return yMm
  return 0
}

/** EIRP at which the limit is just reached at the end of the area, on the lane's middle. */
export const enoughAt = (antenna: Antenna, grid: GridTemplate, limitDbm: number): number =>
  limitDbm - levelsOf({ ...antenna, eirpDbm: 0 })(grid.widthMm / 2, grid.lengthMm, grid.heightMm)

const plusMinus = ({ value, se }: FittedValue): string => `${value.toFixed(1)} ± ${se.toFixed(1)}`

const metres = (mm: number): string => (mm / 1000).toFixed(1)

export function powerClause(
  fit: ModelFit,
  now: Hanging,
  grid: GridTemplate,
  limitDbm: number,
): PowerClause {
  const antenna = antennaOf(fit.base, fit.values, now.mount, now.powerStep)
  const { eirpDbm, dbPerStep } = fit.parameters
  const ifDbm = clauseScaleDb.map((dBm) => ({
    eirpDbm: dBm,
    reachMm: reachOf({ ...antenna, eirpDbm: dBm }, grid, limitDbm),
  }))
  const enoughDbm = enoughAt(antenna, grid, limitDbm)
  const beyond = ifDbm.filter(({ reachMm }) => reachMm > grid.lengthMm).length
  const conflict = beyond === 0 ? 'none' : beyond === ifDbm.length ? 'whole' : 'part'
  const reach = ifDbm.map(({ reachMm }) => metres(reachMm)).join('–')
  const { atStep } = fit.base
  const slope = dbPerStep.learnt
    ? t('由多档读数拟合', 'fitted from readings at several steps')
    : t('只测过一档,每档 dB 仍为假定', 'one step was measured: dB per step is still assumed')
  const area = metres(grid.lengthMm)
  const end = {
    none: t('此处不作结论', 'no verdict is given'),
    part: t(
      `上端已超出 ${area} m,此处不作结论`,
      `its upper end beyond the ${area} m of the area; no verdict is given`,
    ),
    whole: t(
      `已超出 ${area} m,两处要求互相矛盾,此处不作结论`,
      `beyond the ${area} m of the area: the two demands contradict each other, and no verdict is given`,
    ),
  }[conflict]
  const words = t(
    `7.1.1 c 的 22–28 dB 是设置刻度,原文未说明与 dBm 的关系。拟合:档位 ${atStep} 为 EIRP ${plusMinus(eirpDbm)} dBm,每档 ${plusMinus(dbPerStep)} dB(${slope.zh})。按模型,到区域末端达到 ${limitDbm} dBm 需 ${enoughDbm.toFixed(1)} dBm;若把 22–28 当作 EIRP dBm,边界在 ${reach} m,${end.zh}`,
    `The 22–28 dB of 7.1.1 c are a scale of settings; no text relates it to dBm. Fitted: step ${atStep} is EIRP ${plusMinus(eirpDbm)} dBm, ${plusMinus(dbPerStep)} dB a step (${slope.en}). By the model ${enoughDbm.toFixed(1)} dBm reach ${limitDbm} dBm at the end of the area; were 22–28 EIRP in dBm, the edge would lie at ${reach} m, ${end.en}`,
  )
  const scaleDb: PowerClause['scaleDb'] = clauseScaleDb
  return {
    clause: '7.1.1 c',
    scaleDb,
    atStep,
    eirpDbm,
    dbPerStep,
    ifDbm,
    enoughDbm,
    conflict,
    words,
  }
}
