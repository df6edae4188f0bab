// The booms of a folder's lot, counted where lanes run and kept with what else was measured.
import { countCycles } from '../../app/lot/boom-cycles.ts'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import { keepMeasured, measuredIn } from './measured-file.ts'

export const countBooms = (dir: string, runtime: LotRuntime): void =>
  countCycles({
    runtime,
    read: () => measuredIn(dir).booms,
    keep: (booms) => keepMeasured(dir, { booms }),
  })
