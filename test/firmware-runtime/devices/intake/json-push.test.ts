// The intake of cameras that push JSON, over real sockets: every push gets a body, forms are not read,
// and what is too large, cut or no JSON is counted. Then the simulated camera against it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { CameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { emptyDedup, judgeRead, standardDedup } from '#devices/pure/camera/dedup.ts'
import { isWholeJpeg } from '#devices/pure/camera/pictures.ts'
import { vzAlive, vzPushOf } from '#devices/pure/camera/vz/http-push.ts'
import { startCameraSim } from '#simulators/camera/camera-sim.ts'
import type { SimHandle } from '#simulators/shell/process.ts'
import { push } from './pusher.ts'
import { eventually } from '../../../kit/eventually.ts'

const nowMs = 1_795_138_215_000
let server: CameraPushServer
let texts: string[] = []
let forms = 0
let reads: PlateRead[] = []
let verdicts: string[] = []
let dedup = emptyDedup

const open = (jsonBytesMax = 2_000_000, heldBytesMax = 24 << 20): Promise<CameraPushServer> =>
  openCameraPushServer({
    lanes: ['exit', 'entry'],
    jsonLanes: ['exit'],
    clock: { nowMs: () => nowMs },
    limits: { jsonBytesMax, heldBytesMax },
    onPush: () => null,
    onForm: () => {
      forms++
      return vzAlive
    },
    onJson({ text, pictures }) {
      texts.push(text)
      const got = vzPushOf(text, pictures)
      if (got.kind === 'plate') {
        const judged = judgeRead(standardDedup, dedup, got.read, texts.length)
        dedup = judged.state
        reads.push(got.read)
        verdicts.push(judged.verdict)
      }
      return { refused: got.kind === 'refused' ? got.what : null, reply: got.reply }
    },
  })

beforeEach(async () => {
  ;[texts, forms, reads, verdicts, dedup] = [[], 0, [], [], emptyDedup]
  server = await open()
})
afterEach(() => server.close())

const post = async (body: string, type: string | null = 'application/json') => {
  const headers: Record<string, string> = type === null ? {} : { 'content-type': type }
  const bytes = new TextEncoder().encode(body)
  const answer = await fetch(server.url('exit'), { method: 'POST', body: bytes, headers })
  return { status: answer.status, text: await answer.text() }
}

describe('a push', () => {
  const body = JSON.stringify({
    AlarmInfoPlate: { result: { PlateResult: { license: '测A12345' } } },
  })
  // A request of a browser's page names its origin, whatever its type: it is refused by that (camera-push-server.test.ts).
  it.each([
    ...['application/json', 'text/json; charset=utf-8', 'application/vnd.vz+json'],
    ...['text/plain', null, 'application/jsonp', 'application/x-www-form-urlencoded'],
    ...['multipart/form-data; boundary=x', 'text/xml'],
  ])('as %s is answered with what the lane says', async (type) => {
    const { status, text } = await post(body, type)
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({ Response_AlarmInfoPlate: { info: 'no' } })
    expect(server.stats('exit')).toMatchObject({ pushes: 1, lastPushAtMs: nowMs })
  })
  it.each([1, 3, 50])('is the same in pieces of %i bytes', async (pieceBytes) => {
    const bytes = new TextEncoder().encode(body)
    const options = { type: 'application/json', pieceBytes, chunked: true }
    expect(await push(server.url('exit'), bytes, options)).toBe(200)
    expect(texts).toEqual([body])
  })
  it('that is no JSON is counted, and still gets a body', async () => {
    expect(await post('{"AlarmInfoPlate"')).toEqual({ status: 400, text: vzAlive })
    expect(server.stats('exit')).toMatchObject({ pushes: 0, badRequests: 1 })
  })
  it('that is too large is not kept', async () => {
    await server.close()
    server = await open(1_000)
    expect(
      await push(server.url('exit'), new Uint8Array(200_000), { type: 'application/json' }),
    ).toBe(413)
    expect([texts, server.stats('exit').badRequests]).toEqual([[], 1])
  })
  it('of a camera that goes away is counted once', async () => {
    const bytes = new TextEncoder().encode(body)
    await push(server.url('exit'), bytes, { type: 'application/json', cutAt: 20 })
    while (server.stats('exit').badRequests === 0) await new Promise((go) => setImmediate(go))
    expect([texts, server.stats('exit').badRequests]).toEqual([[], 1])
  })
})

