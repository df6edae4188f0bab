// The simulated modem as a process: AT commands on a pty or on TCP, its network turned by the admin side:
// `POST /knobs {"network":"nr-sa","rsrpDbm":-101}`. GET /books holds every command that it heard.
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { openSimLink } from '../shell/link.ts'
import { runSim } from '../shell/process.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { ModemModel, modemFaults, type ModemOutput } from './model.ts'

async function start(context: SimContext): Promise<RunningSim> {
  const { args, faults, journal } = context
  const model = new ModemModel({ seed: args.seed, timing: args.timing, faults })
  const link = await openSimLink(args.listen, {
    up: (client) => journal.note('note', `client ${client} came`),
    bytes: (chunk, client) => driver.out(model.onBytes(chunk, nowUs(), client)),
    down: (client) => model.linkDown(client),
    failed: context.failed,
  })
  const driver = new ModelDriver<ModemOutput>(model, (outputs) => {
    for (const output of outputs) {
      if (output.do === 'send') link.send(output.bytes, output.client)
      else link.unplug(output.ms)
    }
  })
  const state = (): Record<string, unknown> => {
    driver.catchUp()
    return { ...model.state(), link: { url: link.url } }
  }
  return {
    endpoints: { link: link.url },
    state,
    booksPage: ({ after, limit }) => ({
      count: model.commands.length,
      rows: model.commands.slice(after, after + limit),
    }),
    routes: {
      'POST /knobs': ({ body }) => {
        driver.catchUp()
        model.set(body)
        return state()
      },
      'POST /act': ({ body }) => {
        const given = typeof body === 'object' ? body : null
        driver.out(model.act(faults.check({ ...given, at: 'link', when: 'before' }), nowUs()))
        return state()
      },
      'DELETE /faults': () => {
        faults.clear()
        model.mend()
        return { faults: [] }
      },
    },
    async stop() {
      driver.stop()
      await link.close()
    },
  }
}

export const modemSimPlan: SimPlan = { name: 'modem-sim', faults: modemFaults, start }

/** The `modem-sim` command: runs until SIGTERM and answers the exit code. */
export const runModemSim = (argv: readonly string[]): Promise<number> => runSim(modemSimPlan, argv)
