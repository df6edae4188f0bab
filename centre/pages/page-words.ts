// The words of the pages of the centre.
// Written from the folders by test/tidy/folder-tables.test.ts.
import { words as inbox } from './inbox/words.ts'
import { words as limits } from './limits/words.ts'
import { words as lot } from './lot/words.ts'
import { words as lots } from './lots/words.ts'

export const pageWords = { inbox, limits, lot, lots }
