// `lane first-car`: asks for the 1-fen test of one car by its plate, waits for its end, or takes it back.
// Exit code 1: it ended otherwise than refunded, or a person has to ask what became of the fen.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { FirstCarView } from '../api/first-car-views.ts'
import { folderOf, jsonText, runningClient, type RuntimeClient } from './client.ts'
import { flags, needed, whole, type CliIo } from './command.ts'

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
  client: RuntimeClient,
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
export async function firstCar(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    ...{ data: 'string', lane: 'string', plate: 'string', stop: 'boolean', wait: 'string' },
    ...{ by: 'string', reason: 'string', 'command-id': 'string' },
  })
  const client = runningClient(folderOf(values.data))
  const laneId = needed(values.lane, 'lane')
  const who = () => ({
    laneId,
    by: needed(values.by, 'by'),
    reason: needed(values.reason, 'reason'),
    commandId: values['command-id'] ?? randomUUID(),
  })
  if (values.stop) await client.call('first.stop', who())
  else if (values.plate !== undefined)
    await client.call('first.start', { ...who(), plate: values.plate })
  const test = await settled(client, laneId, whole(values.wait, 'wait', 0))
  const ok = test !== null && !test.ask && (open.includes(test.phase) || test.phase === 'refunded')
  io.stdout(jsonText({ ok: ok || values.stop, laneId, test }, io.json))
  return ok || values.stop || test === null ? 0 : 1
}
