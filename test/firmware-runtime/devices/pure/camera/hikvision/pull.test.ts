// A subscribed Hikvision camera, in virtual time: who may open the gate, authentication, framing, retries.
// Faults common to every link are in contract.test.ts; here is what only this camera does.
import { describe, expect, it } from 'vitest'
import { hikvisionPull, judgeEntrance } from '#devices/pure/camera/hikvision/pull.ts'
import { isWholeJpeg } from '#devices/pure/camera/pictures.ts'
import { streamTimes } from '#devices/pure/camera/stream/driver.ts'
import { HikvisionServed } from '#simulators/camera/served/hikvision-protocol.ts'
import { account, streamBench } from '../camera-bench.ts'

const macAddress = '02:00:5e:10:00:64'
const minuteMs = 60_000

interface Choice {
  readonly knobs?: Readonly<Record<string, unknown>>
  readonly ctrlMod?: 'asked' | 'absent'
  readonly password?: () => string | null
}
function make({ knobs = {}, ctrlMod = 'asked', password }: Choice = {}) {
  const bench = streamBench({
    dialect: hikvisionPull({ ctrlMod }),
    protocol: (outside) => new HikvisionServed({ ...account, macAddress }, outside),
    ...(password === undefined ? {} : { password }),
  })
  bench.network.model.protocol.set(knobs)
  return bench
}
type Bench = ReturnType<typeof make>

function ready(choice: Choice = {}): Bench {
  const bench = make(choice)
  bench.connect()
  bench.run(100)
  return bench
}
const state = (bench: Bench) => bench.network.model.state()
const proofs = (bench: Bench): number =>
  bench.network.requests.filter((line) => line.endsWith('proof')).length

describe('who may open the gate', () => {
  it('is asked before the subscription, and the answer is 1', () => {
    const bench = ready()
    expect(bench.network.requests).toEqual([
      'GET /ISAPI/ITC/Entrance/entranceParam',
      'GET /ISAPI/ITC/Entrance/entranceParam proof',
      'GET /ISAPI/Event/notification/alertStream proof',
    ])
    expect(bench.isUp()).toBe(true)
  })
  it.each([['0'], ['2'], [null], [''], ['one']])('ctrlMod %j: not armed', (ctrlMod) => {
    const bench = ready({ knobs: { ctrlMod } })
    bench.see()
    bench.run(10 * minuteMs)
    expect([bench.isUp(), bench.reads.length]).toEqual([false, 0])
    expect(bench.downs).toEqual(['opensByItself'])
    expect(bench.network.requests.join()).not.toContain('alertStream')
  })
  it('is asked again each minute until somebody set it right', () => {
    const bench = ready({ knobs: { ctrlMod: '2' } })
    bench.run(5 * minuteMs)
    bench.network.model.protocol.set({ ctrlMod: '1' })
    bench.run(minuteMs + 1_000)
    expect(bench.isUp()).toBe(true)
  })
  it('is asked on while cars pass: a change disarms', () => {
    const bench = ready()
    bench.network.model.protocol.set({ ctrlMod: '2' })
    bench.run(11 * minuteMs)
    expect([bench.isUp(), ...bench.downs]).toEqual([false, 'opensByItself'])
  })
  it('is seen in an event as well: that reading does not count', () => {
    const bench = ready()
    bench.network.model.protocol.set({ opensByItself: true })
    bench.see()
    bench.run(1_000)
    expect([bench.isUp(), bench.reads.length, ...bench.downs]).toEqual([false, 0, 'opensByItself'])
  })
  it('is not asked where a person says that the model opens nothing', () => {
    const bench = ready({ ctrlMod: 'absent', knobs: { ctrlMod: null } })
    expect(bench.isUp()).toBe(true)
    expect(bench.network.requests.join()).not.toContain('entranceParam')
  })
  it.each([
    ['<EntranceParam><ctrlMod>1</ctrlMod></EntranceParam>', null],
    ['<a:ctrlMode xmlns:a="x"> 1 </a:ctrlMode>', null],
    ['<ctrlMod>1</ctrlMod><ctrlMod>1</ctrlMod>', null],
    ['<ctrlMod>1</ctrlMod><ctrlMod>2</ctrlMod>', 'ctrlModIs 2'],
    ['<ctrlMod/>', 'ctrlModUntold'],
    ['<ctrlModel>1</ctrlModel>', 'ctrlModUntold'],
    ['', 'ctrlModUntold'],
  ])('%s', (xml, note) => {
    expect(judgeEntrance(200, xml)?.note ?? null).toBe(note)
  })
})

