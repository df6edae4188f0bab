// Parses positions and beam widths for the antenna model. A negative position needs `--at=X,Y`: after a space it would
// be read as another flag.
import { t } from '#base/pure/words/fault-text.ts'
import type { PointMm } from '../../pure/field/grid.ts'
import { usualBeam, type Beam } from '../../pure/model/antenna.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { wrongFlag } from '#base/commands/command.ts'

function pairOf(text: string, name: string, digits: RegExp): readonly [number, number] {
  const [one = '', two = '', ...more] = text.split(',')
  if (more.length > 0 || !digits.test(one) || !digits.test(two))
    throw wrongFlag(`--${name}`, t('两个数:A,B', 'two numbers: A,B'), text)
  return [Number(one), Number(two)]
}

export function pointOf(text: string, name: string): PointMm {
  const [xMm, yMm] = pairOf(text, name, /^-?\d{1,5}$/)
  return { xMm, yMm }
}

export function beamOf(text: string | undefined): Beam {
  if (text === undefined) return usualBeam
  const [acrossDeg, upDeg] = pairOf(text, 'beam', /^\d{1,3}(?:\.\d)?$/)
  if (Math.min(acrossDeg, upDeg) < 5 || Math.max(acrossDeg, upDeg) > 120)
    throw new LaneFault('ARG-01', { field: '--beam', value: text, note: '5 to 120 degrees' })
  return { acrossDeg, upDeg }
}
