// Clause 7.1.1 c of seed 001 on how an antenna hangs: the one table that the set-up, the survey and the antenna
// assistant judge by. The 35 degrees are judged within 1 degree: the text states no tolerance.
import { t, type BilingualText } from './fault-text.ts'

export type MountId = 'heightMm' | 'downDeg' | 'yawDeg'

interface MountAdvice {
  readonly of: MountId
  readonly text: BilingualText
  readonly min: number
  readonly max: number
}

export const mountAdvice: readonly MountAdvice[] = [
  {
    text: t('天线高度宜 ≥ 2.5 m', 'Antenna height should be >= 2.5 m'),
    of: 'heightMm',
    min: 2_500,
    max: Infinity,
  },
  {
    text: t('俯角宜为 35°', 'Downward angle should be 35 degrees'),
    of: 'downDeg',
    min: 34,
    max: 36,
  },
  {
    text: t('偏转角宜为 30°~45°', 'Yaw should be 30 to 45 degrees'),
    of: 'yawDeg',
    min: 30,
    max: 45,
  },
]

export const departs = ({ min, max }: Pick<MountAdvice, 'min' | 'max'>, value: number): boolean =>
  value < min || value > max
