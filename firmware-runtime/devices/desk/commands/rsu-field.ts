// `etc-lane rsu tune field`: levels read from an instrument, recorded by place during a measurement of the lane.
// Another command or the window runs the measurement, so this goes through the running lot.
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { FieldPoint } from '../../calls/tune-views.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { act, printed } from '#base/desk/commands/acts.ts'

/** Limits of the control API, checked here to name flag and value. */
const [dbmMin, dbmMax] = [-120, 40]
const pointsMax = 50

/** `4.5 m=-45.5`; the place is free text. */
export function fieldPointOf(word: string): FieldPoint {
  const [, name = '', text = ''] = /^([^=]{1,40})=(-?\d{1,3}(?:\.\d{1,2})?)$/u.exec(word) ?? []
  const [place, dbm] = [name.trim(), Number(text)]
  if (place === '' || text === '' || dbm < dbmMin || dbm > dbmMax) {
    const note = `PLACE=DBM, ${dbmMin} to ${dbmMax}`
    throw new LaneFault('ARG-01', { field: '--point', value: word, note })
  }
  return { place, dbm }
}

export const field = act(
  ['rsu tune field --data DIR --lane ID --point PLACE=DBM ...'],
  async ({ data, lane: laneId, point }) => {
    const points = point.map(fieldPointOf)
    if (points.length === 0 || points.length > pointsMax)
      throw new LaneFault('ARG-01', { field: '--point', note: `1 to ${pointsMax} points` })
    await runningClient(folderOf(data)).call('tune.field', { laneId, points })
    return printed({ ok: true, points })
  },
)
