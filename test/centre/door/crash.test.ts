// PostgreSQL crashes while lots send: nothing is lost or doubled, and the door goes on by itself.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../kit/eventually.ts'
import { openScene, type Lot, type Scene } from './door-kit.ts'

let scene: Scene
let lots: readonly Lot[]
beforeAll(async () => {
  scene = await openScene({ retryMs: 50 })
  lots = await Promise.all(['A1', 'B2', 'C3', 'D4'].map((id) => scene.lot(id)))
})
afterAll(() => scene.close())

it('loses and doubles nothing when PostgreSQL crashes while lots send', async () => {
  let isEnding = false
  const counts = { 200: 0, 503: 0 }
  /** Sends as a lot does: the same batch until it is answered. */
  async function sendOn(lot: Lot): Promise<void> {
    while (!isEnding) {
      const batch = lot.batch(3)
      for (let taken = false; !taken;) {
        const { status, body } = await lot.send(batch)
        if (status !== 200 && status !== 503) throw new Error(`${status} ${JSON.stringify(body)}`)
        counts[status]++
        taken = status === 200
      }
      lot.seq += 3
      lot.prev = batch.head
    }
  }
  const sending = Promise.all(lots.map(sendOn))
  try {
    for (let crash = 0; crash < 3; crash++) {
      const before = { ...counts }
      await eventually(() => counts[200]).toBeGreaterThan(before[200] + 12)
      await scene.centre.server.crash()
      await eventually(() => counts[503]).toBeGreaterThan(before[503])
      await scene.centre.server.start()
    }
  } finally {
    isEnding = true
    await sending
  }
  const { faults, heads } = scene.checked()
  expect(faults).toEqual([])
  for (const { lotId, seq, prev } of lots) expect(heads[`${lotId}/n1`]).toBe(`${seq} ${prev}`)
  expect(scene.failures).toEqual([])
})
