// Every field-strength instrument fulfils the contract of all drivers. One piece of work is one level.
// The times follow from the drivers: a poll, an answer, the error query that resynchronises after a missing answer.
import { MeterBench, variants } from '../instrument/meter-bench.ts'
import { driverContract } from './driver-contract.ts'

for (const variant of variants)
  driverContract({
    name: `instrument ${variant}`,
    // 400 ms of peak hold, with sweeps and queries around it.
    workMs: 2_500,
    // A poll every 2 s, then an answer and a resynchronisation of 2 s each, or one answer of 3 s.
    lossMs: 7_000,
    // The supervisor opens again after 200, 500, 1000, 2000, 5000 ms; then 3 s to give up a silent one.
    upMs: 12_000,
    make: () => new MeterBench(variant),
  })
