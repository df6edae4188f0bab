// The nested tables that frames of every variant refer to by name.
// Adding a file is one table here and one row below.
import type { FileTable } from '../table-types.ts'
import { f0015 } from './f0015.ts'
import { f0019Old } from './f0019-old.ts'
import { f0019Year2020 } from './f0019-2020.ts'
import { sysinfo26 } from './sysinfo26.ts'
import { vehicle79 } from './vehicle79.ts'

export const fileTables: readonly FileTable[] = [
  f0015,
  f0019Year2020,
  f0019Old,
  vehicle79,
  sysinfo26,
]