describe('the proof', () => {
  it('is renewed exactly once when the nonce ran out', () => {
    const bench = ready({ knobs: { nonceIdleMs: 5_000 } })
    // Its version is asked after 5 s, which renews the nonce.
    bench.run(12_000)
    const before = bench.network.requests.length
    bench.disconnect()
    bench.run(100)
    bench.connect()
    bench.run(2_000)
    expect(bench.isUp()).toBe(true)
    const since = bench.network.requests.slice(before)
    // Tries without a cable do not count; the first that arrives has an old nonce.
    expect(since.slice(-3)).toEqual([
      'GET /ISAPI/ITC/Entrance/entranceParam proof',
      'GET /ISAPI/ITC/Entrance/entranceParam proof',
      'GET /ISAPI/Event/notification/alertStream proof',
    ])
    expect(bench.downs).toEqual(['notReached'])
  })
  it('never loops when every nonce is refused: one renewal, then half an hour', () => {
    const bench = make()
    bench.network.model.faults.add({ at: 'auth', when: 'before', do: 'forge', times: 0 })
    bench.connect()
    bench.run(29 * minuteMs)
    expect(bench.downs).toEqual(['credentials'])
    expect(bench.network.requests).toHaveLength(2)
  })
  it.each([[true], [false]])('wrong nonces once, stale said: %s', (saysStale) => {
    const bench = make({ knobs: { saysStale } })
    bench.network.model.faults.add({ at: 'auth', when: 'before', do: 'forge', skip: 1, times: 1 })
    bench.connect()
    bench.run(1_000)
    expect([bench.isUp(), bench.downs]).toEqual([true, []])
  })
  it('with a wrong password is shown once, and again after half an hour: no account locks', () => {
    const bench = ready({ password: () => 'other' })
    expect(bench.downs).toEqual(['credentials'])
    bench.run(29 * minuteMs)
    expect([proofs(bench), state(bench)['failedLogins']]).toEqual([1, 1])
    bench.run(24 * 60 * minuteMs)
    expect(Number(state(bench)['failedLogins'])).toBeLessThanOrEqual(49)
    expect(bench.downs).toEqual(['credentials'])
  })
  it('with a password that was set right is tried at once', () => {
    let password = 'other'
    const bench = ready({ password: () => password })
    password = account.password
    bench.device.credentialsChanged()
    bench.run(100)
    expect(bench.isUp()).toBe(true)
  })
  it('works with SHA-256, and without qop', () => {
    expect(ready({ knobs: { algorithm: 'SHA-256' } }).isUp()).toBe(true)
    expect(ready({ knobs: { qop: false } }).isUp()).toBe(true)
  })
  it('is not given without a password', () => {
    const bench = ready({ password: () => null })
    bench.run(1_000)
    expect([bench.isUp(), proofs(bench)]).toEqual([false, 0])
  })
})

