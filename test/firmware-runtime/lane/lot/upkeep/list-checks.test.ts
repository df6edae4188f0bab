// Checking one listed number at the platform at once: only when the local list names it, within one second; without a valid
// answer the local list decides.
import { expect, it } from 'vitest'
import { checkedList, type ListCheck } from '#lane/lot/upkeep/list-checks.ts'
import { VirtualClock } from '../../../devices/pure/camera/virtual-clock.ts'

function scene() {
  const mono = new VirtualClock()
  const asked: string[] = []
  const open: ((isListed: boolean | null) => void)[] = []
  const check: ListCheck = (no, timeoutMs, done) => {
    asked.push(`${no} ${timeoutMs}`)
    open.push(done)
  }
  const listed = new Set(['a', 'b'])
  const inner = { version: '7', asOfMs: 5, has: (no: string) => listed.has(no) }
  const list = checkedList(inner, check, mono)
  const answer = (isListed: boolean | null): void => open.shift()?.(isListed)
  return { mono, asked, answer, listed, list }
}

it('asks about a number that is named here, and lets it through when the platform clears it', () => {
  const { list, asked, answer, mono } = scene()
  expect([list.has('x', 0), asked]).toEqual([false, []])
  expect([list.version, list.asOfMs]).toEqual(['7', 5])
  expect([list.has('a', 0), list.has('a', 0), asked]).toEqual([true, true, ['a 1000']])
  answer(false)
  expect([list.has('a', 0), list.has('b', 0)]).toEqual([false, true])
  // By then the list itself contains the number.
  mono.run(900_000)
  expect(list.has('a', 0)).toBe(true)
})

it.each([true, null])('goes by the list here on %s, and asks again after a while', (said) => {
  const { list, asked, answer, mono } = scene()
  expect(list.has('a', 0)).toBe(true)
  answer(said)
  expect(list.has('a', 0)).toBe(true)
  mono.run(9_000)
  expect([list.has('a', 0), asked.length]).toEqual([true, 1])
  mono.run(1_000)
  expect([list.has('a', 0), asked.length]).toEqual([true, 2])
})

it('keeps no more numbers than cars of a day', () => {
  const { list, listed, asked } = scene()
  for (let n = 0; n < 1_500; n++) {
    listed.add(`n${n}`)
    list.has(`n${n}`, 0)
  }
  expect(asked).toHaveLength(1_500)
  expect([list.has('n0', 0), asked.length]).toEqual([true, 1_501])
})
