// The form of a kept state: one ledger with every kind of row comes to one text, and nothing that has
// another form is taken for a state.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { emptyFolded, foldVersion, hasRow } from '../../../../firmware-runtime/core/fold/folded.ts'
import {
  foldSnapshot,
  restoreFold,
  snapshotPlace,
} from '../../../../firmware-runtime/core/fold/snapshot.ts'
import { kick, pump } from '../../../../firmware-runtime/core/queue/queue.ts'
import { seededRandom } from '../../../../firmware-runtime/simulators/shell/random.ts'
import { canonicalJson } from '../../../../firmware-runtime/core/values/json.ts'
import { foldAll, MadeUp, stateText, throughText } from './fold-kit.ts'

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
    expect(new Set(rows.map((row) => row.kind)).size).toBe(18)
    const state = canonicalJson(foldSnapshot(foldAll(rows, 0)))
    const digest = createHash('sha256').update(state).digest('hex').slice(0, 16)
    // Another digest: raise foldVersion in core/fold/folded.ts, and write both down here.
    expect([foldVersion, digest]).toEqual([11, 'e6fb139ff124bfec'])
  })
})

describe('a state', () => {
  it('has everything in it that a lot can have', () => {
    const { folded } = ledger()
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
      lot.commands,
      queue.records,
      queue.aside,
      queue.byDeduction,
      queue.destinations,
    ].map((map) => map.size)
    expect(Math.min(...sizes)).toBeGreaterThan(0)
    expect([...lot.deductions.values()].some((d) => d.armed !== null)).toBe(true)
    expect(stateText(throughText(folded, 0))).toBe(stateText(folded))
  })

  it('shares its objects again: what a row changes, everybody sees', () => {
    const { lot } = throughText(ledger().folded, 0)
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
      const { folded } = ledger()
      act(folded)
      expect(() => foldSnapshot(folded)).toThrow(/rests/)
    }
    expect(() => foldSnapshot(foldAll(ledger().rows, 1))).toThrow(/rests/)
  })
})

type Place = [path: string, item: unknown, set: (change: unknown) => void]

describe('what is no state', () => {
  const good = (): Record<string, unknown> =>
    JSON.parse(JSON.stringify(foldSnapshot(ledger().folded))) as Record<string, unknown>

  /** Every place in a value: the text of its path, what is there, and a way to change it. */
  function* places(value: unknown, path = ''): Generator<Place> {
    if (typeof value !== 'object' || value === null) return
    for (const [key, item] of Object.entries(value)) {
      // One of each list is enough: its items are read alike.
      if (Array.isArray(value) && Number(key) > 2) return
      const here = `${path}/${key}`
      yield [here, item, (change) => void Reflect.set(value, key, change)]
      yield* places(item, here)
    }
  }

  it('is refused wherever a member has another type', () => {
    const value = good()
    const all = [...places(value)]
    expect(all.length).toBeGreaterThan(150)
    for (const [path, item, set] of all) {
      set({ other: true })
      expect(restoreFold(value, 0), path).toBeNull()
      set(item)
    }
    expect(restoreFold(value, 0)).not.toBeNull()
  })

  it('is refused where it is something else altogether', () => {
    for (const value of [undefined, null, 7, 'text', [], {}, { at: { seq: 1, hash: 'a' } }])
      expect(restoreFold(value, 0)).toBeNull()
  })

  it('is refused where a number points at no object, or a member is missing or too many', () => {
    const lotOf = (value: Record<string, unknown>) => value['lot'] as Record<string, unknown>
    const dangling = good()
    lotOf(dangling)['unsettled'] = [['n-D1', 99_999]]
    const missing = good()
    delete lotOf(missing)['commands']
    const more = good()
    lotOf(more)['colour'] = 'blue'
    for (const value of [dangling, missing, more]) expect(restoreFold(value, 0)).toBeNull()
  })

  it('names its row without its state', () => {
    expect(snapshotPlace({ at: { seq: 3, hash: 'ab' } })).toEqual({ seq: 3, hash: 'ab' })
    for (const value of [null, {}, { at: { seq: '3', hash: 'ab' } }, { at: { seq: 3 } }])
      expect(snapshotPlace(value)).toBeNull()
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
    expect(hasRow(emptyFolded().at, () => [])).toBe(false)
  })
})
