// Cameras that push, as a process: sightings are sent as HTTP posts to the target, again until they are taken.
// The make defines content and success of a push; sending is common.
import { Agent, request, type IncomingMessage } from 'node:http'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { faultRoutes } from '../shell/fault-routes.ts'
import type { RunningSim, SimContext } from '../shell/process.ts'
import { seededRandom } from '../shell/random.ts'
import { SocketMeter } from '../shell/socket-meter.ts'
import { openCommands } from './command-server.ts'
import { DomeStage } from './dome-stage.ts'
import { hikvisionPush } from './hikvision-push.ts'
import { createCameraModel, type CameraModel, type CameraOutput, type Push } from './model.ts'
import type { PushStyle } from './push-style.ts'
import { pushContentType } from './push.ts'
import type { HttpAccount } from './served/http-side.ts'
import { judgeVzAnswer, vzContentType, vzForm, vzFormBoundary, vzPush } from './vz-push.ts'

/** Timeout of a camera for its answer, ms. */
const answerWithinMs = 5000
const answerBytesMax = 65_536

export interface MakeStyle {
  readonly push: PushStyle
  readonly contentType: string
  judge(answer: Answer, history: boolean): { readonly taken: boolean; readonly opens: boolean }
  /** Interval and body of the heartbeat; null: none. */
  readonly beat: {
    readonly everyMs: number
    readonly contentType: string
    body(): Uint8Array
  } | null
}

interface Answer {
  readonly status: number
  readonly body: string
}

export const hikvisionStyle: MakeStyle = {
  push: hikvisionPush,
  contentType: pushContentType,
  // Any 2xx counts as delivered, and no answer opens anything.
  judge: ({ status }) => ({ taken: status >= 200 && status < 300, opens: false }),
  beat: null,
}

export const vzStyle = (serial: string): MakeStyle => ({
  push: vzPush(serial),
  contentType: vzContentType,
  judge: ({ status, body }, history) => judgeVzAnswer(status, body, history),
  beat: {
    everyMs: 5_000,
    contentType: `multipart/form-data; boundary=${vzFormBoundary}`,
    body: () => vzForm(serial),
  },
})

function targetOf(text: unknown): URL | null {
  if (text === null || text === undefined) return null
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'http:') {
    throw new LaneFault('ARG-01', { field: '--target', value: String(text), note: 'http://…' })
  }
  return url
}

interface Load {
  readonly body: Uint8Array
  readonly pieces: readonly number[]
  readonly cutAt: number | null
}

/** Sends posts; the target can be set later, when the lane's port is known. */
class Carrier {
  target: URL | null
  readonly meter = new SocketMeter()
  /**
   * One connection per push: with keep-alive, a connection that the lane just closed would turn a live push into
   * history.
   */
  readonly #agent = new Agent({ keepAlive: false })

  constructor(target: URL | null) {
    this.target = target
  }

