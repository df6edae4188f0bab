// Charge mode `card`: the antenna debits the card over a pty, and the platform is told afterwards.
// Five cars over real links; see five-cars.ts.
import { fiveCars } from './five-cars.ts'

fiveCars('card')
