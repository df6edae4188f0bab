// `etc-lane call`: who waits for a person at a lane, taking a call, and calling for an intercom that has a program.
// Through the running runtime, as every act at a lane.
import { act, audited, commandOf } from './acts.ts'
import { folderOf, jsonText, lotReader } from './client.ts'

/** 1: somebody waits. */
const list = act(['call list --data DIR'], async ({ data }, io) => {
  const { rows } = await lotReader(folderOf(data), io).call('help.list', {})
  io.stdout(jsonText({ rows }, io.json))
  return rows.length === 0 ? 0 : 1
})

const make = audited(
  ['call make --data DIR --lane L --by NAME --reason TEXT [--command-id ID]'],
  'help.call',
  ({ lane }, who) => ({ laneId: lane, ...who }),
)

const take = audited(
  ['call take --data DIR --call ID --by NAME --reason TEXT [--command-id ID]'],
  'help.take',
  ({ call: callId }, who) => ({ callId, ...who }),
)

export const callCommand = commandOf('call', [list, make, take])
