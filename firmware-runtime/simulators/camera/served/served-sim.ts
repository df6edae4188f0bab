// A camera that accepts connections, as a process: a TCP listener in front of the model of its variant.
// Sightings, faults, settings and the clock come by the admin side.
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { AdminRoutes } from '../../shell/admin.ts'
import { nowUs } from '../../shell/driver.ts'
import type { RunningSim, SimContext } from '../../shell/process.ts'
import { DomeStage } from '../dome-stage.ts'
import type { Dome } from '../dome.ts'
import { ServedCamera } from './model.ts'
import { membersOf, openTcpSide } from './tcp-side.ts'
import type { CameraProtocol, CameraProtocolPorts } from './protocol.ts'

/** Settings of the model; others are the protocol's. */
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
  model.protocol.set(rest)
}

export async function startServed(
  context: SimContext,
  protocol: (outside: CameraProtocolPorts, dome: Dome) => CameraProtocol,
): Promise<RunningSim> {
  const { args, faults, store } = context
  const { timing, seed } = args
  const wallAtStartMs = Date.now() - nowUs() / 1000
  const stage: DomeStage = new DomeStage((body) => {
    const { id, outputs } = model.see(body, nowUs())
    sim.out(outputs)
    return id
  })
  const model: ServedCamera = new ServedCamera({
    timing,
    seed,
    faults,
    rows: store.rows,
    wallAtStartMs,
    protocol: (outside) => protocol(outside, stage.dome),
  })
  const sim = await openTcpSide(context, model, 'push')
  const routes = {
    ...stage.routes,
    'POST /knobs': ({ body }) => sim.set(() => setKnobs(model, body)),
    'POST /serial': ({ body }) => {
      const { port, hex } = membersOf(body)
      const bytes = typeof hex === 'string' ? bytesOfHex(hex) : null
      if (typeof port !== 'string' || bytes === null)
        throw new LaneFault('ARG-01', { field: '/hex', note: 'port and hex are wanted' })
      return sim.set(() => sim.out(model.serialIn(port, bytes, nowUs())))
    },
  } satisfies AdminRoutes
  return sim.running(routes, { stop: () => Promise.resolve(stage.stop()) })
}
