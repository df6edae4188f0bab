// Each item that a car, a refund or a drawer shows is red by its own planted fault and green without it, at a lot that charges by
// card: the program plants at its simulated platforms, and the assertion that fails is the one that the plant names.
import { shownRed } from '../kit/shown-red.ts'
import { turnRedThenGreen } from './kit/red-lot.ts'

turnRedThenGreen('card', shownRed.card.acts)
