// The layouts of clause 7 by its numbers, one file each.
// Written from this folder by test/tidy/folder-tables.test.ts.
import type { Layout, LayoutRow } from './layout.ts'
import { booth } from './booth.ts'
import { noBooth } from './no-booth.ts'
import { reused } from './reused.ts'
import { singleInOut } from './single-in-out.ts'
import { twoSides } from './two-sides.ts'

const rows: readonly LayoutRow[] = [booth, noBooth, reused, singleInOut, twoSides]

export const layouts: Readonly<Record<string, Layout>> = Object.fromEntries(
  rows
    .map(({ clause, lanes }) => [clause, lanes] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1)),
)
