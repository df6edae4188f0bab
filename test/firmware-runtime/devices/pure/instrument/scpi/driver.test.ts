// Analysers against their models: levels against the exact field, and every way in which a reading can fail.
// A level that is reported is correct; everything else is a fault with its code.
import { describe, expect, it } from 'vitest'
import { readyBench, scpiMap, variants, type MeterBench, type Variant } from '../meter-bench.ts'
import {
  bytesOfText,
  downlinkMeter,
  latin1,
  type MeterEffect,
} from '#devices/pure/instrument/meter.ts'
import { scpiDriver } from '#devices/pure/instrument/scpi/driver.ts'

const analysers = variants.filter((variant) => variant.startsWith('scpi'))
/** The noise of a probe plus what a peak hold adds, in dB. */
const withinDb = 0.4

function hit(bench: MeterBench, at: string, action: string, more: object = {}): void {
  bench.model.faults.add({ at, do: action, ...more })
}

describe.each(analysers)('%s', (variant) => {
  it('reads what is there, at each place, strong before weak', () => {
    const bench = readyBench(variant)
    for (const [xMm, yMm] of [
      [1_600, 1_000],
      [-500, 4_500],
      [1_600, 2_000],
      [3_450, 250],
    ] as const) {
      bench.moveTo(xMm, yMm)
      const read = bench.measure()
      expect(read).toMatchObject({ type: 'measured', overload: false })
      const levelDbm = read?.type === 'measured' ? read.levelDbm : NaN
      expect(Math.abs(levelDbm - bench.truthDbm())).toBeLessThan(withinDb)
    }
    expect(bench.model.state()).toMatchObject({ overlaps: 0, errors: [] })
  })
  it('catches bursts that every other sweep misses', () => {
    const bench = readyBench(variant)
    Object.assign(bench.model.scene.knobs, { burstUs: 500, periodUs: 8_000 })
    for (let i = 0; i < 5; i++) {
      const read = bench.measure()
      const levelDbm = read?.type === 'measured' ? read.levelDbm : NaN
      expect(Math.abs(levelDbm - bench.truthDbm())).toBeLessThan(withinDb)
    }
  })
})

const measured = { type: 'measured' }
const fault = (code: string) => ({ type: 'notMeasured', fault: { code } })

describe('a reading that goes wrong', () => {
  const rows: readonly (readonly [string, string, string, object, object])[] = [
    ['a refused command', 'command', 'undefined', {}, fault('METER-03')],
    ['a sweep without a level', 'sweep', 'invalid', { times: 100 }, fault('METER-06')],
    ['a person at the panel', 'sweep', 'mode', { skip: 3 }, fault('METER-05')],
    ['an answer that comes late', 'done', 'delay', { ms: 3_000, times: 3 }, measured],
    ['an answer that is lost', 'reply', 'drop', {}, measured],
    ['an answer that is cut', 'reply', 'cut', {}, measured],
    ['noise before an answer', 'reply', 'garbage', { times: 0 }, measured],
    ['two answers that are lost', 'reply', 'drop', { times: 2 }, fault('METER-04')],
  ]
  it.each(rows)('%s', (_, at, action, more, expected) => {
    const bench = readyBench('scpi-fieldfox')
    hit(bench, at, action, more)
    expect(bench.measure(40_000)).toMatchObject(expected)
    bench.model.faults.clear()
    bench.run(6_000)
    expect(bench.isUp()).toBe(true)
    expect(bench.measure()).toMatchObject(measured)
  })
  it('says that the input is overloaded', () => {
    const bench = readyBench('scpi-siglent')
    hit(bench, 'sweep', 'overload', { times: 0 })
    expect(bench.measure()).toMatchObject({ type: 'measured', overload: true })
    bench.model.faults.clear()
    bench.model.scene.setAntenna({ eirpDbm: 60 })
    expect(bench.measure()).toMatchObject({ type: 'measured', overload: true })
  })
  it('ends at once when the link is lost, and not before it is back', () => {
    const bench = readyBench('scpi-fsh')
    bench.work()
    bench.run(300)
    bench.disconnect()
    bench.run(10)
    expect(bench.events.at(-1)).toMatchObject({ type: 'meterDown', fault: { code: 'METER-07' } })
    expect(bench.events.at(-2)).toMatchObject(fault('METER-07'))
    expect(bench.measure(100)).toMatchObject(fault('METER-07'))
  })
  it('is set up anew after somebody changed it between two readings', () => {
    const bench = readyBench('scpi-siglent')
    bench.act('reboot', 1)
    bench.run(8_000)
    expect(bench.measure()).toMatchObject(measured)
  })
  it('several are done one by one', () => {
    const bench = readyBench('scpi-generic')
    for (let i = 0; i < 4; i++) bench.work()
    bench.run(8_000)
    expect(bench.done()).toBe(4)
    expect(bench.model.state()).toMatchObject({ overlaps: 0 })
  })
})

