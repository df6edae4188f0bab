// What is done about the machine's clock: every verdict, and its limits from both sides.
// The clock is stepped only if every condition holds; otherwise a person decides.
import { expect, it } from 'vitest'
import { clockKeeping, judgeClock, type ClockSeen } from '#lane/pure/lot/clock-keeping.ts'

const seen = (offsetMs: number, errorMs = 20, server = 'a:123'): ClockSeen => ({
  server,
  offsetMs,
  errorMs,
})
const free = { mayStep: true, isKept: false, quiet: true }
const verdict = (facts: Partial<typeof free>, ...all: readonly ClockSeen[]): string =>
  judgeClock(all, { ...free, ...facts }).verdict

it('table A.3: each half hour', () => {
  expect(clockKeeping.everyMs).toBe(30 * 60_000)
})

it.each([
  [[], 'silent'],
  [[seen(1_020)], 'right'],
  [[seen(-1_020)], 'right'],
  [[seen(1_021)], 'step'],
  [[seen(-30_000)], 'step'],
  [[seen(30_001)], 'ask'],
  [[seen(86_400_000)], 'ask'],
  [[seen(1_600, 700)], 'right'],
  [[seen(5_000), seen(5_900, 500)], 'step'],
  [[seen(5_000), seen(6_040, 20, 'b:123')], 'step'],
  [[seen(5_000), seen(6_041, 20, 'b:123')], 'disagree'],
])('%j: %s', (all, wanted) => {
  expect(verdict({}, ...all)).toBe(wanted)
})

it('moves nothing without the right, beside a service that keeps it, or with a car in a lane', () => {
  expect(verdict({ mayStep: false }, seen(5_000))).toBe('ask')
  expect(verdict({ isKept: true }, seen(5_000))).toBe('ask')
  expect(verdict({ quiet: false }, seen(5_000))).toBe('waits')
  expect(verdict({ quiet: false, mayStep: false }, seen(5_000))).toBe('ask')
})

it('believes the reading of the smallest error', () => {
  const all = [seen(40, 300, 'serial:/dev/gnss'), seen(5, 8, 'b:123')]
  expect(judgeClock(all, free).best?.server).toBe('b:123')
})
