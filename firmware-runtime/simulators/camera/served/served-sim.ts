// A camera that lanes connect to, as a process: a TCP listener in front of the model of its variant.
// Sightings, faults, knobs and the clock come by the admin side.
import { bytesOfHex } from '../../../core/values/bytes.ts'
import { LaneFault } from '../../../core/values/faults.ts'
import type { AdminRoutes } from '../../shell/admin.ts'
import { ModelDriver, nowUs } from '../../shell/driver.ts'
import { openSimLink } from '../../shell/link.ts'
import type { RunningSim, SimContext } from '../../shell/process.ts'
import { ServedCamera } from './model.ts'
import type { ServedOutput } from './model.ts'
import type { CameraWire, WireWorld } from './wire.ts'

type Members = Readonly<Record<string, unknown>>

const membersOf = (body: unknown): Members =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}

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
  driver: ModelDriver<ServedOutput>,
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
  wire: (world: WireWorld) => CameraWire,
): Promise<RunningSim> {
  const { args, faults, books, journal } = context
  if (args.listen?.kind === 'pty' || args.listen?.kind === 'https')
    throw new LaneFault('ARG-01', { field: '--listen', note: 'tcp:// or http:// is wanted' })
  const { timing, seed } = args
  const wallAtStartMs = Date.now() - nowUs() / 1000
  const model = new ServedCamera({ timing, seed, faults, rows: books.rows, wallAtStartMs, wire })
  const address = args.listen === null ? null : ({ ...args.listen, kind: 'tcp' } as const)
  const link = await openSimLink(address, {
    up: (client) => driver.out(model.up(client, nowUs())),
    bytes: (chunk, client) => driver.out(model.bytes(client, chunk, nowUs())),
    down: (client) => driver.out(model.down(client, nowUs())),
    failed: context.failed,
  })
  const driver = new ModelDriver<ServedOutput>(model, (outputs) => {
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
    booksPage: state,
    routes: routesOf(model, driver, context),
    async stop() {
      driver.stop()
      await link.close()
    },
  }
}
