// A Vzicom camera and its driver in virtual time: subscription, heartbeats both ways, relay, serial port.
// Faults common to every link are in contract.test.ts; here is what only this camera does.
import { describe, expect, it } from 'vitest'
import { VzServed } from '#simulators/camera/served/vz-protocol.ts'
import { vzTimes } from '#devices/pure/camera/vz/driver.ts'
import { isWholeJpeg } from '#devices/pure/camera/pictures.ts'
import { vzBench } from '../camera-bench.ts'

const serial = '5e100000-00000001'
const make = () => vzBench((outside) => new VzServed(serial, outside))
type Bench = ReturnType<typeof make>

function ready(prepare: (bench: Bench) => void = () => undefined): Bench {
  const bench = make()
  prepare(bench)
  bench.connect()
  bench.run(100)
  return bench
}
const state = (bench: Bench) => bench.network.model.state()

describe('a subscription', () => {
  it('names the camera by its number, in the news and in every reading', () => {
    const bench = ready()
    expect(bench.news).toEqual([{ type: 'cameraUp', deviceId: serial }])
    bench.see({ plate: '测AD54321', colour: 'green', confidence: 0.91 })
    bench.run(100)
    expect(bench.reads).toHaveLength(1)
    expect(bench.reads[0]).toMatchObject({
      deviceId: serial,
      plate: '测AD54321',
      colour: 'green',
      confidence: 0.91,
      deviceAtMs: bench.clock.wall.nowMs() - 100,
    })
    expect(isWholeJpeg(bench.reads[0]?.jpeg ?? new Uint8Array(0))).toBe(true)
  })
  it('goes on without a number where firmware tells none', () => {
    const bench = ready((one) => one.network.model.protocol.set({ tellsNumber: false }))
    expect(bench.isUp()).toBe(false)
    bench.run(2 * vzTimes.answerMs)
    expect(bench.news).toEqual([{ type: 'cameraUp', deviceId: 'vz:camera:8131' }])
    bench.see()
    bench.run(100)
    expect(bench.reads[0]?.deviceId).toBe('vz:camera:8131')
  })
  it('lives through hours without a car: heartbeats go both ways', () => {
    const bench = ready()
    bench.run(4 * 3_600_000)
    expect(bench.downs).toEqual([])
    expect(state(bench)).toMatchObject({ clients: 1, subscribers: 1 })
  })
  it('is told to be silent when the camera says nothing, not that it cannot be reached', () => {
    const bench = ready()
    bench.silence(true)
    bench.run(vzTimes.deadMs + 10_000)
    expect(bench.downs).toEqual(['silent'])
  })
  it('reads results that stand between heartbeats in one segment', () => {
    const bench = ready((one) => one.network.model.protocol.set({ glued: true }))
    bench.see()
    bench.run(100)
    expect(bench.reads).toHaveLength(1)
  })
  it('finds the results that a head which was none had swallowed', () => {
    const bench = ready()
    bench.garbage(Uint8Array.of(0x56, 0x5a, 0, 0, 0, 0x0f, 0, 0, 0x7b))
    bench.see({ pictures: false })
    bench.run(vzTimes.frameMs - 1_000)
    expect(bench.reads).toHaveLength(0)
    bench.run(2_000)
    expect([bench.reads.length, bench.downs]).toEqual([1, []])
  })
  it('keeps a plate that is encrypted as not readable', () => {
    const bench = ready((one) => one.network.model.protocol.set({ encrypted: true }))
    bench.see()
    bench.run(100)
    expect(bench.reads[0]).toMatchObject({ plate: null, plateState: 'unreadable' })
  })
  it('takes two cars for two after a restart that began the numbers anew', () => {
    const bench = ready()
    bench.see()
    bench.run(100)
    bench.restartDevice()
    bench.run(10_000)
    bench.see()
    bench.run(100)
    expect([bench.reads.length, bench.done()]).toEqual([2, 2])
  })
  it('measures the clock of the camera', () => {
    const bench = ready((one) => one.skewClock(-93_000))
    bench.see()
    bench.run(100)
    const read = bench.news.find((one) => one.type === 'plateRead')
    if (read?.type !== 'plateRead') throw new Error('no reading')
    expect((read.read.deviceAtMs ?? 0) - read.receivedAtMs).toBe(-93_001)
    expect(bench.news.some((one) => one.type === 'clockMeasured')).toBe(false)
  })
})

