// The barrier simulator as a camera with a gate on its output: a TCP listener in front of its model.
// Loops, faults and settings come by the admin side, as those of the relay board.
import type { AdminRoutes } from '../../shell/admin.ts'
import { membersOf, openTcpSide } from '../../camera/served/tcp-side.ts'
import type { ServedOutput } from '../../camera/served/tcp-side.ts'
import { type ModelDriver, nowUs } from '../../shell/driver.ts'
import type { RunningSim, SimContext } from '../../shell/process.ts'
import type { BoomChange } from '../boom.ts'
import { GateModel } from './model.ts'

function routesOf(
  model: GateModel,
  driver: ModelDriver<ServedOutput<BoomChange>>,
  context: SimContext,
): AdminRoutes {
  return {
    'POST /inputs': ({ body }) => {
      driver.out(model.setInputs(body, nowUs()))
      return model.state()
    },
    'POST /act': ({ body }) => {
      const action = context.faults.check({ ...membersOf(body), at: 'link', when: 'before' })
      driver.out(model.act(action, nowUs()))
      return model.state()
    },
    'POST /knobs': ({ body }) => {
      model.set(membersOf(body))
      return model.state()
    },
    'POST /expire': () => {
      model.http.forget()
      return model.state()
    },
    'DELETE /faults': () => {
      context.faults.clear()
      model.mend()
      return { faults: [] }
    },
  }
}

export async function startGate(context: SimContext): Promise<RunningSim> {
  const { args, faults, books } = context
  const { user = 'admin', password = 'Simulated1' } = args.extra
  const { timing, seed } = args
  const model = new GateModel({ timing, seed, faults, rows: books.rows, user, password })
  const { driver, running } = await openTcpSide(context, model)
  return running(routesOf(model, driver, context), () => model.boom.counts)
}
