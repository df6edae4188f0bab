// Every kind of camera on a real socket lets a car out of a running lot, each from its own process.
// A dead, silent or locked camera does not affect the others, and each comes back by itself.
import { spawn } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readCapture } from '#devices/frame-log/capture.ts'
import { replayCapture } from '#devices/frame-log/capture-replay.ts'
import { CameraLot, cameraPassword, type CameraVariant } from './kit/camera-lot.ts'
import { program } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'

const lanes: readonly (readonly [string, CameraVariant])[] = [
  ['exit-hik-push', 'hikvision-push'],
  ['exit-hik-pull', 'hikvision-pull'],
  ['exit-dahua', 'dahua'],
  ['exit-vz-tcp', 'vz-tcp'],
  ['exit-vz-http', 'vz-http'],
]
const served = lanes
  .filter(([, variant]) => !/-(push|http)$/.test(variant))
  .map(([id]): [string] => [id])
const lot = new CameraLot()

/** `etc-lane secret set`, the password on its stdin. */
async function setSecret(name: string, secret: string): Promise<unknown> {
  const args = [program, 'secret', 'set', '--data', lot.dir, '--name', name]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdin.end(`${secret}\n`)
  await new Promise((done) => child.once('close', done))
  return JSON.parse(said)
}

beforeAll(() => lot.open(new Map(lanes)))
afterAll(() => lot.close())
beforeEach(async () => {
  for (const [laneId] of lanes) await lot.isUp(laneId)
  lot.faults.length = 0
})

test.each(lanes)('%s: a car leaves, its photo is kept, the clock is compared', async (laneId) => {
  expect(await lot.passes(laneId)).not.toBeNull()
  expect(Math.abs(lot.status(laneId).clockOffsetMs ?? Infinity)).toBeLessThan(5_000)
})

describe.each(served)('%s', (laneId) => {
  const camera = () => lot.camera(laneId)
  test('in pieces of one byte', async () => {
    await camera().admin('POST', '/knobs', { splitBytes: 1 })
    const plate = await lot.arrives(laneId)
    await lot.seen(laneId, plate, { pictures: false })
    await lot.leaves(laneId)
    await camera().admin('POST', '/knobs', { splitBytes: null })
  })
  test('every event twice, one out of order', async () => {
    await camera().admin('POST', '/faults', [
      { at: 'push', when: 'after', do: 'duplicate', times: 1 },
      { at: 'push', when: 'after', do: 'reorderParts', skip: 1, times: 1 },
    ])
    await lot.passes(laneId)
    await lot.passes(laneId)
    await camera().admin('DELETE', '/faults')
  })
  test('restarted, its nonces and subscriptions forgotten', async () => {
    await camera().admin('POST', '/act', { do: 'reboot', ms: 50 })
    await lot.told(laneId, 'LINK-01')
    await lot.isUp(laneId)
    await lot.passes(laneId)
  })
})

const dayMs = 86_400_000
const said = served.filter(([laneId]) => laneId !== 'exit-vz-tcp')
test.each(said.flatMap(([laneId]) => [dayMs, -dayMs].map((ms) => [laneId, ms] as const)))(
  '%s: a clock that goes %i ms off is believed once it was asked for',
  async (laneId, skewMs) => {
    await lot.camera(laneId).admin('POST', '/knobs', { clockSkewMs: skewMs })
    await lot.camera(laneId).admin('POST', '/act', { do: 'reboot', ms: 50 })
    await lot.told(laneId, 'LINK-01')
    await lot.isUp(laneId)
    const offMs = (): number => (lot.status(laneId).clockOffsetMs ?? Infinity) - skewMs
    await lot.until(`${laneId} told its time`, () => Math.abs(offMs()) < 5_000)
    await lot.passes(laneId)
    await lot.camera(laneId).admin('POST', '/knobs', { clockSkewMs: 0 })
    await lot.camera(laneId).admin('POST', '/act', { do: 'reboot', ms: 50 })
    await lot.told(laneId, 'LINK-01')
    await lot.isUp(laneId)
  },
)

test('a Vzicom camera says nothing of its clock: a day ahead is undated until it is right', async () => {
  const laneId = 'exit-vz-tcp'
  const camera = lot.camera(laneId)
  await camera.admin('POST', '/knobs', { clockSkewMs: dayMs })
  await camera.admin('POST', '/plates', { plate: '测A19999', colour: 'blue', pictures: false })
  await lot.until('it is undated', () => lot.status(laneId).undated?.count === 1)
  expect(lot.status(laneId).undated?.code).toBe('CAM-08')
  await camera.admin('POST', '/knobs', { clockSkewMs: 0 })
  await lot.passes(laneId)
  expect(lot.status(laneId).undated).toBeNull()
})

