// Reports of exceptions as plain JSON and back: a part of the lot's snapshot.
// Each report is held by one list alone, so it is written down as it is.
import type {
  ExceptionReport,
  ExceptionReports,
  Handling,
  PaidOtherwise,
} from '../lot/exception-reports.ts'
import type { PaymentMeans } from '../values/ledger-row.ts'
import { entries, list, orNull, shape, text, whole, word, type Read } from './shape.ts'

type MapValue<T> = T extends ReadonlyMap<string, infer V> ? V : never

export type ReportsSnapshot = {
  readonly [K in keyof ExceptionReports]: readonly (readonly [
    string,
    MapValue<ExceptionReports[K]>,
  ])[]
}

const report = shape<ExceptionReport>({
  exceptionNo: text,
  exceptionType: whole,
  atMs: whole,
  laneId: text,
  stayId: orNull(text),
  orderId: orNull(text),
  outTradeNo: orNull(text),
  plate: orNull(text),
  obuId: orNull(text),
  cardNo: orNull(text),
  paid: orNull(
    shape<PaidOtherwise>({
      means: word<PaymentMeans>({ etc: true, cash: true, qr: true, transfer: true, waived: true }),
      amountFen: whole,
    }),
  ),
  handling: orNull(
    word<Handling>({ otherPayment: true, manualRelease: true, retriedOk: true, leftUnpaid: true }),
  ),
})

export const readReports: Read<ReportsSnapshot> = shape<ReportsSnapshot>({
  byStay: entries(list(report)),
  byLane: entries(list(report)),
  ended: entries(report),
})

export const reportsSnapshot = (reports: ExceptionReports): ReportsSnapshot => ({
  byStay: [...reports.byStay],
  byLane: [...reports.byLane],
  ended: [...reports.ended],
})

export const restoreReports = (kept: ReportsSnapshot): ExceptionReports => ({
  byStay: new Map(kept.byStay),
  byLane: new Map(kept.byLane),
  ended: new Map(kept.ended),
})
