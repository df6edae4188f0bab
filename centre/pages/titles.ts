// The pages of the centre by their folders, as they declare themselves.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { page as alarms } from './alarms/page.ts'
import { page as inbox } from './inbox/page.ts'
import { page as lot } from './lot/page.ts'
import { page as lots } from './lots/page.ts'
import { page as today } from './today/page.ts'
import { page as wall } from './wall/page.ts'

export const pages = { inbox, lot, lots, today, wall }
export type PageName = keyof typeof pages
