// Lists car parks of other machines on the network, by the command that support staff type. They cannot be opened
// from here: a lane takes calls only from its own machine.
import type { NearbyAnswer, NearbyLots, NearbySec } from '#runtime/api/start.ts'
import { saidBy, type RunCommand } from './restore-lot.ts'

const nearbySec: NearbySec = 3

/** FIND-26 when the network could not be listened to. */
export async function nearbyLots(run: RunCommand): Promise<NearbyAnswer> {
  const ended = await run(['find', '--lanes', '--seconds', String(nearbySec), '--json'])
  return saidBy<NearbyLots>(ended, 'FIND-26')
}
