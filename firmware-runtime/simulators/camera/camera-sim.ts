// The camera simulator as a process: it pushes to the lane's intake over HTTP, as cameras do.
// Sightings come by the admin side and leave as pushes to the target, again and again until taken.
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { runSim, startSim } from '../shell/process.ts'
import type { RunningSim, SimContext, SimHandle, SimPlan } from '../shell/process.ts'
import { createCameraModel } from './model.ts'
import type { CameraModel, CameraOutput, Push } from './model.ts'
import { pushContentType } from './push.ts'
import { DahuaServed } from './served/dahua-wire.ts'
import { HikvisionServed } from './served/hikvision-wire.ts'
import { startServed } from './served/served-sim.ts'
import { VzServed } from './served/vz-wire.ts'

/** A camera waits no longer for its 200. */
const answerWithinMs = 5000

function targetOf(text: unknown): URL | null {
  if (text === null || text === undefined) return null
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'http:') {
    throw new LaneFault('ARG-01', { field: '--target', value: String(text), note: 'http://…' })
  }
  return url
}

/** Carries pushes; a target can be set later, when the lane's port is known. */
class Carrier {
  target: URL | null
  bytesOut = 0
  /** One connection a push: a kept one that the lane just closed would make a live push history. */
  readonly #agent = new Agent({ keepAlive: false })

  constructor(target: URL | null) {
    this.target = target
  }

  /** Answers the status, or why there was none. Never throws: a target that is away is normal. */
  async carry(push: Push): Promise<number | string> {
    const { target } = this
    if (!target) return 'no target is set'
    const { promise, resolve } = Promise.withResolvers<number | string>()
    const post = request(target, {
      method: 'POST',
      agent: this.#agent,
      timeout: answerWithinMs,
      headers: { 'content-type': pushContentType, 'transfer-encoding': 'chunked' },
    })
    post.on('response', (response: IncomingMessage) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', (error) => resolve(error.message))
    })
    post.on('timeout', () => post.destroy(new Error('no answer in time')))
    post.on('error', (error) => resolve(error.message))
    let at = 0
    for (const size of push.pieces) {
      if (push.cutAt !== null && at + size > push.cutAt) break
      post.write(push.body.subarray(at, at + size))
      at += size
    }
    this.bytesOut += push.cutAt ?? push.body.length
    if (push.cutAt === null) post.end(push.body.subarray(at))
    else post.write(push.body.subarray(at, push.cutAt), () => post.destroy(new Error('cut')))
    return await promise
  }

  close(): void {
    this.#agent.destroy()
  }
}

function routesOf(
  model: CameraModel,
  driver: ModelDriver<CameraOutput>,
  carrier: Carrier,
  context: SimContext,
): AdminRoutes {
  return {
    'POST /plates': ({ body }) => {
      const { id, outputs } = model.see(body, isoOf(Date.now()), nowUs())
      driver.out(outputs)
      return { id }
    },
    'POST /target': ({ body }) => {
      const url = typeof body === 'object' && body !== null && 'url' in body ? body.url : undefined
      carrier.target = targetOf(url ?? '')
      return { target: carrier.target?.href ?? null }
    },
    'POST /act': ({ body }) => {
      const given = typeof body === 'object' ? body : null
      driver.out(model.act(context.faults.check({ ...given, at: 'push', when: 'before' }), nowUs()))
      return model.state()
    },
    'POST /knobs': ({ body }) => {
      const front =
        typeof body === 'object' && body && 'colourInFront' in body && body.colourInFront
      model.colourInFront = front === true
      return model.state()
    },
  }
}

/** MAC address of a simulated camera, from its flag or its seed. */
function macOf({ args }: SimContext): string {
  const last = (args.seed & 0xff).toString(16).padStart(2, '0')
  const { mac = `02:00:5e:10:00:${last}` } = args.extra
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac))
    throw new LaneFault('ARG-01', { field: '--mac', value: mac })
  return mac
}

/** The account of a camera behind Digest; made up, as everything here. */
const accountOf = ({ args }: SimContext) => ({
  user: args.extra['user'] ?? 'admin',
  password: args.extra['password'] ?? 'Simulated1',
})

/** The number of a camera, from its seed. */
const serialOf = ({ args }: SimContext): string =>
  `5e100000-${args.seed.toString(16).padStart(8, '0')}`

export const cameraSimPlan: SimPlan = {
  name: 'camera-sim',
  extraFlags: ['mac', 'user', 'password'],
  faults: { places: ['push', 'auth'], moreActions: ['reorderParts'] },
  start(context): Promise<RunningSim> {
    const variant = context.args.variant ?? 'hikvision-push'
    if (variant === 'hikvision' || variant === 'hikvision-push') return startPushing(context)
    if (variant === 'hikvision-pull') {
      const options = { ...accountOf(context), macAddress: macOf(context) }
      return startServed(context, (world) => new HikvisionServed(options, world))
    }
    if (variant === 'dahua') {
      const options = { ...accountOf(context), serial: `SIM${serialOf(context)}` }
      return startServed(context, (world) => new DahuaServed(options, world))
    }
    if (variant === 'vz-tcp')
      return startServed(context, (world) => new VzServed(serialOf(context), world))
    throw new LaneFault('ARG-01', { field: '--variant', value: variant })
  },
}

function startPushing(context: SimContext): Promise<RunningSim> {
  const { args, faults, books, journal } = context
  const carrier = new Carrier(targetOf(args.target))
  const model = createCameraModel({
    timing: args.timing,
    seed: args.seed,
    macAddress: macOf(context),
    faults,
    rows: books.rows,
  })
  const carry = (push: Push): void => {
    carrier.carry(push).then((end) => {
      journal.note('out', `push ${push.pushId} of ${push.sightingId}: ${end}`)
      const taken = typeof end === 'number' && end >= 200 && end < 300
      driver.out(model.ended(push.pushId, taken, nowUs()))
    }, context.failed)
  }
  const driver = new ModelDriver<CameraOutput>(model, (outputs) => {
    for (const output of outputs) {
      if (output.do === 'push') carry(output.push)
      else books.books.append(output.row).catch(context.failed)
    }
  })
  const state = (): Record<string, unknown> => {
    driver.catchUp()
    const target = carrier.target?.href ?? null
    return { ...model.state(), target, link: { bytesOut: carrier.bytesOut } }
  }
  return Promise.resolve({
    // A camera is a client: its link is where it pushes to.
    endpoints: { link: carrier.target?.href ?? '' },
    state,
    booksPage: state,
    routes: routesOf(model, driver, carrier, context),
    stop() {
      driver.stop()
      carrier.close()
      return Promise.resolve()
    },
  })
}

/** The `camera-sim` command: runs until SIGTERM and answers the exit code. */
export const runCameraSim = (argv: readonly string[]): Promise<number> =>
  runSim(cameraSimPlan, argv)

/** The same in this process, for tests and the demo. */
export const startCameraSim = (
  argv: readonly string[],
  failed: (error: unknown) => void,
): Promise<SimHandle> => startSim(cameraSimPlan, argv, failed)
