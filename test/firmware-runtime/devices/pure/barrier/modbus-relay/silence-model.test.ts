// A link lost at every moment of a passage, against the simulated boom, which judges: it closes on no car, and rises for
// every pass. Cable, reboot and silence of the board, on Modbus TCP and RTU.
import { describe, expect, it } from 'vitest'
import { BoardBench, type TransportName } from './bench.ts'

type Loss = 'cable' | 'reboot'

/** A passage whose link is lost at `atMs` after the open command for `forMs`; `back`: what the loops are then. */
function passageWith(
  transport: TransportName,
  loss: Loss,
  { atMs, forMs, back }: { atMs: number; forMs: number; back: string },
): BoardBench {
  const bench = new BoardBench(transport).ready()
  bench.command({ do: 'open', passId: 'p1' })
  const plan: { atMs: number; act: () => void }[] = [
    { atMs: 2_500, act: () => bench.loops(true) },
    { atMs: 3_200, act: () => bench.loops(false) },
    { atMs, act: () => (loss === 'cable' ? bench.disconnect() : bench.act('reboot', forMs)) },
    { atMs: atMs + forMs, act: () => bench.connect() },
  ]
  if (back === 'car') plan.push({ atMs: atMs + forMs - 10, act: () => bench.loops(true) })
  if (back === 'waiting')
    plan.push({ atMs: atMs + forMs - 10, act: () => bench.loops(false, true) })
  if (back === 'flicker')
    for (let i = 0; i < 40; i++)
      plan.push({ atMs: atMs + forMs + i * 60, act: () => bench.loops(i % 2 === 0) })
  let nowMs = 0
  for (const one of plan.toSorted((a, b) => a.atMs - b.atMs)) {
    bench.run(one.atMs - nowMs)
    nowMs = one.atMs
    one.act()
  }
  bench.run(20_000)
  return bench
}

const called = (bench: BoardBench): string[] =>
  bench.told('barrierFault').map((event) => ('fault' in event ? event.fault : ''))

describe.each(['tcp', 'rtu'] as const)('a link lost behind a car, Modbus %s', (transport) => {
  it.each([
    ['cable', 3_500, 100],
    ['cable', 3_500, 300],
    ['cable', 3_500, 1_700],
    ['cable', 4_300, 300],
    ['reboot', 3_500, 300],
    ['reboot', 3_500, 1_000],
  ] as const)('%s at %i ms for %i ms: closed once, no person', (loss, atMs, forMs) => {
    const bench = passageWith(transport, loss, { atMs, forMs, back: 'free' })
    expect(bench.judged).toMatchObject({ position: 'closed', closePulses: 1, closesOnPresence: 0 })
    expect(called(bench)).toEqual([])
  })
  it.each([
    ['cable', 2_300, 'free'],
    ['cable', 10_000, 'free'],
    ['reboot', 4_000, 'free'],
    ['cable', 300, 'car'],
    ['cable', 300, 'waiting'],
    ['cable', 300, 'flicker'],
    ['cable', 1_700, 'car'],
    ['reboot', 1_500, 'car'],
  ] as const)('%s for %i ms, then %s: it stays up, a person', (loss, forMs, back) => {
    const bench = passageWith(transport, loss, { atMs: 3_500, forMs, back })
    expect(bench.judged).toMatchObject({ position: 'open', closePulses: 0, closesOnPresence: 0 })
    expect(called(bench)).toEqual(['notLowered'])
  })
  it('at every moment and for every length it closes on no car, and a boom that is up is told', () => {
    for (const loss of ['cable', 'reboot'] as const)
      for (let atMs = 0; atMs < 6_500; atMs += 250)
        for (const forMs of [100, 300, 1_900, 2_100, 6_000]) {
          const bench = passageWith(transport, loss, { atMs, forMs, back: 'free' })
          const { position, closesOnPresence } = bench.judged
          const isTold = bench.state.credits.length > 0 || called(bench).length > 0
          expect(closesOnPresence, `${loss} ${atMs} ${forMs}`).toBe(0)
          expect(position === 'closed' || isTold, `${loss} ${atMs} ${forMs} ${position}`).toBe(true)
        }
  })
})
