// The words of the pages of the centre.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { words as alarms } from './alarms/words.ts'
import { words as batch } from './batch/words.ts'
import { words as cars } from './cars/words.ts'
import { words as inbox } from './inbox/words.ts'
import { words as limits } from './limits/words.ts'
import { words as lot } from './lot/words.ts'
import { words as lots } from './lots/words.ts'
import { words as money } from './money/words.ts'
import { words as passage } from './passage/words.ts'
import { words as today } from './today/words.ts'
import { words as wall } from './wall/words.ts'

export const pageWords = {
  alarms,
  batch,
  cars,
  inbox,
  limits,
  lot,
  lots,
  money,
  passage,
  today,
  wall,
}
