// The layouts of clause 7 by its numbers, one file each.
// Written from this folder by test/tidy/folder-tables.test.ts.
import type { Layout, LayoutRow } from './layout.ts'
import { booth } from './booth.ts'
import { gantryPatrol } from './gantry-patrol.ts'
import { gantryRoadside } from './gantry-roadside.ts'
import { gantryVideo } from './gantry-video.ts'
import { handheldSensor } from './handheld-sensor.ts'
import { noBooth } from './no-booth.ts'
import { pileSensor } from './pile-sensor.ts'
import { reused } from './reused.ts'
import { singleInOut } from './single-in-out.ts'
import { twoSides } from './two-sides.ts'

const rows: readonly LayoutRow[] = [
  booth,
  gantryPatrol,
  gantryRoadside,
  gantryVideo,
  handheldSensor,
  noBooth,
  pileSensor,
  reused,
  singleInOut,
  twoSides,
]

export const layouts: Readonly<Record<string, Layout>> = Object.fromEntries(
  rows
    .map(({ clause, lanes }) => [clause, lanes] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1)),
)
