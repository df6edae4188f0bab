// The barrier simulator as a camera with a gate on its output: a TCP listener in front of its model.
// Loops, faults and settings come by the admin side, as for the relay board.
import { membersOf, openTcpSide } from '../../camera/served/tcp-side.ts'
import { nowUs } from '../../shell/driver.ts'
import type { RunningSim, SimContext } from '../../shell/process.ts'
import { GateModel } from './model.ts'

export async function startGate(context: SimContext): Promise<RunningSim> {
  const { args, faults, store } = context
  const { user = 'admin', password = 'Simulated1' } = args.extra
  const { timing, seed } = args
  const model = new GateModel({ timing, seed, faults, rows: store.rows, user, password })
  const sim = await openTcpSide(context, model, 'link')
  return sim.running(
    {
      'POST /inputs': ({ body }) => sim.set(() => sim.out(model.setInputs(body, nowUs()))),
      'POST /knobs': ({ body }) => sim.set(() => model.set(membersOf(body))),
      'POST /expire': () => sim.set(() => model.protocol.forget()),
    },
    { storePage: () => model.boom.counts },
  )
}