describe('an analyser that cannot be used', () => {
  const below: readonly (readonly [Variant, string])[] = [
    ['scpi-siglent', 'SSA3032X'],
    ['scpi-siglent', 'SSA3021X'],
    ['scpi-fsh', 'FSH4'],
    ['scpi-rigol', 'DSA832'],
    // Unknown by name: reading back the frequency shows the limit.
    ['scpi-fieldfox', 'N9912A'],
  ]
  it.each(below)('%s %s ends below 6 GHz', (variant, model) => {
    const bench = readyBench(variant, { model })
    expect(bench.isUp()).toBe(false)
    expect(bench.events.at(-1)).toMatchObject({ type: 'meterDown', fault: { code: 'METER-01' } })
    expect(bench.measure(100)).toMatchObject(fault('METER-01'))
  })
  it('refuses the frequency by an error', () => {
    const bench = readyBench('scpi-generic', { model: 'SA3000' })
    expect(bench.measure(100)).toMatchObject({
      fault: {
        code: 'METER-01',
        note: { zh: '要 5835 MHz,设成了 1500 MHz', en: '5835 MHz was asked for, 1500 MHz is set' },
      },
    })
  })
  it('is of another maker than its profile', () => {
    const bench = readyBench('scpi-fsh', { profile: 'scpi-siglent' })
    expect(bench.measure(100)).toMatchObject(fault('METER-02'))
  })
  it('is told once, and asked again', () => {
    const bench = readyBench('scpi-fsh', { model: 'FSH4' })
    bench.run(60_000)
    expect(bench.events.filter(({ type }) => type === 'meterDown')).toHaveLength(1)
  })
})

it('an answer that never comes is asked for twice, and then named', () => {
  const settings = { ...downlinkMeter, holdMs: 0 }
  const driver = scpiDriver({ map: scpiMap('scpi-siglent', settings), settings })
  let state = driver.initial()
  const meterEffects: MeterEffect[] = []
  const feed = (event: Parameters<typeof driver.step>[1]): void => {
    const step = driver.step(state, event)
    state = step.state
    meterEffects.push(...step.effects)
  }
  const answers: Readonly<Record<string, string>> = {
    identity: 'Siglent,SSA3075X,1,1',
    done: '1',
    error: '0,"No error"',
    status: '0',
  }
  feed({ type: 'linkUp', atMs: 0 })
  feed({ type: 'command', atMs: 0, command: { do: 'measure', id: 1 } })
  for (let atMs = 1; atMs < 300; atMs++) {
    const { waiting } = state
    const text = waiting?.as === 'check' ? waiting.want : answers[waiting?.as ?? '']
    if (text === undefined) feed({ type: 'timer', atMs, name: 'answer' })
    else feed({ type: 'bytes', atMs, bytes: bytesOfText(`${text}\n`) })
    feed({ type: 'timer', atMs, name: 'rest' })
  }
  const markerQueries = meterEffects.filter(
    (e) => e.do === 'send' && latin1(e.bytes) === ':CALC:MARK1:Y?\n',
  )
  expect(markerQueries).toHaveLength(2)
  const ends = meterEffects.flatMap((e) =>
    e.do === 'emit' && e.event.type !== 'meterUp' ? [e.event] : [],
  )
  expect(ends).toEqual([
    { type: 'notMeasured', id: 1, fault: { code: 'METER-04', note: ':CALC:MARK1:Y?' } },
  ])
})

