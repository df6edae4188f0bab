// A camera that lanes connect to, as a process: a TCP listener in front of the model of its variant.
// Sightings, faults, knobs and the clock come by the admin side.
import { bytesOfHex } from '../../../core/values/bytes.ts'
import { LaneFault } from '../../../core/values/faults.ts'
import type { AdminRoutes } from '../../shell/admin.ts'
import { type ModelDriver, nowUs } from '../../shell/driver.ts'
import type { RunningSim, SimContext } from '../../shell/process.ts'
import type { CameraRow } from '../sighting.ts'
import { ServedCamera } from './model.ts'
import { membersOf, openTcpSide } from './tcp-side.ts'
import type { ServedOutput } from './tcp-side.ts'
import type { CameraWire, CameraWirePorts } from './wire.ts'

/** Knobs of the model itself; the rest is the wire's. */
function setKnobs(model: ServedCamera, body: unknown): void {
  const { clockSkewMs, splitBytes, ...rest } = membersOf(body)
  if (clockSkewMs !== undefined) {
    if (typeof clockSkewMs !== 'number' || !Number.isSafeInteger(clockSkewMs))
      throw new LaneFault('ARG-01', { field: '/clockSkewMs' })
    model.clockSkewMs = clockSkewMs
  }
  if (splitBytes !== undefined) {
    const fits = typeof splitBytes === 'number' && Number.isInteger(splitBytes) && splitBytes > 0
    if (splitBytes !== null && !fits) throw new LaneFault('ARG-01', { field: '/splitBytes' })
    model.splitBytes = fits ? splitBytes : null
  }
  model.wire.set(rest)
}

function routesOf(
  model: ServedCamera,
  driver: ModelDriver<ServedOutput<CameraRow>>,
  context: SimContext,
): AdminRoutes {
  return {
    'POST /plates': ({ body }) => {
      const { id, outputs } = model.see(body, nowUs())
      driver.out(outputs)
      return { id }
    },
    'POST /act': ({ body }) => {
      const given = membersOf(body)
      driver.out(model.act(context.faults.check({ ...given, at: 'push', when: 'before' }), nowUs()))
      return model.state()
    },
    'POST /knobs': ({ body }) => {
      setKnobs(model, body)
      driver.catchUp()
      return model.state()
    },
    'POST /serial': ({ body }) => {
      const { port, hex } = membersOf(body)
      const bytes = typeof hex === 'string' ? bytesOfHex(hex) : null
      if (typeof port !== 'string' || bytes === null)
        throw new LaneFault('ARG-01', { field: '/hex', note: 'port and hex are wanted' })
      driver.out(model.serialIn(port, bytes, nowUs()))
      return model.state()
    },
    'DELETE /faults': () => {
      context.faults.clear()
      model.mend()
      return { faults: [] }
    },
  }
}

export async function startServed(
  context: SimContext,
  wire: (outside: CameraWirePorts) => CameraWire,
): Promise<RunningSim> {
  const { args, faults, books } = context
  const { timing, seed } = args
  const wallAtStartMs = Date.now() - nowUs() / 1000
  const model = new ServedCamera({ timing, seed, faults, rows: books.rows, wallAtStartMs, wire })
  const { driver, running } = await openTcpSide(context, model)
  return running(routesOf(model, driver, context))
}
