// The detector simulator as a process: contacts of loops and radars, magnetic sensors below spaces.
// Each variant has the link behaviour of its kind; occupancy comes by the admin side.
import { LaneFault } from '../../core/faults/faults.ts'
import { hexOf } from '../../core/values/bytes.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import { type RunningSim, type SimContext, type SimPlan } from '../shell/process.ts'
import { boardFaults, ContactBoard } from './board.ts'
import { geoFaults } from './geo-model.ts'
import { startGeo } from './geo-sim.ts'

// The contact board as a process: Modbus TCP, or RTU on a pty or in a plain TCP stream.
// Contacts and faults come by the admin side: `POST /inputs {"2": true}`.
async function startBoard(context: SimContext, transport: 'tcp' | 'rtu'): Promise<RunningSim> {
  const { args, faults } = context
  if (args.listen?.kind === 'pty' && transport === 'tcp')
    throw new LaneFault('ARG-01', { field: '--listen', note: 'Modbus TCP needs tcp://' })
  const model = new ContactBoard({ seed: args.seed, transport, faults })
  const sim = await openLinkSim(context, model, { shown: hexOf })
  return sim.running({ 'POST /inputs': ({ body }) => sim.set(() => model.set(body)) })
}

export const detectorSimPlan: SimPlan = {
  name: 'detector-sim',
  listens: ['pty', 'tcp'],
  variants: ['contacts', 'contacts-rtu', 'nb-iot', 'bosch-pls'],
  pushes: true,
  faults: { places: [...(boardFaults.places ?? []), ...(geoFaults.places ?? [])] },
  start(context): Promise<RunningSim> {
    const { variant } = context.args
    if (variant === 'nb-iot' || variant === 'bosch-pls') return startGeo(context, variant)
    return startBoard(context, variant === 'contacts-rtu' ? 'rtu' : 'tcp')
  },
}
