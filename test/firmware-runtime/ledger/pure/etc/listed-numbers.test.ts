// Numbers of a status list against a plain map: added, changed and removed in any order, found by card and by OBU,
// and only from the time that the platform gives.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isListable,
  ListChanges,
  ListedNumbers,
  merged,
  recordBytes,
  type ListItem,
} from '#ledger/pure/etc/listed-numbers.ts'

const card = (n: number): string => `4501${String(n).padStart(16, '0')}`
const add = (no: string, fromMs = 0): ListItem => ({ no, fromMs, op: 'add' })
const remove = (no: string): ListItem => ({ no, fromMs: 0, op: 'remove' })

function after(base: ListedNumbers, items: readonly ListItem[]): ListedNumbers {
  const changes = new ListChanges()
  for (const item of items) changes.add(item)
  return merged(base, changes)
}

describe('listed numbers', () => {
  it('know cards and OBUs of both lengths apart', () => {
    const list = after(new ListedNumbers(), [
      add(card(7)),
      add('0200ABCD'),
      add('3701012002001234'),
    ])
    expect(list.size).toBe(3)
    expect(list.records.length).toBe(3 * recordBytes)
    for (const no of [card(7), '0200ABCD', '3701012002001234']) expect(list.has(no, 1)).toBe(true)
    const others = [card(8), '0200ABCE', '000000000200ABCD', '00000000000002001234', 'x', '']
    for (const no of others) expect(list.has(no, 1)).toBe(false)
    expect(others.map(isListable)).toEqual([true, true, true, true, false, false])
  })

  it('count from the second that is named', () => {
    const list = after(new ListedNumbers(), [add(card(1), 1_000_000)])
    expect([list.has(card(1), 999_999), list.has(card(1), 1_000_000)]).toEqual([false, true])
  })

  it('take the last item of a number, within one list and over the one before', () => {
    const first = after(new ListedNumbers(), [add(card(1)), remove(card(1)), add(card(2), 5_000)])
    expect([first.has(card(1), 9_000), first.size]).toEqual([false, 1])
    const next = after(first, [add(card(2), 8_000), remove(card(3)), add(card(0))])
    expect([next.has(card(2), 7_000), next.has(card(2), 8_000), next.size]).toEqual([
      false,
      true,
      2,
    ])
  })

  it('are what a map would be, whatever comes', () => {
    const no = fc.oneof(
      fc.integer({ min: 0, max: 30 }).map(card),
      fc.integer({ min: 0, max: 30 }).map((n) => n.toString(16).toUpperCase().padStart(8, '0')),
    )
    const item = fc.record({
      no,
      fromMs: fc.integer({ min: 0, max: 9 }).map((s) => s * 1000),
      op: fc.constantFrom<ListItem['op']>('add', 'remove'),
    })
    fc.assert(
      fc.property(fc.array(fc.array(item, { maxLength: 40 }), { maxLength: 4 }), (lists) => {
        const map = new Map<string, number>()
        let list = new ListedNumbers()
        for (const items of lists) {
          list = after(list, items)
          for (const { no: one, fromMs, op } of items)
            if (op === 'add') map.set(one, fromMs)
            else map.delete(one)
        }
        expect(list.size).toBe(map.size)
        for (const one of lists.flat().map(({ no: name }) => name))
          expect(list.has(one, 4_000)).toBe((map.get(one) ?? Infinity) <= 4_000)
      }),
    )
  })

  it('stay in order over more items than the first room holds', () => {
    const items = Array.from({ length: 5_000 }, (_, n) => add(card((n * 7_919) % 5_000)))
    const list = after(new ListedNumbers(), items)
    expect(list.size).toBe(5_000)
    expect(items.every(({ no }) => list.has(no, 1))).toBe(true)
  })
})
