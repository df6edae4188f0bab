// A pin names the member that differs, is never written by a stage, and each stored file has its test.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { heldAgainst, linesOf, renews } from './pin.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-pins-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const file = (name: string): URL => pathToFileURL(join(dir, name))
const renewing = { ETC_LANE_RENEW_PINS: '1' }

describe('a pin', () => {
  const value = {
    b: { fen: 500, list: [1, 2] },
    'a/b c': null,
    rows: [{ id: 'x' }],
    gone: undefined,
  }
  it('is one line a member, in one order whatever the order of the members', () => {
    const lines = ['/a~1b~2c null', '/b/fen 500', '/b/list [1,2]', '/rows/0 {"id":"x"}']
    expect(linesOf(value)).toEqual(lines)
    expect(linesOf(Object.fromEntries(Object.entries(value).toReversed()))).toEqual(lines)
  })
  it('names the members that differ, came and went', () => {
    expect(heldAgainst(file('one'), value, renewing)).toEqual([])
    expect(heldAgainst(file('one'), value, {})).toEqual([])
    const other = { ...value, b: { fen: 501, list: [1, 2] }, rows: [{ no: 'x' }] }
    expect(heldAgainst(file('one'), other, {})).toEqual([
      '/b/fen: 500 > 501',
      '/rows/0: {"id":"x"} > {"no":"x"}',
    ])
  })
  it('shows of a long text where it differs', () => {
    const long = 'a'.repeat(2000)
    expect(heldAgainst(file('long'), { long }, renewing)).toEqual([])
    const [said = ''] = heldAgainst(file('long'), { long: `${long}b${long}` }, {})
    expect(said).toContain(`${'a'.repeat(100)}"… > …`)
    expect(said).toContain(`${'a'.repeat(100)}b${'a'.repeat(99)}…`)
    expect(said.length).toBeLessThan(500)
  })
  it('that was never kept is no pin', () => {
    expect(heldAgainst(file('none'), value, {})).toEqual(['none is not there: renew it'])
  })
  it('is not written where a stage runs', () => {
    expect(renews({})).toBe(false)
    expect(() => renews({ ...renewing, ETC_LANE_SCALE: 'gate' })).toThrow('no stage')
    expect(() => heldAgainst(file('one'), 1, { ...renewing, ETC_LANE_SCALE: 'all' })).toThrow()
    expect(heldAgainst(file('one'), value, {})).toEqual([])
  })
})

it('each kept file is held by a test beside it', () => {
  const tests = readdirSync(import.meta.dirname).filter((name) => /(?<!^pin)\.test\.ts$/.test(name))
  const texts = tests.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('')
  const kept = readdirSync(join(import.meta.dirname, 'kept'))
  expect(kept.filter((name) => !texts.includes(`'./kept/${name}'`))).toEqual([])
  const named = [...texts.matchAll(/'\.\/kept\/([^']+)'/g)].map(([, name = '']) => name)
  expect(named.filter((name) => !kept.includes(name))).toEqual([])
})
