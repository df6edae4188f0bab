// `etc-lane lane open | arm | settle | pay | release | state | clock | first-car`: audited acts of a person, and the
// state of the lanes. They need the running runtime.
import { systemTools } from '#base/time/system-tools.ts'
import { udpDatagrams } from '#base/time/udp-datagrams.ts'
import { machineNtp } from '../../lot/upkeep/machine-ntp.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { act, commandOf, whoOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf, lotReader, runningClient } from '#base/desk/commands/client.ts'
import { firstCar } from './first-car.ts'
import { stdinSecret } from '#base/desk/commands/stdin-secret.ts'

/** Exit 1: the boom is not known to be open although it should be, or the board is silent. */
const open = act(
  ['lane open --data DIR --lane L --by NAME --reason TEXT [--command-id ID]'],
  async (values) => {
    const who = whoOf(values)
    const client = runningClient(folderOf(values.data))
    const answer = await client.call('lane.open', { laneId: values.lane, ...who })
    // In words: what is unknown, what it means for the cars, and what to do.
    const fault = answer.code === null ? {} : faultJson(new LaneFault(answer.code))
    return printed({ ...answer, ...fault, commandId: who.commandId }, answer.ok)
  },
)

/** Reads the driver's payment code from stdin, so that it appears in no process list and no shell history. */
const pay = act(
  ['lane pay --data DIR --lane L [--order ID] --by NAME --reason TEXT [--command-id ID]'],
  async ({ lane: laneId, order, ...values }, io) => {
    const who = whoOf(values)
    const client = runningClient(folderOf(values.data))
    const code = await stdinSecret(io)
    const of = order === undefined ? {} : { orderId: order }
    const answer = await client.call('lane.payCode', { laneId, code, ...of, ...who })
    return printed({ ...answer, commandId: who.commandId })
  },
)

const state = act(['lane state --data DIR [--lane L]'], async ({ data, lane }, io) => {
  const { lanes } = await lotReader(folderOf(data), io).call('board.get', {})
  const shown = lanes.filter((l) => lane === undefined || l.laneId === lane)
  if (shown.length === 0) throw new LaneFault('LANE-01', { field: '--lane', value: lane ?? '' })
  return printed({ lanes: shown })
})

/** The lot's clock, or an owner's confirmation that it is right. */
const clock = act(
  [
    'lane clock --data DIR',
    'lane clock --data DIR --confirm --by NAME --reason TEXT [--command-id ID]',
  ],
  async (values, io) => {
    const client = lotReader(folderOf(values.data), io)
    if (!values.confirm) {
      const { clock: found } = await client.call('status.get', {})
      // The lane runs on this machine, because its folder names the runtime.
      const ntp = await machineNtp({ tools: systemTools(), datagrams: udpDatagrams() })
      return printed({ ...found, ntp }, found.doubt === undefined)
    }
    const who = whoOf(values)
    const answer = await client.call('clock.confirm', who)
    return printed({ ...answer, commandId: who.commandId })
  },
)

export const laneCommand = commandOf('lane', [open, pay, state, clock, firstCar])
