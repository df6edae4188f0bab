// Car parks of other machines on the network, by the same command that support staff type. Nothing of them opens from
// here: what a lane answers to stays on its own machine.
import type { NearbyAnswer, NearbyLots, NearbySec } from '../../firmware-runtime/api/start.ts'
import { saidBy, type RunCommand } from './restore-lot.ts'

const nearbySec: NearbySec = 3

/** FIND-26 where the network could not be listened to. */
export async function nearbyLots(run: RunCommand): Promise<NearbyAnswer> {
  const ended = await run(['find', '--lanes', '--seconds', String(nearbySec), '--json'])
  return saidBy<NearbyLots>(ended, 'FIND-26')
}
