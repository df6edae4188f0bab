// `lane first-car`: asks for the 1-fen test of one car by its plate, waits for its end, or takes it back.
// Exit code 1: it ended otherwise than refunded, or a person has to ask what became of the fen.
import { setTimeout as pause } from 'node:timers/promises'
import type { FirstCarView } from '../api/first-car-views.ts'
import { act, whoOf } from './acts.ts'
import { folderOf, jsonText, lotReader, type LotReader } from './client.ts'

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

/** The test as it stands: at once, or when it is over or the time to wait is. */
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

/** With --plate it begins, with --stop it is taken back, else it is looked at. */
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
    io.stdout(jsonText({ ok: ok || stop, laneId, test }, io.json))
    return ok || stop || test === null ? 0 : 1
  },
)
