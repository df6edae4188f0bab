// The barrier simulator as a process: Modbus TCP, RTU on pty and TCP, or a camera with a gate (gate/).
// Loop inputs and faults come by the admin side; closing on a car is counted.
import { hexOf } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { nowUs } from '../shell/driver.ts'
import { membersIn, refuse } from '../shell/members.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import { starterOf, type RunningSim, type SimPlan } from '../shell/process.ts'
import { barrierFaults, createBarrierModel, type ModbusTransport } from './model.ts'
import { startGate } from './gate/gate-sim.ts'
import { gateFaults } from './gate/model.ts'

/**
 * `modbus-relay`: Modbus TCP; `modbus-rtu`: RTU on a pty, or in a plain TCP stream. `hikvision-gate`
 * is a camera with the boom on its output, behind HTTP.
 */
const transportOf = (variant: string): ModbusTransport => (variant === 'modbus-rtu' ? 'rtu' : 'tcp')

export const barrierSimPlan: SimPlan = {
  name: 'barrier-sim',
  listens: ['pty', 'tcp', 'http'],
  variants: ['modbus-relay', 'modbus-rtu', 'hikvision-gate'],
  flags: { user: 'NAME', password: 'TEXT' },
  faults: {
    places: [...new Set([...(barrierFaults.places ?? []), ...(gateFaults.places ?? [])])],
    moreActions: barrierFaults.moreActions ?? [],
  },
  async start(context): Promise<RunningSim> {
    const { args, faults, store } = context
    if (args.variant === 'hikvision-gate') return startGate(context)
    const transport = transportOf(args.variant)
    if (args.listen?.kind === 'pty' && transport === 'tcp') {
      throw new LaneFault('ARG-01', { field: '--listen', note: 'Modbus TCP needs tcp://' })
    }
    const { timing, seed } = args
    const model = createBarrierModel({ timing, seed, faults, rows: store.rows, transport })
    const sim = await openLinkSim(context, model, { shown: hexOf })
    return sim.running(
      {
        'POST /inputs': ({ body }) => sim.set(() => sim.out(model.setInputs(body, nowUs()))),
        'POST /version': ({ body }) => sim.set(() => (model.version = versionIn(body))),
      },
      { storePage: () => model.boom.counts },
    )
  },
}

/** `{"version": 200}`, or null for a board without one. Throws ARG-01. */
function versionIn(body: unknown): number | null {
  const { version } = membersIn(body)
  if (version === null) return null
  const isWord = typeof version === 'number' && Number.isInteger(version)
  if (!isWord || version < 0 || version > 0xffff) throw refuse('version', version)
  return version
}

/** Starts it in this process, for tests and the demo. */
export const startBarrierSim = starterOf(barrierSimPlan)
