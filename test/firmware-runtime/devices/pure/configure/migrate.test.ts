// Settings of one firmware version converted for another: forwards, backwards, over several versions, and the values that
// are left out because they would have to be guessed.
import { describe, expect, it, test } from 'vitest'
import {
  compareVersions,
  migrateSettings,
  type SettingMove,
} from '#devices/pure/configure/migrate.ts'

const why = { zh: '步长减半', en: 'half steps' }
const move = (since: string, setting: string, more: Partial<SettingMove> = {}): SettingMove => ({
  since,
  setting,
  becomes: setting,
  times: [1, 1],
  plus: 0,
  why,
  ...more,
})
const doubled = move('0300', 'powerStep', { times: [2, 1] })
const moves = [
  move('0400', 'power', { plus: 1 }),
  doubled,
  move('0350', 'powerStep', { becomes: 'power' }),
  move('0300', 'wait', { becomes: null }),
]
const run = (from: string, to: string, settings: Record<string, number>) =>
  migrateSettings(moves, { from, to, settings })

describe('settings of another firmware', () => {
  it.each<[string, string, string, Record<string, number>, Record<string, number>]>([
    ['the same firmware', '0300', '0300', { powerStep: 4 }, { powerStep: 4 }],
    [
      'up to the version',
      '0200',
      '0300',
      { powerStep: 4, channel: 1 },
      { powerStep: 8, channel: 1 },
    ],
    ['not before it', '0200', '02FF', { powerStep: 4 }, { powerStep: 4 }],
    ['over all of them, in their order', '0200', '0500', { powerStep: 4 }, { power: 9 }],
    ['from between', '0300', '0400', { powerStep: 8 }, { power: 9 }],
    ['what is gone', '0200', '0300', { wait: 3 }, {}],
    ['back', '0500', '0200', { power: 9 }, { powerStep: 4 }],
    ['back, not whole', '0500', '0200', { power: 8 }, {}],
    ['an unknown version of then', '', '0500', { powerStep: 4 }, { powerStep: 4 }],
    ['an unknown version of now', '0200', '', { powerStep: 4 }, { powerStep: 4 }],
  ])('%s', (_name, from, to, settings, expected) => {
    expect(run(from, to, settings).settings).toEqual(expected)
  })
  it('says each step, and which value was left out', () => {
    expect(run('0200', '0350', { powerStep: 4, wait: 3 }).moved).toEqual([
      { setting: 'powerStep', becomes: 'powerStep', old: 4, new: 8, since: '0300', why },
      { setting: 'wait', becomes: null, old: 3, new: null, since: '0300', why },
      { setting: 'powerStep', becomes: 'power', old: 8, new: 8, since: '0350', why },
    ])
    expect(run('0500', '0200', { power: 8 }).moved.at(-1)).toMatchObject({ old: 7, new: null })
  })
  it('changes nothing that it was given', () => {
    const settings = { powerStep: 4 }
    run('0200', '0500', settings)
    expect(settings).toEqual({ powerStep: 4 })
  })
})

test.each([
  ['0200', '0300', -1],
  ['02FF', '0300', -1],
  ['2.10', '2.9', 1],
  ['2', '2.0', 0],
  ['2.1', '2', 1],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign)
  expect(Math.sign(compareVersions(b, a))).toBe(-sign || 0)
})
