// Each item shown by a car, a refund or a drawer is red with its own planted fault and green without it, in a lot that
// charges by card: the program plants the fault in its simulated platforms, and the failing assertion is the one that
// the plant names.
import { shownRed } from '../kit/shown-red.ts'
import { turnRedThenGreen } from './kit/red-lot.ts'

turnRedThenGreen('card', shownRed.card.acts)