  /** The answer, or why there was no answer. Never throws, because an absent target is normal. */
  async carry({ body, pieces, cutAt }: Load, contentType: string): Promise<Answer | string> {
    const { target } = this
    if (!target) return 'no target is set'
    const { promise, resolve } = Promise.withResolvers<Answer | string>()
    const post = request(target, {
      method: 'POST',
      agent: this.#agent,
      timeout: answerWithinMs,
      headers: { 'content-type': contentType, 'transfer-encoding': 'chunked' },
    })
    post.on('socket', (socket) => this.meter.count(socket))
    post.on('response', (response: IncomingMessage) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        if (text.length < answerBytesMax) text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
      response.on('error', (error) => resolve(error.message))
    })
    post.on('timeout', () => post.destroy(new Error('no answer in time')))
    post.on('error', (error) => resolve(error.message))
    let at = 0
    for (const size of pieces) {
      if (cutAt !== null && at + size > cutAt) break
      post.write(body.subarray(at, at + size))
      at += size
    }
    if (cutAt === null) post.end(body.subarray(at))
    else post.write(body.subarray(at, cutAt), () => post.destroy(new Error('cut')))
    return await promise
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** Settings of every pushing camera. */
interface Knobs {
  clockSkewMs: number
}

function setKnobs(model: CameraModel, knobs: Knobs, body: unknown): void {
  const given: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {}
  const { colourInFront, clockSkewMs } = given
  if (colourInFront !== undefined) model.colourInFront = colourInFront === true
  if (clockSkewMs === undefined) return
  if (typeof clockSkewMs !== 'number' || !Number.isSafeInteger(clockSkewMs))
    throw new LaneFault('ARG-01', { field: '/clockSkewMs' })
  knobs.clockSkewMs = clockSkewMs
}

const routesOf = (
  model: CameraModel,
  driver: ModelDriver<CameraOutput>,
  carrier: Carrier,
  knobs: Knobs,
): AdminRoutes => ({
  'POST /target': ({ body }) => {
    const url = typeof body === 'object' && body !== null && 'url' in body ? body.url : undefined
    carrier.target = targetOf(url ?? '')
    return { target: carrier.target?.href ?? null }
  },
  ...faultRoutes('push', model, driver, () => model.state()),
  'POST /knobs': ({ body }) => {
    setKnobs(model, knobs, body)
    return { ...model.state(), ...knobs }
  },
})

/** Sends heartbeats at the interval of the make; an unplugged camera sends none. */
function startBeating(carrier: Carrier, style: MakeStyle, alive: () => boolean): () => void {
  const { beat } = style
  if (beat === null) return () => undefined
  const say = (): void => {
    if (!alive()) return
    // The answer is ignored: the next heartbeat comes soon.
    void carrier.carry({ body: beat.body(), pieces: [], cutAt: null }, beat.contentType)
  }
  say()
  const timer = setInterval(say, beat.everyMs)
  return () => clearInterval(timer)
}

/** `account`: of its commands; a camera that listens to none has none. */
export async function startPushing(
  context: SimContext,
  macAddress: string,
  style: MakeStyle,
  account: HttpAccount,
): Promise<RunningSim> {
  const { args, faults, store, journal } = context
  const { timing, seed } = args
  const carrier = new Carrier(targetOf(args.target))
  const knobs: Knobs = { clockSkewMs: 0 }
  const { rows } = store
  const model = createCameraModel({ timing, seed, macAddress, faults, rows, style: style.push })
  let openedByAnswer = 0
  const carry = (push: Push): void => {
    carrier.carry(push, style.contentType).then((end) => {
      const said = typeof end === 'string' ? end : end.status
      journal.note('out', `push ${push.pushId} of ${push.sightingId}: ${said}`)
      const judged = typeof end === 'string' ? null : style.judge(end, push.history)
      if (judged?.opens === true) openedByAnswer++
      driver.out(model.ended(push.pushId, judged?.taken === true, nowUs()))
    }, context.failed)
  }
  const driver = new ModelDriver<CameraOutput>(model, (outputs) => {
    for (const output of outputs) {
      if (output.do === 'push') carry(output.push)
      else if (output.do === 'row') store.writer.append(output.row).catch(context.failed)
    }
  })
  const stopBeating = startBeating(carrier, style, () => model.state()['off'] !== true)
  const state = (): Record<string, unknown> => {
    driver.catchUp()
    const target = carrier.target?.href ?? null
    const { bytesIn, bytesOut } = carrier.meter
    const link = { bytesIn, bytesOut }
    return { ...model.state(), ...knobs, openedByAnswer, target, link }
  }
  const stage = new DomeStage((body) => {
    const { id, outputs } = model.see(body, isoOf(Date.now() + knobs.clockSkewMs), nowUs())
    driver.out(outputs)
    return id
  })
  const commands =
    args.listen === null
      ? null
      : await openCommands(args.listen, stage.dome, { account, random: seededRandom(seed) })
  return {
    // A camera is an HTTP client: its link is the push target.
    endpoints: {
      link: carrier.target?.href ?? '',
      ...(commands === null ? {} : { commands: commands.url }),
    },
    state,
    storePage: state,
    routes: { ...routesOf(model, driver, carrier, knobs), ...stage.routes },
    async stop() {
      stage.stop()
      stopBeating()
      driver.stop()
      carrier.close()
      await commands?.close()
    },
  }
}
