// Judges requested settings and computes the difference to a device: what may be written, what not, and why.
// For every request, the nearest value that is offered instead is a valid one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffSettings } from '#devices/pure/configure/diff.ts'
import {
  initialSettings,
  judgeSetting,
  judgeSettings,
  type SettingDef,
} from '#devices/pure/configure/setting.ts'

const title = { zh: '某项', en: 'something' }
const power: SettingDef = {
  id: 'powerStep',
  title,
  unit: 'step',
  min: 0,
  max: 31,
  step: 1,
  initial: 8,
  readBack: true,
}
const wait: SettingDef = {
  ...power,
  id: 'waitMs',
  unit: 'ms',
  min: 10,
  max: 250,
  step: 20,
  initial: 10,
  readBack: false,
}
const channel: SettingDef = {
  ...power,
  id: 'channel',
  unit: '',
  max: 1,
  initial: 0,
  options: [
    { value: 0, title },
    { value: 1, title },
  ],
}
const height: SettingDef = {
  ...power,
  id: 'heightCm',
  unit: 'cm',
  min: 50,
  max: 1000,
  initial: 250,
  readBack: false,
  mechanical: true,
  lawful: { min: 250, max: null, clause: '7.1.1 c' },
}
const defs = [power, wait, channel, height]

describe('judging a value', () => {
  it.each([
    ['powerStep', 31, null, null],
    ['powerStep', 32, 'aboveMax', 31],
    ['powerStep', -1, 'belowMin', 0],
    ['powerStep', 1.5, 'notWhole', 2],
    ['powerStep', Number.NaN, 'notWhole', 8],
    ['powerStep', 1e300, 'notWhole', 31],
    ['waitMs', 30, null, null],
    ['waitMs', 35, 'offStep', 30],
    ['waitMs', 250, null, null],
    ['channel', 2, 'aboveMax', 1],
    ['heightCm', 249, 'unlawful', 250],
    ['heightCm', 250, null, null],
    ['nothing', 1, 'unknown', null],
  ])('%s = %d: %s', (id, value, problem, nearest) => {
    const found = judgeSetting(defs, id, value)
    expect(found?.problem ?? null).toBe(problem)
    expect(found?.nearest ?? null).toBe(nearest)
  })
  it('names the clause of what is unlawful', () => {
    expect(judgeSetting(defs, 'heightCm', 200)?.clause).toBe('7.1.1 c')
  })
  it('whatever is asked, the nearest value passes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...defs), fc.double(), (def, value) => {
        const nearest = judgeSetting(defs, def.id, value)?.nearest ?? value
        expect(judgeSetting(defs, def.id, nearest)).toBeNull()
      }),
    )
  })
  it('initial values are all allowed', () => {
    expect(judgeSettings(defs, initialSettings(defs))).toEqual([])
  })
})

describe('the difference to a device', () => {
  const on = {
    reported: { powerStep: 8 },
    lastWritten: { powerStep: 3, waitMs: 10, heightCm: 260 },
  }
  const rowOf = (wanted: Record<string, number>) => diffSettings(defs, on, wanted)

  it('what the device tells goes before what was last written', () => {
    const { rows } = rowOf({ powerStep: 9, waitMs: 10, channel: 1, heightCm: 250 })
    expect(rows.map(({ id, oldValue, source, state }) => [id, oldValue, source, state])).toEqual([
      ['powerStep', 8, 'device', 'changed'],
      ['waitMs', 10, 'lastWritten', 'same'],
      ['channel', null, 'nobodyKnows', 'changed'],
      // A mechanical setting has the source `recorded`, never `lastWritten`.
      ['heightCm', 260, 'recorded', 'mechanical'],
    ])
  })
  it('counts changes, what is not on the device and what is refused apart', () => {
    const diff = rowOf({ powerStep: 99, colour: 1, waitMs: 30, heightCm: 200 })
    expect(diff).toMatchObject({ changed: 2, notOnDevice: 1, refused: 1 })
    expect(diff.rows.map((row) => row.state)).toEqual([
      'refused',
      'notOnDevice',
      'changed',
      'mechanical',
    ])
    expect(diff.rows.at(-1)?.finding?.problem).toBe('unlawful')
  })
  it('writes everything that the device takes, and nothing refused or mechanical', () => {
    expect(rowOf({ powerStep: 99, waitMs: 30, colour: 1, heightCm: 300 }).write).toEqual({
      powerStep: 8,
      waitMs: 30,
      channel: 0,
    })
  })
  it('nothing wanted changes nothing', () => {
    expect(rowOf({})).toMatchObject({ rows: [], changed: 0, notOnDevice: 0, refused: 0 })
  })
})
