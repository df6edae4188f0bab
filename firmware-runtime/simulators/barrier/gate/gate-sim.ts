// The barrier simulator as a camera with a gate on its output: a TCP listener in front of its model.
// Loops, faults and settings come by the admin side, as those of the relay board.
import { LaneFault } from '../../../core/values/faults.ts'
import type { AdminRoutes } from '../../shell/admin.ts'
import { ModelDriver, nowUs } from '../../shell/driver.ts'
import { openSimLink } from '../../shell/link.ts'
import type { RunningSim, SimContext } from '../../shell/process.ts'
import { GateModel, type GateOutput } from './model.ts'

type Members = Readonly<Record<string, unknown>>
const membersOf = (body: unknown): Members =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}

function routesOf(
  model: GateModel,
  driver: ModelDriver<GateOutput>,
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
  const { args, faults, books, journal } = context
  if (args.listen?.kind === 'pty' || args.listen?.kind === 'https')
    throw new LaneFault('ARG-01', { field: '--listen', note: 'tcp:// or http:// is wanted' })
  const { user = 'admin', password = 'Simulated1' } = args.extra
  const { timing, seed } = args
  const model = new GateModel({ timing, seed, faults, rows: books.rows, user, password })
  const address = args.listen === null ? null : ({ ...args.listen, kind: 'tcp' } as const)
  const link = await openSimLink(address, {
    up: (client) => driver.out(model.up(client, nowUs())),
    bytes: (chunk, client) => driver.out(model.bytes(client, chunk, nowUs())),
    down: (client) => driver.out(model.down(client, nowUs())),
    failed: context.failed,
  })
  const driver = new ModelDriver<GateOutput>(model, (outputs) => {
    for (const text of model.notes.splice(0)) journal.note('in', text)
    for (const output of outputs) {
      if (output.do === 'send') link.send(output.bytes, output.client)
      else if (output.do === 'hangUp') link.hangUp(output.client)
      else if (output.do === 'unplug') link.unplug(output.ms)
      else books.books.append(output.row).catch(context.failed)
    }
  })
  const state = (): Record<string, unknown> => {
    driver.catchUp()
    const { url, bytesIn, bytesOut } = link
    return { ...model.state(), link: { url, bytesIn, bytesOut } }
  }
  return {
    endpoints: { link: link.url },
    state,
    booksPage: () => model.boom.counts,
    routes: routesOf(model, driver, context),
    async stop() {
      driver.stop()
      await link.close()
    },
  }
}
