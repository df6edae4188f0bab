// All demands of the table of facts, in the order of the items.
import { appendixE } from './appendix-e.ts'
import { appendixERows } from './appendix-e-rows.ts'
import { appendixF } from './appendix-f.ts'
import { appendixG } from './appendix-g.ts'
import { appendixH } from './appendix-h.ts'
import type { Demand } from './example.ts'
import { performance } from './performance.ts'

export const demands: readonly Demand[] = [
  ...appendixE,
  ...appendixERows,
  ...appendixF,
  ...appendixG,
  ...appendixH,
  ...performance,
]
