// The check of calls from the window: every name of the table, bad arguments, size, odd values.
// Also compares the preload's own list of names with the table.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  callBytesMax,
  callNames,
  checkCall,
  isCount,
  isStream,
} from '../../../electron/main/call-check.ts'
import { api, streamNames } from '#runtime/api/table.ts'

const who = { commandId: 'c-12345678', by: '测试员', reason: 'test' }
const circle: Record<string, unknown> = {}
circle['self'] = circle

describe('a call', () => {
  it.each([
    ['status.get', {}],
    ['lane.open', { laneId: 'exit', ...who }],
    ['lane.settle', { laneId: 'exit', means: 'cash', amountFen: 1200, ...who }],
    ['ledger.query', { kind: 'stay', plate: '测A12345', limit: 100 }],
    ['queue.list', { limit: 1 }],
  ] as const)('%s with %j passes', (name, args) => {
    expect(checkCall(name, args)).toEqual({ ok: true, args })
  })

  it.each([
    ['status.get', undefined],
    ['status.get', null],
    ['status.get', 1n],
    ['status.get', circle],
    ['status.get', { extra: 1 }],
    ['status.get', []],
    ['lane.open', { laneId: 'exit' }],
    ['lane.open', { laneId: 'EXIT; rm', ...who }],
    ['lane.open', { laneId: 'exit', ...who, reason: '' }],
    ['lane.open', { laneId: 'exit', ...who, commandId: 'short' }],
    ['lane.open', { laneId: 'exit', ...who, role: 'owner' }],
    ['lane.settle', { laneId: 'exit', means: 'cash', amountFen: 0.5, ...who }],
    ['lane.settle', { laneId: 'exit', means: 'cash', amountFen: -1, ...who }],
    ['lane.settle', { laneId: 'exit', means: 'gold', ...who }],
    ['ledger.query', { kind: 'sqlite_master' }],
    ['ledger.query', { kind: 'stay', limit: 1001 }],
    ['photo.get', { photoId: '../../ledger' }],
    ['queue.list', { limit: 1, pad: 'x'.repeat(callBytesMax) }],
  ] as const)('%s with %o is refused with its place', (name, args) => {
    const checked = checkCall(name, args)
    expect(checked.ok).toBe(false)
    if (!checked.ok) expect(checked.reply).toMatchObject({ ok: false, error: { code: 'API-01' } })
  })

  it('names the member and the value, one that is in no row as well', () => {
    const wrong = (args: object): unknown => {
      const checked = checkCall('lane.open', args)
      return checked.ok ? null : checked.reply
    }
    const open = { laneId: 'exit', ...who }
    expect(wrong({ ...open, role: 'owner' })).toMatchObject({
      error: { field: '/role', value: '"owner"' },
    })
    expect(wrong({ ...open, 'a/b': 1 })).toMatchObject({ error: { field: '/a~1b', value: '1' } })
    expect(wrong({ ...open, laneId: 'EXIT' })).toMatchObject({
      error: { field: '/laneId', value: '"EXIT"' },
    })
  })

  it('counts bytes, not characters', () => {
    const args = { kind: 'stay', plate: '测'.repeat(callBytesMax / 2) } as const
    const checked = checkCall('ledger.query', args)
    expect(checked.ok ? '' : JSON.stringify(checked.reply)).toContain('bytes')
  })
})

it('streams and numbers from the window are looked at too', () => {
  expect(['board', 'events'].map(isStream)).toEqual([true, true])
  expect(['', 'toString', null, 0, {}].map(isStream)).toEqual([false, false, false, false, false])
  expect([0, 7].map(isCount)).toEqual([true, true])
  expect([-1, 0.5, NaN, '1', null, 2 ** 60].map(isCount)).toEqual(Array(6).fill(false))
})

it('the preload is small and lists exactly the names of the table', () => {
  const folder = join(import.meta.dirname, '..', '..', '..', 'electron', 'preload')
  const text = readFileSync(join(folder, 'preload.ts'), 'utf8')
  expect(text.trimEnd().split('\n').length).toBeLessThan(64)
  expect([...callNames].sort()).toEqual(Object.keys(api).sort())
  for (const name of streamNames) expect(text).toContain(`${name}: true`)
})
