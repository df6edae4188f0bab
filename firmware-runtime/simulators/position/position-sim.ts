// The receiver of a handheld as a process: a gpsd on TCP. Its position comes by the admin side:
// `POST /position {"latMicrodeg":22817000,"lonMicrodeg":108366000,"mode":3}`.
import { openLinkSim } from '../shell/link-sim.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { positionFaults, PositionModel, setPosition } from './model.ts'

const reportMs = { instant: 50, standard: 1_000 } as const

async function start(context: SimContext): Promise<RunningSim> {
  const { args, faults } = context
  const startMs = Date.now() - Math.round(performance.now())
  const model = new PositionModel({
    seed: args.seed,
    startMs,
    faults,
    reportMs: reportMs[args.timing],
  })
  const sim = await openLinkSim(context, model)
  return sim.running({ 'POST /position': ({ body }) => sim.set(() => setPosition(model, body)) })
}

export const positionSimPlan: SimPlan = {
  name: 'position-sim',
  listens: ['pty', 'tcp'],
  faults: positionFaults,
  start,
}
