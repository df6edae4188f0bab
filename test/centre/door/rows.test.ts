// Rows of lots over HTTPS into a real database: every answer of docs/centre.md, and what is kept then.
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { headOf, openScene, rowText, type Lot, type Scene } from './door-kit.ts'

let scene: Scene
let lot: Lot
let other: Lot
beforeAll(async () => {
  scene = await openScene()
  lot = await scene.lot('A1')
  other = await scene.lot('B2')
})
afterAll(() => scene.close())
afterEach(() => expect(scene.failures).toEqual([]))

it('takes rows, and answers a batch that arrives again as the first time', async () => {
  const batch = lot.batch(3)
  const first = await lot.send(batch)
  expect(first).toEqual({
    status: 200,
    body: { last: 3, pace: { everyMs: 2000, maxRows: 500 }, commands: [] },
  })
  expect(await lot.send(batch)).toEqual(first)
  expect(await scene.cursor('A1')).toBe(`n1 3 ${batch.head}`)
  lot.seq = 3
  lot.prev = batch.head
  await lot.sendNext(500)
})
