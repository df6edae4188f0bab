// The receiver of a handheld as a process: a gpsd on TCP. Where it stands comes by the admin side:
// `POST /position {"latMicrodeg":22817000,"lonMicrodeg":108366000,"mode":3}`.
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { openSimLink } from '../shell/link.ts'
import { runSim } from '../shell/process.ts'
import type { RunningSim, SimContext, SimPlan } from '../shell/process.ts'
import { positionFaults, PositionModel, setPosition, type PositionOutput } from './model.ts'

const reportMs = { instant: 50, standard: 1_000 } as const

async function start(context: SimContext): Promise<RunningSim> {
  const { args, faults, journal } = context
  const startMs = Date.now() - Math.round(performance.now())
  const model = new PositionModel({
    ...{ seed: args.seed, startMs, faults },
    reportMs: reportMs[args.timing],
  })
  const link = await openSimLink(args.listen, {
    up: (client) => journal.note('note', `client ${client} came`),
    bytes: (chunk, client) => driver.out(model.onBytes(chunk, nowUs(), client)),
    down: (client) => model.linkDown(client),
    failed: context.failed,
  })
  const driver = new ModelDriver<PositionOutput>(model, (outputs) => {
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
    booksPage: state,
    routes: {
      'POST /position': ({ body }) => {
        driver.catchUp()
        setPosition(model, body)
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

const positionSimPlan: SimPlan = { name: 'position-sim', faults: positionFaults, start }

/** The `position-sim` command: runs until SIGTERM and answers the exit code. */
export const runPositionSim = (argv: readonly string[]): Promise<number> =>
  runSim(positionSimPlan, argv)
