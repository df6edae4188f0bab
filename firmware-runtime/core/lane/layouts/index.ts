// The lane layouts of clause 7 by clause number. One file per layout; this is their table.
// A lot file names a clause; a clause that is not here is refused when the file is read.
import type { LaneDirection } from '../../lot/config.ts'
import type { LaneTable } from '../steps.ts'
import { noBooth } from './no-booth.ts'

export type Layout = Readonly<Record<LaneDirection, LaneTable>>

const layouts = { '7.1.1': noBooth } as const satisfies Record<string, Layout>

export type LayoutClause = keyof typeof layouts
export const layoutClauses = Object.keys(layouts) as readonly LayoutClause[]

export const layoutOf = (clause: LayoutClause): Layout => layouts[clause]
