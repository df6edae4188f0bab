// The bench as a table: a file a row, in the order in which they run.
// Rows that need a whole machine to themselves stand last.
import type { BenchRow } from '../kit/measure.ts'
import { codecRow } from './codec.ts'

export const benchRows: readonly BenchRow[] = [codecRow]
