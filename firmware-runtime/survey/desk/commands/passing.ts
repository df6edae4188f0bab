// `survey passing`: what ordinary passages show about an antenna's zone, from a running lot or its folder. `--begin`
// records that the antenna was changed on purpose, an act of a running lot.
import { readPassing, readSince } from '../../files/passing-files.ts'
import type { PassingView } from '../../calls/passing-views.ts'
import { passingView } from '../../runs/passing-service.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { loopDelayMs } from '../../runs/passing-geometry.ts'
import { clientOf, folderOf, runningClient } from '#base/desk/commands/client.ts'
import { act, whoOf, printed } from '#base/desk/commands/acts.ts'

/** For a stopped lot: its files give the same result, but how many facts the disk refused is unknown. */
function atRest(dir: string, laneId: string): PassingView {
  const lane = loadLot(dir).config.lanes.find(({ id }) => id === laneId)
  if ((lane?.rsu ?? null) === null || lane === undefined)
    throw new LaneFault('SET-04', { field: '--lane', value: laneId })
  const kept = { days: readPassing(dir, laneId), since: readSince(dir, laneId), dropped: 0 }
  return passingView(lane, kept, loopDelayMs('standard'))
}

/** Exit 1: an alarm. An unknown result is printed, and is no fault. */
export const passingAct = act(
  [
    'survey passing --data DIR --lane LANE',
    'survey passing --data DIR --lane LANE --begin --by NAME --reason TEXT [--command-id ID]',
  ],
  async (values) => {
    const dir = folderOf(values.data)
    const laneId = values.lane
    if (values.begin === true) {
      const who = whoOf(values)
      const answer = await runningClient(dir).call('passing.begin', { laneId, ...who })
      return printed({ ...answer, commandId: who.commandId })
    }
    const client = clientOf(dir)
    const view =
      client === null ? atRest(dir, laneId) : await client.call('passing.get', { laneId })
    const isAlarm = view.drift?.known === true && view.drift.alarms.length > 0
    return printed({ ok: !isAlarm, ...view }, !isAlarm)
  },
)
