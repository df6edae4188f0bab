// The barrier driver under the contract of every driver, on each of its links.
// A piece of work is a car let through: its pass is used, and the boom is down afterwards.
import { driverContract } from '../../contract/driver-contract.ts'
import { BoardBench } from './bench.ts'

for (const transport of ['tcp', 'rtu'] as const)
  driverContract({
    name: `barrier, relay board, ${transport === 'tcp' ? 'Modbus TCP' : 'Modbus RTU'}`,
    workMs: 1_000,
    lossMs: 3_000,
    upMs: 8_000,
    make: () => new BoardBench(transport),
  })
