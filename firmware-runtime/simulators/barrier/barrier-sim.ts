// The barrier simulator as a process: Modbus TCP, RTU on pty and TCP, or a camera with a gate (gate/).
// Loop inputs and faults come by the admin side; who closes on a car is counted, not forgiven.
import { hexOf } from '../../core/values/bytes.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { openSimLink } from '../shell/link.ts'
import { runSim, startSim } from '../shell/process.ts'
import type { RunningSim, SimContext, SimHandle, SimPlan } from '../shell/process.ts'
import { barrierFaults, createBarrierModel } from './model.ts'
import type { BarrierModel, BarrierOutput, BarrierSimWire } from './model.ts'
import { startGate } from './gate/gate-sim.ts'
import { gateFaults } from './gate/model.ts'

function routesOf(
  model: BarrierModel,
  driver: ModelDriver<BarrierOutput>,
  context: SimContext,
): AdminRoutes {
  return {
    'POST /inputs': ({ body }) => {
      driver.out(model.setInputs(body, nowUs()))
      return model.state()
    },
    'POST /act': ({ body }) => {
      const given = typeof body === 'object' ? body : null
      const action = context.faults.check({ ...given, at: 'link', when: 'before' })
      driver.out(model.act(action, nowUs()))
      return model.state()
    },
    'DELETE /faults': () => {
      context.faults.clear()
      model.mend()
      return { faults: [] }
    },
  }
}

/**
 * `modbus-relay`: Modbus TCP; `modbus-rtu`: RTU on a pty, or in a plain TCP stream. `hikvision-gate`
 * is a camera with the boom on its output, behind HTTP.
 */
function wireOf(variant: string | null): BarrierSimWire {
  if (variant === null || variant === 'modbus-relay') return 'tcp'
  if (variant === 'modbus-rtu') return 'rtu'
  throw new LaneFault('ARG-01', { field: '--variant', value: variant })
}

export const barrierSimPlan: SimPlan = {
  name: 'barrier-sim',
  extraFlags: ['user', 'password'],
  faults: {
    places: [...new Set([...(barrierFaults.places ?? []), ...(gateFaults.places ?? [])])],
    moreActions: barrierFaults.moreActions ?? [],
  },
  async start(context): Promise<RunningSim> {
    const { args, faults, books, journal } = context
    if (args.variant === 'hikvision-gate') return startGate(context)
    const wire = wireOf(args.variant)
    if (args.listen?.kind === 'pty' && wire === 'tcp') {
      throw new LaneFault('ARG-01', { field: '--listen', note: 'Modbus TCP needs tcp://' })
    }
    const { timing, seed } = args
    const model = createBarrierModel({ timing, seed, faults, rows: books.rows, wire })
    const link = await openSimLink(args.listen, {
      up: (client) => journal.note('note', `client ${client} came`),
      bytes(chunk, client) {
        journal.note('in', hexOf(chunk))
        driver.out(model.onBytes(chunk, nowUs(), client))
      },
      down: (client) => model.linkDown(client),
      failed: context.failed,
    })
    const driver = new ModelDriver<BarrierOutput>(model, (outputs) => {
      for (const output of outputs) {
        if (output.do === 'send') {
          journal.note('out', hexOf(output.bytes))
          link.send(output.bytes, output.client)
        } else if (output.do === 'hangUp') link.hangUp(output.client)
        else if (output.do === 'row') books.books.append(output.row).catch(context.failed)
        else link.unplug(output.ms)
      }
    })
    const state = (): unknown => {
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
  },
}

/** The `barrier-sim` command: runs until SIGTERM and answers the exit code. */
export const runBarrierSim = (argv: readonly string[]): Promise<number> =>
  runSim(barrierSimPlan, argv)

/** The same in this process, for tests and the demo. */
export const startBarrierSim = (
  argv: readonly string[],
  failed: (error: unknown) => void,
): Promise<SimHandle> => startSim(barrierSimPlan, argv, failed)
