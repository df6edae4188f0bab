// The display driver under the contract of every driver: a line a frame, and a page a frame.
// Work is a page of words; it is done when the board has acknowledged all of it.
import { driverContract } from '../../contract/driver-contract.ts'
import type { ContractBench } from '../../contract/driver-contract.ts'
import { DisplayBench } from './bench.ts'

function benchOf(frames: 'lines' | 'page'): ContractBench {
  const bench = new DisplayBench({ frames })
  let works = 0
  return {
    connect: () => bench.connect(),
    disconnect: () => bench.disconnect(),
    run: (forMs) => bench.run(forMs),
    isUp: () => bench.up,
    work: () => bench.show([`测A1234${works++ % 10}`, '请通行'], '一路顺风'),
    done: () => bench.told('shown').length,
    garbage: (bytes) => bench.garbage(bytes),
    silence: (on) => bench.silence(on),
    duplicate: (on) => bench.duplicate(on),
    split: (size) => bench.split(size),
    restartDevice: () => bench.restartDevice(),
    // The clock of the board is set by the driver; its words do not depend on it.
    skewClock: (ms) => {
      bench.board.board.clock = `${ms} ms off`
    },
  }
}

for (const frames of ['lines', 'page'] as const)
  driverContract({
    name: `display olm, a ${frames === 'lines' ? 'line' : 'page'} a frame`,
    workMs: 1_500,
    lossMs: 8_000,
    upMs: 8_000,
    make: () => benchOf(frames),
  })
