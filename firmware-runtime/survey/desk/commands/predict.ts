// `survey predict`: the zone of an antenna before it is mounted, computed by the model from height, angles, position
// and EIRP. Reads no device and writes nothing.
import { gridNamed } from '../../pure/field/grid.ts'
import { fieldLimitOf } from '../../pure/survey-rules.ts'
import { predictedZone, sceneOf } from '../../pure/model/predicted-zone.ts'
import { sideOf } from '../../pure/model/readings.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { beamOf, pointOf } from './model-flags.ts'

function numberOf(value: string, name: string, min: number, max: number): number {
  const number = /^-?\d{1,5}(?:\.\d{1,3})?$/.test(value) ? Number(value) : NaN
  if (!(number >= min && number <= max))
    throw new LaneFault('ARG-01', { field: `--${name}`, value, note: `${min} to ${max}` })
  return number
}

export const predictAct = act(
  [
    'survey predict --at X,Y --height MM.M --down DEG --yaw DEG --eirp DBM [--beam ACROSS,UP] [--grid d5-parking|d5-highway]',
  ],
  (values) => {
    const grid = gridNamed(values.grid)
    const limitDbm = fieldLimitOf(null)
    const at = pointOf(values.at, 'at')
    const yawDeg = numberOf(values.yaw, 'yaw', -180, 180)
    const antenna = {
      ...at,
      heightMm: numberOf(values.height, 'height', 500, 20_000),
      downDeg: numberOf(values.down, 'down', -90, 90),
      azimuthDeg: sideOf(at, grid) * yawDeg,
      beam: beamOf(values.beam),
      // GB/T 20851.1 ends at 33 dBm (rsu-interface.md 6.1); no antenna of this kind sends below -20 dBm.
      eirpDbm: numberOf(values.eirp, 'eirp', -20, 33),
    }
    const scene = sceneOf({ grid, needed: null, trigger: null, neighbours: [], limitDbm })
    const { zone, contour, rippleDb } = predictedZone(antenna, scene)
    const limits = { limitDbm, heightMm: grid.heightMm }
    return printed({ ok: true, antenna, ...limits, zone, contour, rippleDb })
  },
)
