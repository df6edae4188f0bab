// Scenes that barrier tests begin with: a boom open for one pass, one on its way down, a car passing.
// Every scene runs on the board of board.ts, in virtual time.
import { expect } from 'vitest'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { Bench } from './board.ts'

/** A boom that is open for one pass, its car gone, about to close. */
export function openedBench(config = standardBarrier, travelMs = 2_000): Bench {
  const bench = new Bench(config).up()
  bench.travelMs = travelMs
  bench.run(500)
  bench.command({ do: 'open', passId: 'p1' })
  bench.run(travelMs + 500)
  return bench
}

export function carPasses(bench: Bench, forMs = 800): void {
  bench.inputs.add('loopUnder')
  bench.run(forMs)
  bench.inputs.delete('loopUnder')
  bench.run(200)
}

export function closingBench(): Bench {
  const bench = openedBench()
  carPasses(bench)
  for (let i = 0; i < 130 && bench.names().length < 2; i++) bench.run(10)
  expect(bench.names()).toEqual(['open', 'close'])
  bench.run(200)
  return bench
}
