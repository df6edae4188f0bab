// The intake fed by the camera simulator, which builds its pushes by itself.
// Server, parser and de-duplication together: what the camera saw is what the lane reads, once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { CameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { emptyDedup, judgeRead, standardDedup } from '#devices/pure/camera/dedup.ts'
import type { DedupVerdict } from '#devices/pure/camera/dedup.ts'
import { parseHikvisionEvent } from '#devices/pure/camera/hikvision/event.ts'
import { isWholeJpeg, pictureOf } from '#devices/pure/camera/pictures.ts'
import { startCameraSim } from '#simulators/camera/camera-sim.ts'

interface Judged {
  readonly read: PlateRead
  readonly verdict: DedupVerdict
}

let server: CameraPushServer
let judged: Judged[]
let waiting: (() => void)[]
let dedup = emptyDedup
let camera: Awaited<ReturnType<typeof startCameraSim>>

beforeEach(async () => {
  judged = []
  waiting = []
  dedup = emptyDedup
  server = await openCameraPushServer({
    lanes: ['exit'],
    clock: { nowMs: () => 0 },
    onPush({ xml, pictures }) {
      const event = parseHikvisionEvent(xml, pictureOf(pictures))
      if (event.kind !== 'plate') throw new Error(JSON.stringify(event))
      const { state, verdict } = judgeRead(standardDedup, dedup, event.read, judged.length)
      dedup = state
      judged.push({ read: event.read, verdict })
      for (const resolve of waiting.splice(0)) resolve()
      return null
    },
  })
  camera = await startCameraSim(
    ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--target', server.url('exit')],
    (error) => {
      throw error
    },
  )
})

afterEach(async () => {
  await camera.stop()
  await server.close()
})

async function post(path: string, body: unknown): Promise<void> {
  const { admin } = camera.endpoints
  const answer = await fetch(`${admin}${path}`, { method: 'POST', body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
}

async function readings(count: number): Promise<readonly Judged[]> {
  while (judged.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
  return judged
}

describe('from the camera to a reading', () => {
  it.each([
    [false, 'blue'],
    [true, 'yellowGreen'],
  ])(
    'plate, colour, confidence and picture arrive (colour in front: %s)',
    async (front, colour) => {
      await post('/knobs', { colourInFront: front })
      await post('/plates', { plate: '测AD54321', colour, confidence: 87 })
      const [first] = await readings(1)
      expect(first).toMatchObject({
        verdict: 'new',
        read: { plate: '测AD54321', plateState: 'read', colour, confidence: 0.87, history: false },
      })
      expect(isWholeJpeg(first?.read.jpeg ?? new Uint8Array(0))).toBe(true)
    },
  )
  it('a car without a plate is a reading without one', async () => {
    await post('/plates', { plate: null, colour: 'unknown', confidence: 0 })
    const [first] = await readings(1)
    expect(first?.read).toMatchObject({ plate: null, colour: 'unknown' })
    expect(first?.read.plateState).not.toBe('read')
  })
  it('an event sent twice is one reading', async () => {
    await post('/faults', { at: 'push', when: 'before', do: 'duplicate' })
    await post('/plates', { plate: '测A12345', colour: 'blue', confidence: 93 })
    expect((await readings(2)).map(({ verdict }) => verdict)).toEqual(['new', 'sameRecord'])
  })
})