it('the first answer of a connection may come after 10 s; it is asked again, and its repeats are none', () => {
  const settings = { ...downlinkMeter, holdMs: 0 }
  const driver = scpiDriver({ map: scpiMap('scpi-siglent', settings), settings })
  let state = driver.initial()
  const drops: number[] = []
  const feed = (event: Parameters<typeof driver.step>[1]): void => {
    const step = driver.step(state, event)
    state = step.state
    for (const effect of step.effects) if (effect.do === 'dropLink') drops.push(event.atMs)
  }
  feed({ type: 'linkUp', atMs: 0 })
  for (let atMs = 2_000; atMs <= 10_000; atMs += 2_000)
    feed({ type: 'timer', atMs, name: 'answer' })
  const say = (text: string): void =>
    feed({ type: 'bytes', atMs: 10_100, bytes: bytesOfText(text) })
  say('Siglent,SSA3075X,1,1\r')
  feed({ type: 'timer', atMs: 10_110, name: 'rest' })
  expect([state.identity?.model, state.phase, drops]).toEqual(['SSA3075X', 'setup', []])
  const { waiting } = state
  say('Siglent,SSA3075X,1,1\r'.repeat(5))
  expect([state.waiting, state.phase]).toEqual([waiting, 'setup'])
})

it('a connection on which nobody answers is given up after 15 s', () => {
  const settings = { ...downlinkMeter, holdMs: 0 }
  const driver = scpiDriver({ map: scpiMap('scpi-siglent', settings), settings })
  let { state } = driver.step(driver.initial(), { type: 'linkUp', atMs: 0 })
  const drops: number[] = []
  for (let atMs = 2_000; atMs <= 20_000 && drops.length === 0; atMs += 2_000) {
    const step = driver.step(state, { type: 'timer', atMs, name: 'answer' })
    state = step.state
    for (const effect of step.effects) if (effect.do === 'dropLink') drops.push(atMs)
  }
  expect(drops).toEqual([16_000])
})

it('the same seed reads the same levels', () => {
  const levels = (): unknown[] => {
    const bench = readyBench('scpi-siglent')
    return [bench.measure(), bench.measure(), bench.measure()]
  }
  expect(levels()).toEqual(levels())
})

it.each([
  ['an empty line', '\r\n', 'METER-13'],
  ['line feeds', '\n\n', 'METER-13'],
  ['a word', 'HELLO\n', 'METER-13'],
  ['half a line', '0,"No', 'METER-13'],
  ['no byte', '', 'dropLink'],
])('%s to the question for errors is what it is', (_name, said, code) => {
  const settings = { ...downlinkMeter, holdMs: 0 }
  const driver = scpiDriver({ map: scpiMap('scpi-siglent', settings), settings })
  let state = driver.initial()
  const codes: string[] = []
  const feed = (event: Parameters<typeof driver.step>[1]): void => {
    const step = driver.step(state, event)
    state = step.state
    for (const effect of step.effects)
      if (effect.do === 'dropLink') codes.push('dropLink')
      else if (effect.do === 'emit' && effect.event.type === 'meterDown')
        codes.push(effect.event.fault.code)
  }
  const answers: Readonly<Record<string, string>> = {
    identity: 'Siglent,SSA3075X,1,1\n',
    done: '1\n',
  }
  feed({ type: 'linkUp', atMs: 0 })
  for (let atMs = 1; atMs < 60 && codes.length === 0; atMs++) {
    const { waiting } = state
    const isError = waiting?.as === 'error'
    const text = isError ? said : (answers[waiting?.as ?? ''] ?? '')
    if (text !== '') feed({ type: 'bytes', atMs, bytes: bytesOfText(text) })
    if (isError) feed({ type: 'timer', atMs, name: 'answer' })
    feed({ type: 'timer', atMs, name: 'rest' })
  }
  expect(codes).toEqual([code])
})
