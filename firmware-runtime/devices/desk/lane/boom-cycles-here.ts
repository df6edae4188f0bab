// Counts the boom cycles of a folder's lanes and stores them with its other observations.
import { countCycles } from '#lane/lot/upkeep/boom-cycles.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { keepMeasured, measuredIn } from './measured-file.ts'

export const countBooms = (dir: string, runtime: LotRuntime): void =>
  countCycles({
    runtime,
    read: () => measuredIn(dir).booms,
    keep: (booms) => keepMeasured(dir, { booms }),
  })
