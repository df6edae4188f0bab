// How an antenna hangs at a lane (clause 7.1.1 c) or on a gantry (7.2.1 c): the one table that the set-up, the survey and
// the antenna assistant judge by, with the figures of the rule pack.
import { t, type BilingualText } from '../words/fault-text.ts'
import type { Rules } from '../rules/rule-pack.ts'

export type MountId = 'heightMm' | 'downDeg' | 'yawDeg'

export interface MountAdvice {
  readonly of: MountId
  readonly text: BilingualText
  readonly min: number
  /** Null: as much as there is. */
  readonly max: number | null
}

/** Where an antenna hangs; `none`: at no fixed height and angle that the text names. */
export type MountPlace = 'lane' | 'gantry' | 'none'

export const mountAdvice = (rules: Rules, place: MountPlace = 'lane'): readonly MountAdvice[] =>
  place === 'lane' ? atLane(rules) : place === 'gantry' ? onGantry(rules) : []

function onGantry(rules: Rules): readonly MountAdvice[] {
  const leastMm = rules.limit('siting.gantryHeight', 'min')
  const [min, max] = [
    rules.limit('siting.gantryDown', 'min'),
    rules.limit('siting.gantryDown', 'max'),
  ]
  const metres = leastMm / 1000
  return [
    {
      text: t(`门架天线高度宜 ≥ ${metres} m`, `Gantry antenna height should be >= ${metres} m`),
      of: 'heightMm',
      min: leastMm,
      max: null,
    },
    {
      text: t(`俯角宜为 ${min}°~${max}°`, `Downward angle should be ${min} to ${max} degrees`),
      of: 'downDeg',
      min,
      max,
    },
  ]
}

function atLane(rules: Rules): readonly MountAdvice[] {
  const heightMm = rules.limit('siting.antennaHeight', 'min')
  const downDeg = rules.limit('siting.antennaDown', 'angle')
  const withinDeg = rules.limit('siting.antennaDown', 'within')
  const [yawMin, yawMax] = [
    rules.limit('siting.antennaYaw', 'min'),
    rules.limit('siting.antennaYaw', 'max'),
  ]
  const metres = heightMm / 1000
  return [
    {
      text: t(`天线高度宜 ≥ ${metres} m`, `Antenna height should be >= ${metres} m`),
      of: 'heightMm',
      min: heightMm,
      max: null,
    },
    {
      text: t(`俯角宜为 ${downDeg}°`, `Downward angle should be ${downDeg} degrees`),
      of: 'downDeg',
      min: downDeg - withinDeg,
      max: downDeg + withinDeg,
    },
    {
      text: t(`偏转角宜为 ${yawMin}°~${yawMax}°`, `Yaw should be ${yawMin} to ${yawMax} degrees`),
      of: 'yawDeg',
      min: yawMin,
      max: yawMax,
    },
  ]
}

export const departs = ({ min, max }: Pick<MountAdvice, 'min' | 'max'>, value: number): boolean =>
  value < min || (max !== null && value > max)
