// The words of the pages of the centre.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { words as alarms } from './alarms/words.ts'
import { words as inbox } from './inbox/words.ts'
import { words as lot } from './lot/words.ts'
import { words as lots } from './lots/words.ts'
import { words as today } from './today/words.ts'
import { words as wall } from './wall/words.ts'

export const pageWords = { inbox, lot, lots, today, wall }
