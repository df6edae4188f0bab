// Fitted parameters: the power scale, the deviation of the mount from the record, the beam width. Each has a prior, because
// vendors do not publish their power tables.
import { levelsOf, type Air, type Antenna, type Beam, type LevelAt, type Mount } from './antenna.ts'

export interface ParameterRow {
  readonly id: 'eirpDbm' | 'dbPerStep' | 'downDeg' | 'azimuthDeg' | 'acrossLn' | 'upLn'
  readonly unit: string
  /** Before measuring: the middle, and the standard deviation. Assumed. */
  readonly mean: number
  readonly sd: number
}

export const parameterRows: readonly ParameterRow[] = [
  // 18 dBm by free-space arithmetic (rsu-interface.md 6.4 at 4.5 m), 33 dBm is the limit of GB/T 20851.1.
  { id: 'eirpDbm', unit: 'dBm', mean: 18, sd: 10 },
  // 31 steps end at 33 dBm or less, and a higher step never sends less: 0.1 to 1.9 dB at the bounds.
  { id: 'dbPerStep', unit: 'dB', mean: 1, sd: 0.3 },
  // An inclinometer held to a housing, and a beam that looks not quite where its housing does.
  { id: 'downDeg', unit: 'deg', mean: 0, sd: 3 },
  { id: 'azimuthDeg', unit: 'deg', mean: 0, sd: 4 },
  // Widths as powers of e, so that they stay positive: 0.12 is 12 %.
  { id: 'acrossLn', unit: '', mean: 0, sd: 0.12 },
  { id: 'upLn', unit: '', mean: 0, sd: 0.12 },
]

/** No parameter leaves its middle by more than this many standard deviations. */
const boundSd = 3

export type ParameterValues = readonly number[]

export const startValues: ParameterValues = parameterRows.map(({ mean }) => mean)

export const bounded = (values: ParameterValues): ParameterValues =>
  parameterRows.map(({ mean, sd }, i) => {
    const value = values[i] ?? mean
    return Math.min(mean + boundSd * sd, Math.max(mean - boundSd * sd, value))
  })

/** Base of a fit: the stated beam, the propagation, the step to which EIRP refers. */
export interface ModelBase {
  readonly beam: Beam
  readonly air: Air
  readonly atStep: number
}

/** The antenna that these values mean on this mount at this power step. */
export const antennaOf = (
  { beam, atStep }: ModelBase,
  [eirpDbm = 0, dbPerStep = 0, down = 0, azimuth = 0, acrossLn = 0, upLn = 0]: ParameterValues,
  mount: Mount,
  powerStep: number,
): Antenna => ({
  xMm: mount.xMm,
  yMm: mount.yMm,
  heightMm: mount.heightMm,
  downDeg: mount.downDeg + down,
  azimuthDeg: mount.azimuthDeg + azimuth,
  beam: { acrossDeg: beam.acrossDeg * Math.exp(acrossLn), upDeg: beam.upDeg * Math.exp(upLn) },
  eirpDbm: eirpDbm + dbPerStep * (powerStep - atStep),
})

export const modelLevel = (
  base: ModelBase,
  values: ParameterValues,
  mount: Mount,
  powerStep: number,
): LevelAt => levelsOf(antennaOf(base, values, mount, powerStep), base.air)

/** How the level at a place changes with each parameter: by small steps to both sides. */
export function slopesAt(
  base: ModelBase,
  values: ParameterValues,
  mount: Mount,
  powerStep: number,
): (xMm: number, yMm: number, zMm: number) => readonly number[] {
  const sides = parameterRows.map(({ sd }, i) => {
    const by = sd / 50
    const moved = (add: number): LevelAt =>
      modelLevel(base, values.with(i, (values[i] ?? 0) + add), mount, powerStep)
    return { by, up: moved(by), down: moved(-by) }
  })
  return (xMm, yMm, zMm) =>
    sides.map(({ by, up, down }) => (up(xMm, yMm, zMm) - down(xMm, yMm, zMm)) / (2 * by))
}
