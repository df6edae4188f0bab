// The detector simulator as a process: contacts of loops and radars, magnetic sensors below spaces.
// Each variant behaves as its kind does on the link; what stands there comes by the admin side.
import { LaneFault } from '../../core/values/faults.ts'
import { runSim, startSim } from '../shell/process.ts'
import type { RunningSim, SimHandle, SimPlan } from '../shell/process.ts'
import { boardFaults } from './board.ts'
import { startBoard } from './board-sim.ts'
import { geoFaults } from './geo-model.ts'
import { startGeo } from './geo-sim.ts'

export const detectorSimPlan: SimPlan = {
  name: 'detector-sim',
  faults: { places: [...(boardFaults.places ?? []), ...(geoFaults.places ?? [])] },
  start(context): Promise<RunningSim> {
    const variant = context.args.variant ?? 'contacts'
    if (variant === 'contacts') return startBoard(context, 'tcp')
    if (variant === 'contacts-rtu') return startBoard(context, 'rtu')
    if (variant === 'nb-iot' || variant === 'bosch-pls') return startGeo(context, variant)
    throw new LaneFault('ARG-01', { field: '--variant', value: variant })
  },
}

/** The `detector-sim` command: runs until SIGTERM and answers the exit code. */
export const runDetectorSim = (argv: readonly string[]): Promise<number> =>
  runSim(detectorSimPlan, argv)

/** The same in this process, for tests and the demo. */
export const startDetectorSim = (
  argv: readonly string[],
  failed: (error: unknown) => void,
): Promise<SimHandle> => startSim(detectorSimPlan, argv, failed)
