// The contact board as a process: Modbus TCP, or RTU on a pty or in a plain TCP stream.
// Contacts and faults come by the admin side: `POST /inputs {"2": true}`.
import { hexOf } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import type { RunningSim, SimContext } from '../shell/process.ts'
import { ContactBoard } from './board.ts'

export async function startBoard(
  context: SimContext,
  transport: 'tcp' | 'rtu',
): Promise<RunningSim> {
  const { args, faults } = context
  if (args.listen?.kind === 'pty' && transport === 'tcp')
    throw new LaneFault('ARG-01', { field: '--listen', note: 'Modbus TCP needs tcp://' })
  const model = new ContactBoard({ seed: args.seed, transport, faults })
  const sim = await openLinkSim(context, model, { shown: hexOf })
  return sim.running({ 'POST /inputs': ({ body }) => sim.set(() => model.set(body)) })
}
