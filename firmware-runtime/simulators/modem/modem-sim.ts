// The simulated modem as a process: AT commands on a pty or on TCP; its network is set by the admin side:
// `POST /knobs {"network":"nr-sa","rsrpDbm":-101}`. GET /books returns all received commands.
import { openLinkSim } from '../shell/link-sim.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { ModemModel, modemFaults } from './model.ts'
import { rowsIn } from '../shell/members.ts'

async function start(context: SimContext): Promise<RunningSim> {
  const { args, faults } = context
  const model = new ModemModel({ seed: args.seed, timing: args.timing, faults })
  const sim = await openLinkSim(context, model)
  return sim.running(
    { 'POST /knobs': ({ body }) => sim.set(() => model.set(body)) },
    { storePage: rowsIn(model.commands) },
  )
}

export const modemSimPlan: SimPlan = {
  name: 'modem-sim',
  listens: ['pty', 'tcp'],
  faults: modemFaults,
  start,
}
