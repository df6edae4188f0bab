// Numbers of ids: a step counts on from the last one, returns the last one it used, and uses the same numbers when
// repeated. A step that uses none returns the number that it was given.
import { expect, it } from 'vitest'
import { numbered } from '#base/pure/values/ids.ts'

const counter = { lotId: 'GX00012', nodeId: 'gx1', lastId: 11, nowMs: 5 }

it('count on from the last one that was given out', () => {
  const step = (env: { readonly nowMs: number; mint(letter: string): string }) => ({
    ids: [env.mint('M'), env.mint('P')],
    atMs: env.nowMs,
  })
  const made = { ids: ['gx1-M12', 'gx1-P13'], atMs: 5, lastId: 13 }
  expect([numbered(counter, step), numbered(counter, step)]).toEqual([made, made])
  expect(counter.lastId).toBe(11)
})

it('name the lot where a platform knows them by it: a channel may have more lots than one', () => {
  const step = (env: { mint(letter: string): string }) => ({ ids: ['R', 'X'].map(env.mint) })
  expect(numbered(counter, step).ids).toEqual(['GX00012-gx1-R12', 'GX00012-gx1-X13'])
  const longest = { lotId: 'GX000123', nodeId: 'gx12', lastId: 9_999_999_999_999_999 }
  expect(numbered(longest, step).ids[0]).toMatch(/^[A-Za-z0-9_-]{1,32}$/)
})

it('stay where they are when a step takes none', () => {
  expect(numbered(counter, () => ({ rows: [] }))).toEqual({ rows: [], lastId: 11 })
})
