// The barrier driver under the contract of every driver, on each of its links.
// Work is a car let through: its pass is used, and the boom is down behind it.
import { expect } from 'vitest'
import { driverContract } from '../../contract/driver-contract.ts'
import type { ContractBench } from '../../contract/driver-contract.ts'
import { BoardBench, type TransportName } from './bench.ts'

function benchOf(transport: TransportName): ContractBench {
  const bench = new BoardBench(transport)
  let works = 0
  return {
    connect: () => bench.connect(),
    disconnect: () => bench.disconnect(),
    run: (forMs) => bench.run(forMs),
    isUp: () => bench.up,
    work: () => bench.passage(`p${++works}`),
    done: () => {
      // Whatever the link does, nobody is closed on.
      expect(bench.judged).toMatchObject({ closesOnPresence: 0, bothDriven: 0 })
      return bench.told('passed').length
    },
    garbage: (bytes) => bench.garbage(bytes),
    silence: (on) => bench.silence(on),
    duplicate: (on) => bench.duplicate(on),
    split: (size) => bench.split(size),
    restartDevice: () => bench.restartDevice(),
    // A relay board has no clock.
    skewClock: () => undefined,
  }
}

for (const transport of ['tcp', 'rtu'] as const)
  driverContract({
    name: `barrier, relay board, ${transport === 'tcp' ? 'Modbus TCP' : 'Modbus RTU'}`,
    workMs: 1_000,
    lossMs: 3_000,
    upMs: 8_000,
    make: () => benchOf(transport),
  })
