// As acceptance-red-card.test.ts, at a lot that charges online: it has items of its own.
import { shownRed } from '../kit/shown-red.ts'
import { turnRedThenGreen } from './kit/red-lot.ts'

turnRedThenGreen('online', shownRed.online.acts)
