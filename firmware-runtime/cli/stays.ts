// `etc-lane stays list | close | settle | refund`: stays open too long, charges nobody knows the end of,
// and refunds that people give back. Through the running runtime only: it knows which cars stand in a lane.
import { randomUUID } from 'node:crypto'
import { LaneFault } from '../core/values/faults.ts'
import { folderOf, jsonText, runningClient } from './client.ts'
import { flags, needed, oneOf, whole, type CliIo, type Command } from './command.ts'

async function list(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, { data: 'string', limit: 'string' })
  const limit = values.limit === undefined ? {} : { limit: whole(values.limit, 'limit', 1) }
  io.stdout(
    jsonText(await runningClient(folderOf(values.data)).call('stays.toCheck', limit), io.json),
  )
  return 0
}

async function close(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    data: 'string',
    stay: 'string',
    exit: 'string',
    by: 'string',
    reason: 'string',
    'command-id': 'string',
  })
  const commandId = values['command-id'] ?? randomUUID()
  const answer = await runningClient(folderOf(values.data)).call('stays.close', {
    stayId: needed(values.stay, 'stay'),
    ...(values.exit === undefined ? {} : { exitStayId: values.exit }),
    by: needed(values.by, 'by'),
    reason: needed(values.reason, 'reason'),
    commandId,
  })
  io.stdout(jsonText({ ...answer, commandId }, io.json))
  return 0
}

async function settle(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    data: 'string',
    deduction: 'string',
    found: 'string',
    by: 'string',
    reason: 'string',
    'command-id': 'string',
  })
  const commandId = values['command-id'] ?? randomUUID()
  const found = needed(values.found, 'found')
  const answer = await runningClient(folderOf(values.data)).call('charges.settle', {
    deductionId: needed(values.deduction, 'deduction'),
    found: oneOf(found, 'found', ['paid', 'notPaid', 'booked'] as const, 'paid'),
    by: needed(values.by, 'by'),
    reason: needed(values.reason, 'reason'),
    commandId,
  })
  io.stdout(jsonText({ ...answer, commandId }, io.json))
  return 0
}

async function refund(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    data: 'string',
    refund: 'string',
    by: 'string',
    reason: 'string',
    'command-id': 'string',
  })
  const commandId = values['command-id'] ?? randomUUID()
  const answer = await runningClient(folderOf(values.data)).call('refunds.given', {
    refundId: needed(values.refund, 'refund'),
    by: needed(values.by, 'by'),
    reason: needed(values.reason, 'reason'),
    commandId,
  })
  io.stdout(jsonText({ ...answer, commandId }, io.json))
  return 0
}

export const staysCommand: Command = {
  run(args, io) {
    const [verb = '', ...rest] = args
    if (verb === 'list') return list(rest, io)
    if (verb === 'close') return close(rest, io)
    if (verb === 'settle') return settle(rest, io)
    if (verb === 'refund') return refund(rest, io)
    throw new LaneFault('ARG-01', { value: verb, note: 'stays list, close, settle or refund' })
  },
}
