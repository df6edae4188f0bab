// `etc-lane place state | quote | charge | position`: piles and handhelds, by a person with name and reason.
// Exit code of a charge: 0 paid, 1 it needs a person or is not over yet.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { PlaceView } from '../api/place-views.ts'
import { LaneFault } from '../core/values/faults.ts'
import { isoOf } from '../core/values/instant.ts'
import { folderOf, jsonText, runningClient, type RuntimeClient } from './client.ts'
import { flags, needed, whole, type CliIo, type Command } from './command.ts'

const pollMs = 100
const waitSecUsual = 30
/** States in which nothing comes by itself. */
const over: readonly PlaceView['state'][] = ['idle', 'manual', 'asking']

async function state(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, { data: 'string', lane: 'string' })
  const { lane } = values
  const asked = lane === undefined ? {} : { laneId: lane }
  const answer = await runningClient(folderOf(values.data)).call('place.state', asked)
  io.stdout(jsonText(answer, io.json))
  return 0
}

/** What a car would be charged there now; exit code 1 where it would not be charged. */
async function quote(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, { data: 'string', lane: 'string', plate: 'string' })
  const answer = await runningClient(folderOf(values.data)).call('place.quote', {
    laneId: needed(values.lane, 'lane'),
    plate: needed(values.plate, 'plate'),
  })
  io.stdout(jsonText(answer, io.json))
  return answer.why === null ? 0 : 1
}

async function settled(client: RuntimeClient, laneId: string, waitSec: number): Promise<PlaceView> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const [place] = (await client.call('place.state', { laneId })).places
    if (place === undefined) throw new LaneFault('PLACE-07', { field: '--lane', value: laneId })
    if (over.includes(place.state) || waitedMs >= waitSec * 1000) return place
    await pause(pollMs)
  }
}

async function charge(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    ...{ data: 'string', lane: 'string', plate: 'string', wait: 'string' },
    ...{ by: 'string', reason: 'string', 'command-id': 'string', amount: 'string' },
  })
  const client = runningClient(folderOf(values.data))
  const laneId = needed(values.lane, 'lane')
  const commandId = values['command-id'] ?? randomUUID()
  const answer = await client.call('place.charge', {
    ...{ laneId, commandId, plate: needed(values.plate, 'plate') },
    ...(values.amount === undefined ? {} : { amountFen: whole(values.amount, 'amount', 0) }),
    by: needed(values.by, 'by'),
    reason: needed(values.reason, 'reason'),
  })
  const wait = values.wait === undefined ? waitSecUsual : whole(values.wait, 'wait', 0)
  const place = await settled(client, laneId, wait)
  const ok = place.state === 'idle'
  io.stdout(jsonText({ ...answer, ok, commandId, place }, io.json))
  return ok ? 0 : 1
}

async function position(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    ...{ data: 'string', lane: 'string', lat: 'string', lon: 'string', accuracy: 'string' },
    ...{ 'no-fix': 'boolean', at: 'string' },
  })
  const number = (name: 'lat' | 'lon'): number => {
    const given = needed(values[name], name)
    if (!/^-?\d{1,9}$/.test(given))
      throw new LaneFault('ARG-01', {
        field: `--${name}`,
        value: given,
        note: 'whole microdegrees',
      })
    return Number(given)
  }
  const { accuracy } = values
  const told = values['no-fix']
    ? null
    : {
        latMicrodeg: number('lat'),
        lonMicrodeg: number('lon'),
        accuracyMm: accuracy === undefined ? null : whole(accuracy, 'accuracy', 0),
      }
  const answer = await runningClient(folderOf(values.data)).call('place.position', {
    laneId: needed(values.lane, 'lane'),
    atIso: values.at ?? isoOf(Date.now()),
    position: told,
  })
  io.stdout(jsonText(answer, io.json))
  return 0
}

export const placeCommand: Command = {
  run(args, io) {
    const [verb = '', ...rest] = args
    if (verb === 'state') return state(rest, io)
    if (verb === 'quote') return quote(rest, io)
    if (verb === 'charge') return charge(rest, io)
    if (verb === 'position') return position(rest, io)
    throw new LaneFault('ARG-01', { value: verb, note: 'place state, quote, charge or position' })
  },
}
