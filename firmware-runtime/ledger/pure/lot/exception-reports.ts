// Exceptions that are reported to the platform (P14). A report says how the exception was handled, so it waits until
// the outcome for the car is known: with its stay, or in its lane while it has no stay.
import { takesOf, type PaymentMeans } from '#base/pure/values/payment-means.ts'
import type { ExceptionType } from '#base/pure/words/exception-words.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, OrderEnd } from '#base/pure/rows/ledger-row.ts'

/** Handling of an exception, in the terms of P14. */
export type Handling = 'otherPayment' | 'manualRelease' | 'retriedOk' | 'leftUnpaid'

/** Money taken by another means than ETC after the exception. */
interface PaidOtherwise {
  readonly means: PaymentMeans
  readonly amountFen: Fen
}

export interface ExceptionReport {
  readonly exceptionNo: string
  readonly exceptionType: ExceptionType
  readonly atMs: InstantMs
  readonly laneId: string
  readonly stayId: string | null
  readonly orderId: string | null
  readonly outTradeNo: string | null
  readonly plate: string | null
  readonly obuId: string | null
  readonly cardNo: string | null
  readonly paid: PaidOtherwise | null
  /** Null while the outcome for the car is not known. */
  readonly handling: Handling | null
}

export interface ExceptionReports {
  /** Reports of cars still in the lot, by stay. */
  readonly byStay: Map<string, readonly ExceptionReport[]>
  /** Reports of cars without a stay, by their lane. */
  readonly byLane: Map<string, readonly ExceptionReport[]>
  /** Reports of cars with a known outcome, by number: ready for upload. */
  readonly ended: Map<string, ExceptionReport>
}

export const emptyReports = (): ExceptionReports => ({
  byStay: new Map(),
  byLane: new Map(),
  ended: new Map(),
})

/** Null for a row from an older version: it has no report, because its upload was written together with it. */
function reportOf(row: Extract<LedgerRow, { kind: 'exception' }>): ExceptionReport | null {
  const { report, exceptionType } = row.body
  if (report === undefined) return null
  const { atMs, laneId = '', stayId = null, orderId = null } = row
  return { ...report, exceptionType, atMs, laneId, stayId, orderId, paid: null, handling: null }
}

const handlingOf: Record<OrderEnd, (paid: PaidOtherwise | null) => Handling> = {
  etc: () => 'retriedOk',
  // Priced again, nothing was due: the passage succeeded.
  free: () => 'retriedOk',
  other: (paid) =>
    paid === null || takesOf(paid.means) === 'nothing' ? 'manualRelease' : 'otherPayment',
  later: () => 'manualRelease',
  open: () => 'leftUnpaid',
}

function add<K>(map: Map<K, readonly ExceptionReport[]>, key: K, more: readonly ExceptionReport[]) {
  if (more.length > 0) map.set(key, [...(map.get(key) ?? []), ...more])
}

function take<K>(map: Map<K, readonly ExceptionReport[]>, key: K): readonly ExceptionReport[] {
  const found = map.get(key) ?? []
  map.delete(key)
  return found
}

function end(reports: ExceptionReports, report: ExceptionReport, handling: Handling): void {
  reports.ended.set(report.exceptionNo, { ...report, handling })
}

/** The car in this lane has a stay now. */
function adopt({ byLane, byStay }: ExceptionReports, laneId: string, stayId: string): void {
  add(
    byStay,
    stayId,
    take(byLane, laneId).map((report) => ({ ...report, stayId })),
  )
}

/** `isOpen`: the car of the row's stay has not left. Call this before the row closes a stay. */
export function foldReports(reports: ExceptionReports, row: LedgerRow, isOpen: boolean): void {
  const { byStay, byLane } = reports
  const { laneId = '', stayId = '' } = row
  switch (row.kind) {
    case 'exception': {
      const report = reportOf(row)
      if (report === null) return
      if (stayId === '') add(byLane, laneId, [report])
      else if (isOpen) add(byStay, stayId, [report])
      else end(reports, report, 'leftUnpaid')
      return
    }
    case 'payment': {
      adopt(reports, laneId, stayId)
      const { means } = row.body
      const held = byStay.get(stayId)
      if (means === 'etc' || held === undefined) return
      const amountFen = row.amountFen ?? 0
      byStay.set(
        stayId,
        held.map((report) => ({ ...report, paid: { means, amountFen } })),
      )
      return
    }
    case 'pass':
      if (stayId !== '') adopt(reports, laneId, stayId)
      else for (const report of take(byLane, laneId)) end(reports, report, 'manualRelease')
      return
    case 'stayClosed':
      for (const report of take(byStay, stayId))
        end(reports, report, handlingOf[row.body.end](report.paid))
      return
    case 'outbox':
      if (row.body.op === 'exception') forgetReport(reports, row.body.businessNo, laneId)
      return
    default:
  }
}

function forgetReport({ ended, byLane }: ExceptionReports, no: string, laneId: string): void {
  ended.delete(no)
  const left = take(byLane, laneId).filter(({ exceptionNo }) => exceptionNo !== no)
  add(byLane, laneId, left)
}

/**
 * Reports that can be uploaded. A car without a stay that is no longer in its lane went back: nothing was paid for it.
 */
export function dueReports(
  { ended, byLane }: ExceptionReports,
  isInLane: (laneId: string) => boolean,
): readonly ExceptionReport[] {
  const due = [...ended.values()]
  for (const [laneId, waiting] of byLane)
    if (!isInLane(laneId)) for (const one of waiting) due.push({ ...one, handling: 'leftUnpaid' })
  return due
}
