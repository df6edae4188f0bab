// The form of a stored fold: a fixed ledger with every kind of row gives a fixed text, shared objects are shared again
// after loading, and only what rows say is stored.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { emptyFolded, foldVersion, hasRow } from '#ledger/pure/fold/folded.ts'
import { foldSnapshot } from '#ledger/pure/fold/snapshot.ts'
import { kick, pump } from '#ledger/pure/queue/queue.ts'
import { noRows } from '#ledger/pure/queue/records.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { foldAll, MadeUp, stateText, throughCopy } from './fold-kit.ts'

/** Always the same rows, of every kind. */
function ledger(rows = 400): MadeUp {
  const made = new MadeUp()
  const draw = seededRandom(20_261_120)
  while (made.rows.length < rows) made.take(Math.floor(draw() * 12), Math.floor(draw() * 64))
  return made
}

describe('the version of the fold', () => {
  it('is raised whenever the same rows come to another state', () => {
    const { rows } = ledger(2_000)
    expect(new Set(rows.map((row) => row.kind)).size).toBe(26)
    const state = stateText(foldSnapshot(foldAll(rows, 0)))
    const digest = createHash('sha256').update(state).digest('hex').slice(0, 16)
    // If the digest changes: raise foldVersion in ledger/pure/fold/folded.ts, and update both here.
    expect([foldVersion, digest]).toEqual([51, '1a7b6cbe8c507ffd'])
  })
})

describe('a state', () => {
  it('has everything in it that a lot can have', () => {
    const { folded } = ledger(900)
    const { lot, queue } = folded
    const sizes = [
      lot.stays,
      lot.byPlate,
      lot.byColour,
      lot.orders,
      lot.deductions,
      lot.unsettled,
      lot.chargedAtMs,
      lot.passByLane,
      lot.pays,
      lot.members.byNo,
      lot.members.byPlate,
      lot.coupons.byCode,
      lot.coupons.byStay,
      lot.coupons.uses,
      lot.coupons.merchants,
      lot.points.brought,
      lot.points.stays,
      lot.points.spends,
      lot.stayMoney.stays,
      lot.stayMoney.refunds,
      lot.arrears,
      lot.visits.byPlate,
      lot.commands,
      queue.records,
      queue.aside,
      queue.byDeduction,
      queue.destinations,
    ].map((map) => map.size)
    expect(Math.min(...sizes)).toBeGreaterThan(0)
    expect([...lot.deductions.values()].some((d) => d.armed !== null)).toBe(true)
    expect(stateText(throughCopy(folded, 0))).toBe(stateText(folded))
  })

  it('shares its objects again: what a row changes, everybody sees', () => {
    const { lot } = throughCopy(ledger().folded, 0)
    for (const stay of lot.stays.values()) {
      for (const order of stay.orders) expect(lot.orders.get(order.orderId)).toBe(order)
      if (stay.pass !== null && lot.passByLane.get(stay.pass.laneId)?.passId === stay.pass.passId)
        expect(lot.passByLane.get(stay.pass.laneId)).toBe(stay.pass)
    }
    for (const order of lot.orders.values())
      for (const d of order.deductions) expect(lot.deductions.get(d.deductionId)).toBe(d)
    for (const d of lot.unsettled.values()) expect(lot.deductions.get(d.deductionId)).toBe(d)
  })

  it('is taken of rows alone: a queue that has done something else is no state to keep', () => {
    const env = { monoMs: 9_000, nowMs: 9_000, mayRepost: () => true }
    const busy = [
      (folded = ledger().folded) => void pump(folded.queue, env),
      (folded = ledger().folded) =>
        void kick(folded.queue, [...folded.queue.byDeduction.keys()][0] ?? ''),
    ]
    for (const act of busy) {
      const { folded } = ledger(900)
      act(folded)
      expect(() => foldSnapshot(folded)).toThrow(/rests/)
    }
    expect(() => foldSnapshot(foldAll(ledger().rows, 1))).toThrow(/rests/)
  })
})

describe('the row of a state', () => {
  it('is in the ledger by number and hash', () => {
    const { rows, folded } = ledger()
    const rowsAfter = (seq: number) => rows.slice(seq)
    expect(hasRow(folded.at, rowsAfter)).toBe(true)
    expect(hasRow({ ...folded.at, hash: '0'.repeat(64) }, rowsAfter)).toBe(false)
    expect(hasRow({ ...folded.at, seq: rows.length + 1 }, rowsAfter)).toBe(false)
    expect(hasRow({ ...folded.at, seq: 1 }, rowsAfter)).toBe(false)
    expect(hasRow(emptyFolded(noRows).at, () => [])).toBe(false)
  })
})