test('a serial port behind a Vzicom camera carries bytes, also after it restarted', async () => {
  const laneId = 'exit-vz-tcp'
  await lot.camera(laneId).admin('POST', '/knobs', { serialEcho: true })
  const handle = lot.site.cameras.get(laneId)
  const port = handle?.serial?.('rs485-1')
  const receivedHex: string[] = []
  const ups: boolean[] = []
  const stop = [
    port?.onBytes((bytes) => receivedHex.push(Buffer.from(bytes).toString('hex'))),
    port?.onChange((up) => ups.push(up)),
  ]
  const says = async (bytes: number[]): Promise<void> => {
    const before = receivedHex.length
    port?.send(Uint8Array.from(bytes))
    await lot.until('an echo', () => receivedHex.length > before)
  }
  await says([0, 0x64, 0xff])
  await lot.camera(laneId).admin('POST', '/act', { do: 'reboot', ms: 50 })
  await lot.until('gone and back', () => ups.length === 3)
  await says([1])
  expect([ups, receivedHex]).toEqual([
    [true, false, true],
    ['0064ff', '01'],
  ])
  handle?.command?.({ type: 'relay', io: 2, value: 'pulse', delayMs: 300 })
  const pulses = (): Promise<{ pulses: number }> => lot.camera(laneId).admin('GET', '/state')
  await eventually(pulses, (state) => state.pulses > 0)
  for (const one of stop) one?.()
})

test('cameras that are dead, silent or locked stall nobody', async () => {
  const dead = ['exit-dahua', 'exit-hik-pull', 'exit-vz-tcp']
  await lot.camera('exit-dahua').admin('POST', '/act', { do: 'unplug', ms: 600_000 })
  await lot.camera('exit-hik-pull').admin('POST', '/act', { do: 'silence', ms: 600_000 })
  await lot.camera('exit-vz-tcp').admin('POST', '/act', { do: 'silence', ms: 600_000 })
  // A car waits at every lane; only two lanes can read theirs.
  const waiting = new Map<string, string>()
  for (const laneId of dead) waiting.set(laneId, await lot.arrives(laneId))
  for (let round = 0; round < 3; round++) {
    expect(await lot.passes('exit-hik-push')).not.toBeNull()
    expect(await lot.passes('exit-vz-http')).not.toBeNull()
  }
  lot.mono.leap(31_000)
  await lot.told('exit-dahua', 'LINK-01')
  await lot.told('exit-hik-pull', 'LINK-02')
  await lot.told('exit-vz-tcp', 'LINK-02')
  expect(await lot.passes('exit-hik-push')).not.toBeNull()
  for (const laneId of dead) await lot.camera(laneId).admin('DELETE', '/faults')
  await lot.camera('exit-dahua').admin('POST', '/act', { do: 'unplug', ms: 1 })
  for (const laneId of dead) {
    await lot.isUp(laneId)
    await lot.seen(laneId, waiting.get(laneId) ?? '')
    await lot.leaves(laneId)
  }
})

test('a wrong password is told once; the right one, set by hand, is taken without a restart', async () => {
  const laneId = 'exit-hik-pull'
  expect(await setSecret('cam', 'Wrong1234')).toEqual({ ok: true, name: 'cam' })
  await lot.camera(laneId).admin('POST', '/act', { do: 'reboot', ms: 20 })
  await lot.told(laneId, 'CAM-01')
  const state = await lot.camera(laneId).admin<{ failedLogins: number }>('GET', '/state')
  expect(state.failedLogins).toBe(1)
  lot.mono.leap(60_000)
  expect(await setSecret('cam', cameraPassword)).toEqual({ ok: true, name: 'cam' })
  lot.mono.leap(11_000)
  await lot.isUp(laneId)
  await lot.passes(laneId)
})

test('a nonce that ran out is renewed without a word', async () => {
  const laneId = 'exit-dahua'
  await lot.camera(laneId).admin('POST', '/faults', { at: 'auth', when: 'before', do: 'forge' })
  // No heartbeat in all that time: the lane subscribes again, with the previous nonce.
  lot.mono.leap(601_000)
  await lot.told(laneId, 'LINK-02')
  await lot.isUp(laneId)
  await lot.passes(laneId)
  expect(lot.faults.filter((fault) => fault.code === 'CAM-01')).toEqual([])
})

test('a camera that may open by itself is not used, until it is set right', async () => {
  const laneId = 'exit-hik-pull'
  await lot.camera(laneId).admin('POST', '/knobs', { ctrlMod: '2' })
  lot.mono.leap(601_000)
  await lot.told(laneId, 'CAM-02')
  const plate = await lot.arrives(laneId)
  await lot.seen(laneId, plate)
  await lot.camera(laneId).admin('POST', '/knobs', { ctrlMod: '1' })
  lot.mono.leap(61_000)
  await lot.isUp(laneId)
  expect(lot.lane(laneId).position).toBe('closed')
  await lot.seen(laneId, plate)
  await lot.leaves(laneId)
})

test.each(served)('%s: all that happened replays to the byte, and shows no secret', (laneId) => {
  const { bytes } = lot.site.frameServices.of(laneId, 'camera').saved('capture', 'test')
  const text = new TextDecoder().decode(bytes)
  const result = replayCapture(readCapture(text, laneId))
  expect(result).toMatchObject({ ok: true, whole: true, driver: { compared: true } })
  expect(result.driver.matched).toBeGreaterThan(1)
  const hexes = [...text.matchAll(/"hex":"([0-9A-F]*)"/g)].map(([, hex = '']) => hex).join('')
  const all = `${text}${Buffer.from(hexes, 'hex').toString('latin1')}`
  for (const secret of [cameraPassword, 'Wrong1234', 'response=', 'cnonce='])
    expect(all.includes(secret), secret).toBe(false)
})
