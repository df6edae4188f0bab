// Every field-strength instrument keeps the contract of all drivers. One piece of work is one level.
// The times are those of the drivers: a poll, an answer that is waited for, the fence behind it.
import { MeterBench, variants } from '../instrument/meter-bench.ts'
import { driverContract } from './driver-contract.ts'

for (const variant of variants)
  driverContract({
    name: `instrument ${variant}`,
    // 400 ms of held peaks, sweeps and queries around them.
    workMs: 2_500,
    // A poll each 2 s, then an answer and a fence of 2 s each, or one answer of 3 s.
    lossMs: 7_000,
    // The supervisor opens again after 200, 500, 1000, 2000, 5000 ms; then 3 s to give up a silent one.
    upMs: 12_000,
    make: () => new MeterBench(variant),
  })
