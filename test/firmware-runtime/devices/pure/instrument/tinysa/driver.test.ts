// A tinySA against its model: levels against the exact field in both raw scales, ranges that are truncated silently, and
// lines that get out of step.
import { describe, expect, it } from 'vitest'
import { bytesOfText } from '#devices/pure/instrument/meter.ts'
import { tinysaConfigOf } from '#devices/pure/instrument/tinysa/config.ts'
import { downlinkMeter } from '#devices/pure/instrument/meter.ts'
import { rawLevels, scanLevels, shellReply } from '#devices/pure/instrument/tinysa/shell.ts'
import { shipped } from '../../../profiles/shipped.ts'
import { MeterBench, readyBench } from '../meter-bench.ts'

const fault = (code: string) => ({ type: 'notMeasured', fault: { code } })
const measured = { type: 'measured', overload: false }

describe.each(['tinysa', 'tinysa-signed'] as const)('%s', (variant) => {
  it('reads what is there, strong before weak', () => {
    const bench = readyBench(variant)
    for (const [xMm, yMm] of [
      [1_600, 1_000],
      [-500, 4_500],
      [1_600, 2_000],
    ] as const) {
      bench.moveTo(xMm, yMm)
      const read = bench.measure()
      expect(read).toMatchObject(measured)
      const levelDbm = read?.type === 'measured' ? read.levelDbm : NaN
      expect(Math.abs(levelDbm - bench.truthDbm())).toBeLessThan(0.4)
    }
  })
})

it.each(Array.from({ length: 12 }, (_, i) => i))(
  'finds its raw scale in a field of rare bursts, start %i',
  (i) => {
    const bench = new MeterBench(i % 2 === 0 ? 'tinysa' : 'tinysa-signed')
    Object.assign(bench.model.scene.knobs, { burstUs: 1, periodUs: 8_000 })
    bench.model.scene.setAntenna({ eirpDbm: 33 })
    bench.connect()
    bench.run(3_000 + i)
    expect(bench.isUp()).toBe(true)
  },
)

const hit = (bench: MeterBench, at: string, action: string, more: object = {}): void =>
  void bench.model.faults.add({ at, do: action, ...more })

describe('a reading that goes wrong', () => {
  const rows: readonly (readonly [string, string, string, object, object])[] = [
    ['ultra mode is off while it scans', 'sweep', 'mode', { skip: 2 }, fault('METER-05')],
    ['an answer that is lost', 'reply', 'drop', {}, fault('METER-04')],
    ['an answer that is cut', 'reply', 'cut', {}, fault('METER-13')],
    ['a scan that takes long', 'done', 'delay', { ms: 2_000 }, measured],
    ['noise before an answer', 'reply', 'garbage', { times: 0 }, measured],
    ['a field that is too strong', 'sweep', 'overload', { times: 0 }, { overload: true }],
  ]
  it.each(rows)('%s', (_, at, action, more, expected) => {
    const bench = readyBench('tinysa')
    hit(bench, at, action, more)
    expect(bench.measure()).toMatchObject(expected)
    bench.model.faults.clear()
    bench.run(8_000)
    expect(bench.measure()).toMatchObject(measured)
  })
  it('forgot its ultra mode between two readings', () => {
    const bench = readyBench('tinysa')
    bench.act('reboot', 1)
    bench.run(4_000)
    expect(bench.measure()).toMatchObject(measured)
  })
})

describe('one that cannot be used', () => {
  it.each(['ZS405', 'ZS406'])('%s does not reach 5.8 GHz', (model) => {
    expect(readyBench('tinysa', { model }).measure(100)).toMatchObject(fault('METER-01'))
  })
  it('whose range is cut', () => {
    const bench = new MeterBench('tinysa')
    hit(bench, 'command', 'mode', { skip: 4, times: 0 })
    bench.connect()
    bench.run(3_000)
    const last = bench.measure(100)
    expect(last).toMatchObject(fault('METER-01'))
    expect(last).toMatchObject({
      fault: {
        note: { zh: '范围被改为 900 到 900 MHz', en: 'the range was cut to 900 to 900 MHz' },
      },
    })
  })
  it('is an analyser of another kind', () => {
    const bench = readyBench('scpi-generic', { profile: 'tinysa' })
    expect(bench.isUp()).toBe(false)
  })
})

describe('its command line', () => {
  const expectation = { command: 'sweep', prompt: 'ch> ', rawBytes: 0 }
  const reply = (text: string, rawBytes = 0) =>
    shellReply(bytesOfText(text), { ...expectation, rawBytes })
  it('takes the echo first: a prompt before it is stale', () => {
    expect(reply('ch> ')).toEqual({ kind: 'open' })
    expect(reply('ch> ch> sweep\r\n1 2 3\r\nch> ')).toEqual({ kind: 'lines', lines: ['1 2 3'] })
    expect(reply('sweep\r\nch> ')).toEqual({ kind: 'lines', lines: [] })
    expect(reply('xsweep\r\n1 2 3\r\nch> ')).toEqual({ kind: 'open' })
  })
  it('takes raw bytes by their number, prompts and braces among them', () => {
    const raw = '{xch x> x}}}'
    const whole = `sweep\r\n${raw}ch> `
    for (let cut = 0; cut < whole.length; cut++)
      expect(reply(whole.slice(0, cut), raw.length)).toEqual({ kind: 'open' })
    expect(reply(whole, raw.length)).toEqual({ kind: 'raw', payload: bytesOfText(raw) })
  })
  it('a raw scan that is answered in words is not known', () => {
    expect(reply('sweep\r\nsweep?\r\nch> ', 20)).toEqual({ kind: 'lines', lines: ['sweep?'] })
  })
  it('reads -55.5 dBm in both scales, and nothing from a broken frame', () => {
    const frame = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
    expect(rawLevels(frame('7B78D00E7D'), 'offset')).toEqual([-55.5])
    expect(rawLevels(frame('7B7810F97D'), 'signed')).toEqual([-55.5])
    for (const hex of ['7B78D00E7E', '7A78D00E7D', '7B79D00E7D', '7B78D07D', '7B7D'])
      expect(rawLevels(frame(hex), 'offset'), hex).toBeNull()
  })
  it('reads a text scan of as many lines as points', () => {
    expect(scanLevels(['5830000000 -4.53e+01 0.0', '5831000000 -8e+01 0.0'], 2)).toEqual([
      -45.3, -80,
    ])
    expect(scanLevels(['5830000000 -4.53e+01 0.0'], 2)).toBeNull()
    expect(scanLevels(['5830000000 x 0.0'], 1)).toBeNull()
  })
})

describe('its profile', () => {
  const good = shipped('instrument/tinysa/zs407').profile.protocol.data ?? {}
  it.each([
    ['prompt', { prompt: '' }],
    ['points', { points: 500 }],
    ['overloadDbm', { overloadDbm: 'high' }],
    ['scan', { scan: `scan ${'1'.repeat(48)}` }],
    ['start', { start: ['ultra on\rreset'] }],
    ['scanRaw', { scanRaw: 'scanraw {nowhere}' }],
  ])('refuses %s', (member, change) => {
    const read = tinysaConfigOf({ ...good, ...change }, downlinkMeter)
    expect(read).toMatchObject({ ok: false, member })
  })
  it('needs every member', () => {
    expect(tinysaConfigOf({}, downlinkMeter)).toMatchObject({ ok: false, member: 'prompt' })
  })
})
