// The detector simulator as a process: contacts of loops and radars, magnetic sensors below spaces.
// Each variant has the link behaviour of its kind; occupancy comes by the admin side.
import type { RunningSim, SimPlan } from '../shell/process.ts'
import { boardFaults } from './board.ts'
import { startBoard } from './board-sim.ts'
import { geoFaults } from './geo-model.ts'
import { startGeo } from './geo-sim.ts'

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
