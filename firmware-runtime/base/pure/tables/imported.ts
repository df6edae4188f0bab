// The lists that are imported as tables, by the names of their calls.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { couponsTable } from './coupons.ts'
import { insideTable } from './inside.ts'
import { membersTable } from './members.ts'
import { pointsTable } from './points.ts'

export const importedTables = {
  coupons: couponsTable,
  inside: insideTable,
  members: membersTable,
  points: pointsTable,
} as const
