// `etc-lane lane open | arm | settle | state | clock`: audited acts of a person, and a look at the lanes.
// All of them go through the running runtime: without one there is no lane to act on.
import { randomUUID } from 'node:crypto'
import { systemTools } from '../adapters/time/system-tools.ts'
import { machineNtp } from '../app/machine-ntp.ts'
import { faultJson, LaneFault } from '../core/values/faults.ts'
import { folderOf, jsonText, runningClient } from './client.ts'
import { firstCar } from './first-car.ts'
import { flags, needed, oneOf, whole, type CliIo, type Command } from './command.ts'

const actFlags = {
  data: 'string',
  lane: 'string',
  by: 'string',
  reason: 'string',
  /** Made by a caller that may have to ask again; a repeat does nothing twice. */
  'command-id': 'string',
} as const

type ActValues = Readonly<Record<keyof typeof actFlags, string | undefined>>

const whoOf = (values: ActValues) => ({
  laneId: needed(values.lane, 'lane'),
  by: needed(values.by, 'by'),
  reason: needed(values.reason, 'reason'),
  commandId: values['command-id'] ?? randomUUID(),
})

/** 1: the boom is not known to be open although it should be, or the board is silent. */
async function open(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, actFlags)
  const who = whoOf(values)
  const answer = await runningClient(folderOf(values.data)).call('lane.open', who)
  // In words: what is not known, what that means for the cars, what to do.
  const fault = answer.code === null ? {} : faultJson(new LaneFault(answer.code))
  io.stdout(jsonText({ ...answer, ...fault, commandId: who.commandId }, io.json))
  return answer.ok ? 0 : 1
}

async function arm(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, actFlags)
  const who = whoOf(values)
  const answer = await runningClient(folderOf(values.data)).call('lane.arm', who)
  io.stdout(jsonText({ ...answer, commandId: who.commandId }, io.json))
  return 0
}

const meansNames = ['cash', 'qr', 'transfer', 'waived', 'later'] as const

async function settle(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    ...actFlags,
    order: 'string',
    means: 'string',
    amount: 'string',
  })
  const who = whoOf(values)
  const answer = await runningClient(folderOf(values.data)).call('lane.settle', {
    ...who,
    means: oneOf(values.means, 'means', meansNames, 'cash'),
    ...(values.order === undefined ? {} : { orderId: values.order }),
    ...(values.amount === undefined ? {} : { amountFen: whole(values.amount, 'amount', 0) }),
  })
  io.stdout(jsonText({ ...answer, commandId: who.commandId }, io.json))
  return 0
}

async function state(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, { data: 'string', lane: 'string' })
  const { lanes } = await runningClient(folderOf(values.data)).call('board.get', {})
  const shown = lanes.filter((l) => values.lane === undefined || l.laneId === values.lane)
  if (shown.length === 0)
    throw new LaneFault('LANE-01', { field: '--lane', value: values.lane ?? '' })
  io.stdout(jsonText({ lanes: shown }, io.json))
  return 0
}

/** What the lot's clock is, or an owner's word that it is right. */
async function clock(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    data: 'string',
    confirm: 'boolean',
    by: 'string',
    reason: 'string',
    'command-id': 'string',
  })
  const client = runningClient(folderOf(values.data))
  if (!values.confirm) {
    const { clock: found } = await client.call('status.get', {})
    // The lane runs on this machine: its folder names the runtime that was asked.
    const ntp = await machineNtp(systemTools())
    io.stdout(jsonText({ ...found, ntp }, io.json))
    return found.doubt === undefined ? 0 : 1
  }
  const commandId = values['command-id'] ?? randomUUID()
  const answer = await client.call('clock.confirm', {
    by: needed(values.by, 'by'),
    reason: needed(values.reason, 'reason'),
    commandId,
  })
  io.stdout(jsonText({ ...answer, commandId }, io.json))
  return 0
}

export const laneCommand: Command = {
  run(args, io) {
    const [verb = '', ...rest] = args
    if (verb === 'open') return open(rest, io)
    if (verb === 'arm') return arm(rest, io)
    if (verb === 'settle') return settle(rest, io)
    if (verb === 'state') return state(rest, io)
    if (verb === 'first-car') return firstCar(rest, io)
    if (verb === 'clock') return clock(rest, io)
    const note = 'lane open, arm, settle, state, clock or first-car'
    throw new LaneFault('ARG-01', { value: verb, note })
  },
}
