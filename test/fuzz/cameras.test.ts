// 20,000 seeded mutations each (FUZZ_MUTATIONS / 10) of camera messages: streams of parts, flat keys,
// frames and JSON of Vzicom, challenges. Nothing throws, memory stays bounded, readings keep their form.
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { dahuaPull } from '#devices/pure/camera/dahua/pull.ts'
import { hikvisionPull, judgeEntrance } from '#devices/pure/camera/hikvision/pull.ts'
import type { StreamDialect } from '#devices/pure/camera/stream/dialect.ts'
import { streamDriver, type StreamEvent } from '#devices/pure/camera/stream/driver.ts'
import { emptyVzFraming, feedVz, resyncVz } from '#devices/pure/camera/vz/framing.ts'
import { vzPushOf } from '#devices/pure/camera/vz/http-push.ts'
import { vzMessageOf } from '#devices/pure/camera/vz/messages.ts'
import { challengeOf } from '#devices/pure/http/digest.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { parseCameraLink } from '#devices/pure/camera/camera-link.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { createCameraModel } from '#simulators/camera/model.ts'
import { DahuaServed } from '#simulators/camera/served/dahua-protocol.ts'
import { HikvisionServed } from '#simulators/camera/served/hikvision-protocol.ts'
import { VzServed } from '#simulators/camera/served/vz-protocol.ts'
import type { CameraProtocol, CameraProtocolPorts } from '#simulators/camera/served/protocol.ts'
import { sightingOf } from '#simulators/camera/sighting.ts'
import { vzPush } from '#simulators/camera/vz-push.ts'
import { mutant, seeded } from './mutator.ts'
import { sayFailingSeed, seed, textMutations as mutations } from './scale.ts'

sayFailingSeed()
const nowMs = 1_795_138_215_000
const account = { user: 'admin', password: 'Simulated1' }

const outside: CameraProtocolPorts = {
  send: () => undefined,
  hangUp: () => undefined,
  after: () => undefined,
  nowMs: () => 0,
  deviceMs: () => nowMs,
  random: () => 0.5,
  fault: () => false,
  note: () => undefined,
}
const tiny = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]).toString('base64')
const sightings = [
  { plate: '测A12345', colour: 'blue', confidence: 93, jpegBase64: tiny },
  { plate: '测AD54321', colour: 'yellowGreen', confidence: 80, pictures: false },
  { plate: null, colour: 'unknown', pictures: false },
].map((body, i) => ({ id: i + 1, ...sightingOf(body, '2026-11-20T09:30:15.000+08:00') }))

const eventsOf = (protocol: CameraProtocol): Uint8Array[] =>
  sightings.map((one) => new Uint8Array(Buffer.concat(protocol.parts(one, false))))

function check(read: PlateRead, what: string): void {
  const { plate, plateState, plateRaw, confidence, deviceAtMs, jpeg } = read
  const plateOk = plate === null ? plateState !== 'read' : normalisePlate(plate) === plate
  const confidenceOk = confidence === null || (confidence >= 0 && confidence <= 1)
  const timeOk = deviceAtMs === null || Number.isSafeInteger(deviceAtMs)
  const jpegOk = jpeg === null || (jpeg[0] === 0xff && jpeg[1] === 0xd8)
  if (!plateOk || !confidenceOk || !timeOk || !jpegOk || plateRaw.length > 32) throw new Error(what)
}

/** A driver in the middle of its stream: mutants, each followed by a good event, which must be read. */
function streamUnderFire<D>(
  dialect: StreamDialect<D>,
  type: string,
  events: readonly Uint8Array[],
) {
  const draw = seeded(seed + 7)
  const driver = streamDriver({ ...dialect, checks: [] })
  const stamp = { atMs: 0, wallMs: nowMs }
  const open = () => {
    const begun = driver.step(driver.initial(), { ...stamp, type: 'start' })
    const headers = { 'content-type': type }
    return driver.step(begun.state, { ...stamp, type: 'head', id: '1', status: 200, headers }).state
  }
  let state = open()
  let readings = 0
  const feed = (event: StreamEvent, i: number): void => {
    const step = driver.step(state, event)
    state = step.state
    for (const effect of step.effects) {
      if (effect.do !== 'emit' || effect.event.type !== 'plateRead') continue
      readings++
      check(effect.event.read, `mutation ${i}`)
    }
  }
  for (let i = 0; i < mutations; i++) {
    const bytes = mutant(events[i % events.length] ?? new Uint8Array(0), draw)
    const size = 1 + draw(bytes.length + 1)
    for (let at = 0; at < bytes.length; at += size) {
      const body = bytes.subarray(at, at + size)
      feed({ ...stamp, type: 'body', id: '1', bytes: body }, i)
    }
    for (const name of ['quiet', 'collect']) feed({ ...stamp, type: 'timer', name }, i)
    if ((state.parts?.carry.length ?? 0) > 8_300) throw new Error(`mutation ${i}: carry grows`)
    // A part without an end swallows what follows; the driver reconnects such a camera after a silence.
    if (state.parts === null || i % 50 === 49) state = open()
  }
  return readings
}

describe('streams of parts under mutation', () => {
  it('of Hikvision cameras keep the driver alive', () => {
    const protocol = new HikvisionServed({ ...account, macAddress: '02:00:5e:10:00:64' }, outside)
    const readings = streamUnderFire(
      hikvisionPull({ ctrlMod: 'asked' }),
      'multipart/mixed; boundary=MIME_boundary',
      eventsOf(protocol),
    )
    expect(readings).toBeGreaterThan(mutations / 10)
  })
  it.each([true, false])('of Dahua cameras keep the driver alive (lengths: %s)', (lengths) => {
    const protocol = new DahuaServed({ ...account, serial: 'SIM1' }, outside)
    protocol.set({ lengths: lengths ? 'right' : 'none' })
    const readings = streamUnderFire(
      dahuaPull({ address: 'dahua:a:80', channel: 1, confidenceMax: 100 }),
      'multipart/x-mixed-replace; boundary=myboundary',
      eventsOf(protocol),
    )
    expect(readings).toBeGreaterThan(mutations / 10)
  })
})

