// Like acceptance-red-card.test.ts, in a lot that charges online, which has items of its own.
import { shownRed } from '../kit/shown-red.ts'
import { turnRedThenGreen } from './kit/red-lot.ts'

turnRedThenGreen('online', shownRed.online.acts)