describe('a form', () => {
  it.each(['multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    'as %s is a sign of life; its password is read by nobody',
    async (type) => {
      const answer = await post('--x\r\n\r\npass_wd=Abcd1234\r\n--x--', type)
      expect(answer).toEqual({ status: 200, text: vzAlive })
      expect([forms, texts]).toEqual([1, []])
      expect(server.stats('exit')).toMatchObject({ pushes: 1, badRequests: 0 })
    },
  )
})

it('pictures of JSON pushes give their room back, whole, broken or cut', async () => {
  const picture = Buffer.alloc(6_000, 0x55).toString('base64')
  const bodyOf = (text: string): Uint8Array => new TextEncoder().encode(`{"a":"${text}"}`)
  await server.close()
  server = await open(2_000_000, 7_000)
  for (let n = 0; n < 3; n++) {
    for (const body of [bodyOf(picture), bodyOf(`${picture}*`)])
      expect(await push(server.url('exit'), body, { type: 'application/json' })).toBe(400)
    const cut = { type: 'application/json', cutAt: 7_000 }
    await push(server.url('exit'), bodyOf(picture), cut)
    while (server.stats('exit').badRequests < 3 * (n + 1))
      await new Promise((go) => setImmediate(go))
  }
  expect(server.stats('exit').picturesDropped).toBe(3)
  const two = new TextEncoder().encode(`{"a":"${picture}","b":"${picture}"}`)
  expect(await push(server.url('exit'), two, { type: 'application/json' })).toBe(400)
  expect(texts.at(-1)).toBe('{"a":"picture:0","b":""}')
})

it('a form without end is not read on', async () => {
  const type = 'multipart/form-data; boundary=x'
  expect([0, 413]).toContain(await push(server.url('exit'), new Uint8Array(9_000_000), { type }))
  expect([forms, server.stats('exit').pushes]).toEqual([0, 0])
})

describe('the simulated camera', () => {
  let camera: SimHandle
  const failed = (error: unknown): never => {
    throw error
  }
  beforeEach(async () => {
    camera = await startCameraSim(
      ['--variant', 'vz-http', '--timing', 'instant', '--target', server.url('exit')],
      failed,
    )
  })
  afterEach(() => camera.stop())

  const admin = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${camera.endpoints['admin'] ?? ''}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(200)
  }
  const state = async (): Promise<Record<string, unknown>> =>
    (await fetch(`${camera.endpoints['admin'] ?? ''}/state`)).json() as Promise<
      Record<string, unknown>
    >
  const until = (met: () => boolean | Promise<boolean>) => eventually(met).toBe(true)

  it('is read with its picture, is alive by its forms, and opens nothing', async () => {
    await admin('/plates', { plate: '测AD54321', colour: 'green', confidence: 87 })
    await until(async () => (await state())['delivered'] === 1)
    expect(reads).toMatchObject([
      { plate: '测AD54321', colour: 'green', confidence: 0.87, history: false },
    ])
    expect(isWholeJpeg(reads[0]?.jpeg ?? new Uint8Array(0))).toBe(true)
    expect(forms).toBeGreaterThan(0)
    expect(await state()).toMatchObject({ openedByAnswer: 0, failed: 0 })
  })
  it('sends again what was not answered: one record, marked as history', async () => {
    await admin('/faults', { at: 'push', when: 'after', do: 'drop' })
    await admin('/plates', { plate: '测A12345', colour: 'blue' })
    await until(async () => (await state())['delivered'] === 1)
    expect(verdicts).toEqual(['new', 'sameRecord'])
    expect(reads.map((read) => read.history)).toEqual([false, true])
  })
  it('sends what was seen offline when the lane is back, until each is asked on', async () => {
    const target = server.url('exit')
    await admin('/target', { url: 'http://127.0.0.1:9/camera/exit' })
    for (const plate of ['测A10001', '测A10002', '测A10003'])
      await admin('/plates', { plate, colour: 'blue' })
    await until(async () => Number((await state())['failed']) >= 3)
    await admin('/target', { url: target })
    await until(async () => (await state())['delivered'] === 3)
    expect(reads.map((read) => [read.plate, read.history])).toEqual([
      ['测A10001', true],
      ['测A10002', true],
      ['测A10003', true],
    ])
  })
  it.each(['duplicate', 'reorderParts', 'flip', 'cut'])('with fault %s', async (fault) => {
    await admin('/faults', { at: 'push', when: 'after', do: fault, bits: 4 })
    await admin('/plates', { plate: '测A12345', colour: 'blue', pictures: false })
    await until(async () => (await state())['delivered'] === 1)
    expect(verdicts.filter((verdict) => verdict === 'new').length).toBeGreaterThan(0)
  })
  it('whose clock is wrong says so in its readings', async () => {
    await admin('/knobs', { clockSkewMs: -86_400_000 })
    const fromMs = Date.now()
    await admin('/plates', { plate: '测A12345', colour: 'blue' })
    await until(() => reads.length === 1)
    const saidMs = (reads[0]?.deviceAtMs ?? Infinity) + 86_400_000
    // Between both times in whole seconds, however long it took.
    expect(saidMs).toBeGreaterThan(fromMs - 1_000)
    expect(saidMs).toBeLessThanOrEqual(Date.now())
  })
})