describe('Vzicom under mutation', () => {
  const frames = eventsOf(new VzServed('5e100000-1', outside))
  it('frames are found again after any damage', () => {
    const draw = seeded(seed + 8)
    const good = frames[1] ?? new Uint8Array(0)
    let found = 0
    for (let i = 0; i < mutations; i++) {
      const bytes = mutant(frames[i % frames.length] ?? good, draw)
      let step = feedVz(emptyVzFraming, bytes)
      found += step.frames.length
      // A frame that swallows the next one is dropped by its timer; the following one is read.
      step = feedVz(step.state, good)
      let next = step.frames.length
      while (step.state.open !== null) {
        step = resyncVz(step.state)
        next += step.frames.length
      }
      if (next === 0) throw new Error(`mutation ${i}: the good frame is lost`)
      if (step.state.carry.length > 8) throw new Error(`mutation ${i}: carry grows`)
    }
    expect(found).toBeGreaterThan(mutations / 4)
  })
  it('messages are read or refused', () => {
    const draw = seeded(seed + 9)
    const payloads = frames.map((frame) => frame.subarray(8))
    for (const text of [
      '{"cmd":"getsn","state_code":200,"value":"a-1"}',
      '{"cmd":"ttransmission","comm":"rs485-1","data":"AWT/"}',
    ])
      payloads.push(new Uint8Array(iconv.encode(text, 'gbk')))
    const kinds = { plate: 0, reply: 0, serial: 0, refused: 0 }
    for (let i = 0; i < mutations; i++) {
      const bytes = mutant(payloads[i % payloads.length] ?? new Uint8Array(0), draw)
      const { message } = vzMessageOf(bytes, 'a-1')
      kinds[message.kind]++
      if (message.kind === 'plate') check(message.read, `mutation ${i}`)
    }
    expect(Math.min(kinds.plate, kinds.reply, kinds.serial, kinds.refused)).toBeGreaterThan(500)
  })
  it('pushes are answered, and never open the gate', () => {
    const draw = seeded(seed + 10)
    const { macAddress } = createCameraModel({ timing: 'instant', seed: 1 })
    const content = { posts: 1, history: false, macAddress, colourInFront: false, reordered: false }
    const bodies = sightings.map((sighting) => vzPush('a-1')({ ...content, sighting }).body)
    const kinds = { plate: 0, keepAlive: 0, refused: 0 }
    for (let i = 0; i < mutations; i++) {
      const bytes = mutant(bodies[i % bodies.length] ?? new Uint8Array(0), draw)
      const got = vzPushOf(new TextDecoder().decode(bytes))
      kinds[got.kind]++
      if (got.kind === 'plate') check(got.read, `mutation ${i}`)
      if (
        !/^\{.*\}$/.test(got.reply) ||
        got.reply.includes('"ok"') !== got.reply.includes('status')
      )
        throw new Error(`mutation ${i}: ${got.reply}`)
    }
    expect(Math.min(kinds.plate, kinds.refused)).toBeGreaterThan(100)
    // A plate that was spoilt is counted as not understood, and hardly ever a sign of life.
    expect(kinds.keepAlive).toBeLessThan(kinds.refused / 100)
  })
})

describe('short texts under mutation', () => {
  const utf8 = new TextEncoder()
  const texts = (given: readonly string[], salt: number, take: (text: string) => void): void => {
    const draw = seeded(seed + salt)
    for (let i = 0; i < mutations; i++) {
      const bytes = mutant(utf8.encode(given[i % given.length] ?? ''), draw)
      take(new TextDecoder().decode(bytes))
    }
  }
  it('challenges are read or none', () => {
    let read = 0
    texts(
      [
        'Digest realm="IP Camera(C1234)", qop="auth", nonce="4e6a41774d44413159", stale=false',
        'Basic realm="a", Digest realm="b\\"c", nonce=n, algorithm=SHA-256, opaque="o"',
      ],
      11,
      (text) => {
        const challenge = challengeOf(text)
        if (challenge === null) return
        read++
        if (challenge.nonce === '') throw new Error(text)
      },
    )
    expect(read).toBeGreaterThan(mutations / 10)
  })
  it('entrance parameters arm nothing that does not say 1', () => {
    let armed = 0
    texts(['<EntranceParam><ctrlMod>1</ctrlMod></EntranceParam>'], 12, (text) => {
      if (judgeEntrance(200, text) !== null) return
      armed++
      if (!/<(?:[\w-]+:)?ctrlMode?(?:\s[^>]*)?>\s*1\s*<\//.test(text)) throw new Error(text)
    })
    expect(armed).toBeGreaterThan(mutations / 10)
  })
  it('camera links are targets or LOT-03, and what is shown holds no new password', () => {
    let good = 0
    texts(
      ['hikvision://192.0.2.64:80?user=admin&secret=cam-1', 'vz://192.0.2.66:8131', 'push:vzicom'],
      13,
      (text) => {
        shownLink(text)
        try {
          parseCameraLink(text)
          good++
        } catch (error) {
          if (!(error instanceof LaneFault) || error.code !== 'LOT-03') throw error
        }
      },
    )
    expect(good).toBeGreaterThan(mutations / 10)
  })
})
