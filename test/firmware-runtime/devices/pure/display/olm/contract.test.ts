// The display driver under the contract of every driver: one frame per line, and one frame per page.
// A piece of work is a page of text; it is done when the board has acknowledged all of it.
import { driverContract } from '../../contract/driver-contract.ts'
import { DisplayBench } from './bench.ts'

for (const frames of ['lines', 'page'] as const)
  driverContract({
    name: `display olm, a ${frames === 'lines' ? 'line' : 'page'} a frame`,
    workMs: 1_500,
    lossMs: 8_000,
    upMs: 8_000,
    make: () => new DisplayBench({ frames }),
  })
