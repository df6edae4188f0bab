// `lane first-car`: requests the 1-fen test of one car by its plate, waits for its end, or cancels it. Exit code 1: it
// did not end as refunded, or the result of the fen is unknown.
import { setTimeout as pause } from 'node:timers/promises'
import type { FirstCarView } from '../../calls/first-car-views.ts'
import { act, whoOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf, lotReader, type LotReader } from '#base/desk/commands/client.ts'

const pollMs = 200
const open: readonly FirstCarView['phase'][] = [
  'armed',
  'ordered',
  'charging',
  'unknown',
  'refused',
  'paid',
  'refundAsked',
]

/** The state of the test: at once, or when the test or the waiting time is over. */
async function settled(
  client: LotReader,
  laneId: string,
  waitSec: number,
): Promise<FirstCarView | null> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const { test } = await client.call('first.state', { laneId })
    if (test === null || !open.includes(test.phase) || waitedMs >= waitSec * 1000) return test
    await pause(pollMs)
  }
}

/** --plate begins it, --stop cancels it, without both it is shown. */
export const firstCar = act(
  [
    'lane first-car --data DIR --lane L --plate P --by NAME --reason TEXT [--wait SEC] [--command-id ID]',
    'lane first-car --data DIR --lane L [--wait SEC]',
    'lane first-car … --stop --by NAME --reason TEXT',
  ],
  async (values, io) => {
    const client = lotReader(folderOf(values.data), io)
    const { lane: laneId, plate, stop, wait = 0 } = values
    const who = () => ({ laneId, ...whoOf(values) })
    if (stop) await client.call('first.stop', who())
    else if (plate !== undefined) await client.call('first.start', { ...who(), plate })
    const test = await settled(client, laneId, wait)
    const ok =
      test !== null && !test.ask && (open.includes(test.phase) || test.phase === 'refunded')
    return printed({ ok: ok || stop, laneId, test }, ok || stop || test === null)
  },
)
