// What each imported list does with a file.
// Written from this folder by test/tidy/folder-tables.test.ts.
import { coupons } from './coupons.ts'
import { inside } from './inside.ts'
import { members } from './members.ts'
import { points } from './points.ts'

export const importers = { coupons, inside, members, points } as const
