// Charge mode `online`: the platform's answer over HTTPS decides, and its books hold the same money as the ledger.
// Five cars over real links; see five-cars.ts.
import { fiveCars } from './five-cars.ts'

fiveCars('online')
