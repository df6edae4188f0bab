// Like acceptance-red-card.test.ts, for items that take minutes, an hour, a night or the next morning, on a machine
// whose clock the test advances.
import { shownRed } from '../kit/shown-red.ts'
import { turnRedThenGreen } from './kit/red-lot.ts'

turnRedThenGreen('card', shownRed.card.hours)
