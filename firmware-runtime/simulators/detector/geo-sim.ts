// Magnetic sensors as a process: the operator's platform that pushes over HTTP, or a network server that
// publishes at an MQTT broker. Sensors and cars come by the admin side.
import { connectAsync } from 'mqtt'
import { Pool } from 'undici'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { ModelDriver, nowUs } from '../shell/driver.ts'
import type { RunningSim, SimContext } from '../shell/process.ts'
import type { GeoMessage, GeoStyle } from './geo-encode.ts'
import { GeoModel } from './geo-model.ts'

interface Carrier {
  carry(message: GeoMessage): Promise<void>
  close(): Promise<void>
}

/** Posts each report; it is not repeated after an answer other than 200, because the next report comes soon. */
function pushing(target: string): Carrier {
  const { origin, pathname } = new URL(target)
  const pool = new Pool(origin, { connections: 1 })
  return {
    async carry({ text }) {
      const headers = { 'content-type': 'application/json' }
      const answer = await pool.request({ method: 'POST', path: pathname, headers, body: text })
      await answer.body.dump()
    },
    close: () => pool.destroy(),
  }
}

async function publishing(target: string): Promise<Carrier> {
  const client = await connectAsync(target, { clientId: 'geo-sim', reconnectPeriod: 200 })
  // A restarting broker is not a fault of the network server.
  client.on('error', () => undefined)
  return {
    async carry({ topic, text }) {
      await client.publishAsync(topic, text, { qos: 1 })
    },
    close: () => client.endAsync(true),
  }
}

/** For a demo; real sensors send one every 4 to 24 hours. */
const heartbeatMs = 60_000

function routesOf(model: GeoModel, driver: ModelDriver<GeoMessage>): AdminRoutes {
  const given = (body: unknown): { deviceId: string; occupied: boolean } => {
    const { deviceId, occupied }: { deviceId?: unknown; occupied?: unknown } =
      typeof body === 'object' && body !== null ? body : {}
    if (typeof deviceId !== 'string') throw new LaneFault('ARG-01', { field: '/deviceId' })
    return { deviceId, occupied: occupied === true }
  }
  return {
    'POST /sensors': ({ body }) => {
      driver.out(model.add(given(body).deviceId, nowUs()))
      return model.state()
    },
    'POST /inputs': ({ body }) => {
      const { deviceId, occupied } = given(body)
      driver.out(model.set(deviceId, occupied, nowUs()))
      return model.state()
    },
    'POST /restart': ({ body }) => {
      driver.out(model.restart(given(body).deviceId, nowUs()))
      return model.state()
    },
  }
}

export async function startGeo(context: SimContext, style: GeoStyle): Promise<RunningSim> {
  const { args, faults, journal } = context
  const { target } = args
  if (target === null) throw new LaneFault('ARG-01', { field: '--target', note: 'where to' })
  const wallAtStartMs = Date.now() - nowUs() / 1000
  const model = new GeoModel({ style, heartbeatMs, wallAtStartMs, faults })
  const carrier = target.startsWith('mqtt') ? await publishing(target) : pushing(target)
  let refused = 0
  let last: Promise<void> = Promise.resolve()
  const driver = new ModelDriver<GeoMessage>(model, (messages) => {
    for (const message of messages) {
      journal.note('out', message.text)
      // One after another: a sensor's messages stay in order unless a fault reorders them.
      last = last.then(() => carrier.carry(message)).catch(() => void refused++)
    }
  })
  const state = (): Record<string, unknown> => {
    driver.catchUp()
    return { ...model.state(), refused }
  }
  return {
    endpoints: {},
    state,
    storePage: state,
    routes: routesOf(model, driver),
    async stop() {
      driver.stop()
      await carrier.close()
    },
  }
}
