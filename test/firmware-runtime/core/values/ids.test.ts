// Numbers of ids: they count on inside a step, its end says the last one, and the same step takes the same ones.
// A step that takes none says the number that it was told.
import { expect, it } from 'vitest'
import { numbered } from '../../../../firmware-runtime/core/values/ids.ts'

const counter = { nodeId: 'gx1', lastId: 11, nowMs: 5 }

it('count on from the last one that was given out', () => {
  const step = (env: { readonly nowMs: number; mint(letter: string): string }) => ({
    ids: [env.mint('M'), env.mint('P')],
    atMs: env.nowMs,
  })
  const made = { ids: ['gx1-M12', 'gx1-P13'], atMs: 5, lastId: 13 }
  expect([numbered(counter, step), numbered(counter, step)]).toEqual([made, made])
  expect(counter.lastId).toBe(11)
})

it('stay where they are when a step takes none', () => {
  expect(numbered(counter, () => ({ rows: [] }))).toEqual({ rows: [], lastId: 11 })
})
