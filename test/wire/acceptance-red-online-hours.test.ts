// As acceptance-red-card-hours.test.ts, at a lot that charges online.
import { shownRed } from '../kit/shown-red.ts'
import { turnRedThenGreen } from './kit/red-lot.ts'

turnRedThenGreen('online', shownRed.online.hours)
