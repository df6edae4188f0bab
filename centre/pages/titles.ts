// The pages of the centre by their folders, as they declare themselves.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { page as alarms } from './alarms/page.ts'
import { page as batch } from './batch/page.ts'
import { page as cars } from './cars/page.ts'
import { page as inbox } from './inbox/page.ts'
import { page as limits } from './limits/page.ts'
import { page as lot } from './lot/page.ts'
import { page as lots } from './lots/page.ts'
import { page as money } from './money/page.ts'
import { page as passage } from './passage/page.ts'
import { page as today } from './today/page.ts'
import { page as wall } from './wall/page.ts'

export const pages = { alarms, batch, cars, inbox, limits, lot, lots, money, passage, today, wall }
export type PageName = keyof typeof pages
