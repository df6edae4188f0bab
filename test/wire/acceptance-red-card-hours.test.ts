// As acceptance-red-card.test.ts: the items that minutes, an hour, a night or the morning of the next day show, on a machine whose
// clock the test turns.
import { shownRed } from '../kit/shown-red.ts'
import { turnRedThenGreen } from './kit/red-lot.ts'

turnRedThenGreen('card', shownRed.card.hours)
