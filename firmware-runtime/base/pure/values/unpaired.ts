// Cars of an enclosed lot whose entry or exit stands alone by the ledger as it is now, with what was taken for them: the
// figures of replay, day and reports, and their words.
import type { Fen } from './fen.ts'
import { t, type BilingualText } from '../words/fault-text.ts'

interface Alone {
  readonly count: number
  readonly amountFen: Fen
}

/** Of the stays that began in a span. Cars that are still inside are among the first; what those will owe is not known. */
export type Unpaired = Readonly<Record<'entriesWithoutExit' | 'exitsWithoutEntry', Alone>>

const none: Alone = { count: 0, amountFen: 0 }
export const nothingUnpaired: Unpaired = { entriesWithoutExit: none, exitsWithoutEntry: none }

export const unpairedWords: Readonly<Record<keyof Unpaired, BilingualText>> = {
  entriesWithoutExit: t('有入场、没有出场(含场内车)', 'Entered and did not leave, or still inside'),
  exitsWithoutEntry: t('有出场、没有入场', 'Left without an entry'),
}