describe('a relay', () => {
  it('is pulsed by the camera itself', () => {
    const bench = ready()
    bench.command({ type: 'relay', io: 1, value: 'pulse', delayMs: 500 })
    bench.run(100)
    expect(state(bench)).toMatchObject({ relays: [0, 1, 0, 0], pulses: 1 })
    bench.run(500)
    expect(state(bench)).toMatchObject({ relays: [0, 0, 0, 0], pulses: 1 })
  })
  it('is not moved later when the camera was away', () => {
    const bench = make()
    bench.command({ type: 'relay', io: 0, value: 'pulse', delayMs: 500 })
    bench.connect()
    bench.run(5_000)
    bench.disconnect()
    bench.run(100)
    bench.command({ type: 'relay', io: 0, value: 'on', delayMs: 0 })
    bench.connect()
    bench.run(10_000)
    expect(bench.isUp()).toBe(true)
    expect(state(bench)).toMatchObject({ relays: [0, 0, 0, 0], pulses: 0 })
  })
})

describe('a serial port', () => {
  const rs485Texts = (bench: Bench): string[] =>
    bench.news.flatMap((one) =>
      one.type === 'serialBytes' ? [`${one.port} ${Buffer.from(one.bytes).toString('hex')}`] : [],
    )
  const say = (bench: Bench, bytes: number[]): void =>
    bench.command({ type: 'serialSend', port: 'rs485-1', bytes: Uint8Array.from(bytes) })

  it('is opened once and carries bytes both ways', () => {
    const bench = ready()
    bench.command({ type: 'serialOpen', port: 'rs485-1' })
    bench.command({ type: 'serialOpen', port: 'rs485-1' })
    say(bench, [0, 0x64, 0xff])
    bench.run(100)
    expect(state(bench)).toMatchObject({ serialPorts: ['rs485-1'], serialOut: ['rs485-1 0064FF'] })
    const { model } = bench.network
    bench.network.take(model.serialIn('rs485-1', Uint8Array.of(1, 2), bench.clock.nowUs()))
    bench.run(100)
    expect(rs485Texts(bench)).toEqual(['rs485-1 0102'])
  })
  it('is opened again after a reconnect and after a restart of the camera', () => {
    const bench = ready((one) => one.network.model.protocol.set({ serialEcho: true }))
    bench.command({ type: 'serialOpen', port: 'rs485-1' })
    bench.run(100)
    bench.restartDevice()
    bench.run(10_000)
    say(bench, [7])
    bench.run(100)
    expect(rs485Texts(bench)).toEqual(['rs485-1 07'])
  })
  it('drops what is sent while the camera is away', () => {
    const bench = ready()
    bench.command({ type: 'serialOpen', port: 'rs485-1' })
    bench.disconnect()
    bench.run(100)
    say(bench, [7])
    bench.connect()
    bench.run(10_000)
    expect(state(bench)).toMatchObject({ serialPorts: ['rs485-1'], serialOut: [] })
  })
  it('gives bytes of a port that is not named to the only one that is open', () => {
    const bench = ready()
    bench.command({ type: 'serialOpen', port: 'rs485-1' })
    bench.run(100)
    const { model } = bench.network
    const json = '{"cmd":"ttransmission","data":"AQI="}'
    bench.garbage(
      new Uint8Array(
        Buffer.concat([Buffer.from([0x56, 0x5a, 0, 0, 0, 0, 0, json.length]), Buffer.from(json)]),
      ),
    )
    expect(rs485Texts(bench)).toEqual(['rs485-1 0102'])
    expect(model.state()).toMatchObject({ serialPorts: ['rs485-1'] })
  })
})

describe('a message of what speaks through the camera', () => {
  it('goes out as it is, and what comes back is told', () => {
    const bench = ready()
    bench.command({ type: 'message', message: { cmd: 'get_gpio_value', gpio: 0 } })
    bench.run(100)
    const messages = bench.news.flatMap((one) => (one.type === 'message' ? [one.message] : []))
    expect(messages).toEqual([{ cmd: 'get_gpio_value', state_code: 404 }])
  })
})