describe('the stream', () => {
  it('of an idle camera tells its clock: one that was set back is known before a car comes', () => {
    const bench = make()
    bench.skewClock(-86_400_000)
    bench.connect()
    bench.run(minuteMs)
    const told = bench.news.flatMap((one) => (one.type === 'clockMeasured' ? [one.offsetMs] : []))
    expect(told.length).toBeGreaterThan(0)
    for (const offsetMs of told) expect(Math.abs(offsetMs + 86_400_000)).toBeLessThan(1_000)
  })
  it('brings plate, colour, confidence, device time and the clip of the plate', () => {
    const bench = ready()
    bench.see({ plate: '测AD54321', colour: 'yellowGreen', confidence: 0.87 })
    bench.run(100)
    expect(bench.reads).toHaveLength(1)
    expect(bench.reads[0]).toMatchObject({
      deviceId: '02005e100064',
      plate: '测AD54321',
      colour: 'yellowGreen',
      confidence: 0.87,
      history: false,
    })
    expect(isWholeJpeg(bench.reads[0]?.jpeg ?? new Uint8Array(0))).toBe(true)
    // Measured by its first heartbeat, and not by the car.
    expect(bench.news.filter((one) => one.type === 'clockMeasured')).toHaveLength(1)
  })
  it.each([
    [{ boundary: '' }],
    [{ boundary: 'boundary' }],
    [{ boundary: 'MIME_boundary', quoted: true }],
    [{ boundary: '--myboundary' }],
    [{ lengths: 'none' }],
    [{ lengths: 'zero' }],
    [{ textType: 'text/xml' }],
    [{ textType: 'application/xml' }],
  ])('is the same with %j', (knobs) => {
    for (const pieces of [null, 1, 5]) {
      const bench = ready({ knobs })
      bench.split(pieces)
      bench.see()
      bench.run(400)
      bench.see({ pictures: false })
      bench.run(500)
      expect(bench.reads.map((read) => read.jpeg === null)).toEqual([false, true])
      expect(bench.isUp()).toBe(true)
    }
  })
  it('a car waits for its picture no longer than 300 ms', () => {
    const bench = ready()
    bench.see({ pictures: false })
    bench.run(250)
    expect(bench.reads).toHaveLength(0)
    bench.run(100)
    expect(bench.reads).toHaveLength(1)
  })
  it('two cars close together keep their own pictures', () => {
    const bench = ready()
    bench.see({ pictures: false })
    bench.see()
    bench.run(100)
    expect(bench.reads.map((read) => read.jpeg === null)).toEqual([true, false])
  })
  it('a picture before its text is nobody’s, and the text is read', () => {
    const bench = ready()
    bench.network.model.faults.add({ at: 'push', when: 'after', do: 'reorderParts' })
    bench.see()
    bench.run(1_000)
    expect(bench.reads).toMatchObject([{ plateState: 'read', jpeg: null }])
  })
  it('a cut event loses that car alone', () => {
    const bench = ready()
    bench.network.model.faults.add({ at: 'push', when: 'after', do: 'cut' })
    bench.see({ pictures: false })
    bench.run(2_000)
    expect(bench.isUp()).toBe(true)
    bench.see()
    bench.run(1_000)
    expect(bench.reads).toHaveLength(1)
  })
  it('events that change places are both read, and history is marked', () => {
    const bench = ready()
    bench.network.model.faults.add({ at: 'push', when: 'after', do: 'reorder' })
    bench.see()
    bench.run(100)
    expect(bench.reads).toHaveLength(0)
    bench.see({ history: true })
    bench.run(1_000)
    expect(bench.reads.map((read) => read.history)).toEqual([true, false])
  })
  it('an idle camera lives: its video loss is no alarm', () => {
    const bench = ready()
    bench.run(6 * 60 * minuteMs)
    expect([bench.downs, bench.reads]).toEqual([[], []])
  })
  it('more than 30 s without a byte is dead', () => {
    const bench = ready()
    bench.silence(true)
    bench.run(29_000)
    expect(bench.isUp()).toBe(true)
    bench.run(2_000)
    expect([bench.isUp(), ...bench.downs]).toEqual([false, 'silent'])
  })
  it('a camera that is off is asked with growing patience, never in a storm', () => {
    const bench = make()
    bench.connect()
    bench.disconnect()
    bench.run(60_000)
    expect(bench.network.requests.length).toBeLessThan(20)
    expect(bench.downs).toEqual(['notReached'])
    expect(streamTimes.againMs.at(-1)).toBe(5_000)
  })
})

describe('the version', () => {
  const told = (version: string) => ({
    version: `${version} build 200101`,
    hardware: null,
    serial: `SIM-${macAddress}`,
  })

  it('is asked beside the stream, after it began, and with each later check', () => {
    const bench = ready()
    expect(bench.versions).toEqual([])
    bench.run(streamTimes.besideMs)
    expect(bench.versions).toEqual([told('V1.0.0')])
    bench.network.model.protocol.set({ firmware: 'V2.1.0' })
    bench.run(11 * minuteMs)
    expect(bench.versions.at(-1)).toEqual(told('V2.1.0'))
    expect([bench.isUp(), ...bench.downs]).toEqual([true])
  })

  it.each([
    ['a model without the question', { firmware: '' }],
    ['a model that opens no gate', { firmware: '', ctrlMod: null }],
  ])('of %s is not told, and its cars are read', (_what, knobs) => {
    const bench = ready({ knobs, ctrlMod: 'ctrlMod' in knobs ? 'absent' : 'asked' })
    bench.run(minuteMs)
    bench.see()
    bench.run(1_000)
    expect([bench.isUp(), bench.reads.length, bench.versions]).toEqual([true, 1, [null]])
  })

  it('refused to this account leaves the camera in service', () => {
    const bench = ready()
    // The third answer of the gate is that to this question.
    bench.network.model.faults.add({ at: 'auth', when: 'before', do: 'drop', times: 2 })
    bench.run(streamTimes.besideMs + 1_000)
    bench.see()
    bench.run(1_000)
    expect([bench.isUp(), bench.reads.length, ...bench.downs]).toEqual([true, 1])
  })
})
