// The rows of tables E.1 to I.1 and of clause 10.3.2 of seed 001, in their order, which pages, commands and documents follow.
// Written from this folder by test/tidy/folder-tables.test.ts.
import type { AcceptanceItem } from '../item.ts'
import { protocol } from './e01-protocol.ts'
import { interfaces } from './e02-interfaces.ts'
import { normal } from './e03-normal.ts'
import { exceptions } from './e04-exceptions.ts'
import { entrySignIn } from './f01-entry-sign-in.ts'
import { entryUpload } from './f02-entry-upload.ts'
import { exitSignIn } from './f03-exit-sign-in.ts'
import { onlineCharge } from './f04-online-charge.ts'
import { chargeQuery } from './f05-charge-query.ts'
import { refund } from './f06-refund.ts'
import { online } from './g01-online.ts'
import { shiftDownload } from './g02-shift-download.ts'
import { configurationDownload } from './g03-configuration.ts'
import { shiftUpload } from './g04-shift-upload.ts'
import { entryRecords } from './g05-entry-records.ts'
import { entryBatches } from './g06-entry-batches.ts'
import { entryPlates } from './g07-entry-plates.ts'
import { entryPlateBatches } from './g08-entry-plate-batches.ts'
import { entryMonitoring } from './g09-entry-monitoring.ts'
import { exitRecords } from './g10-exit-records.ts'
import { exitBatches } from './g11-exit-batches.ts'
import { exitPlates } from './g12-exit-plates.ts'
import { exitPlateBatches } from './g13-exit-plate-batches.ts'
import { exitMonitoring } from './g14-exit-monitoring.ts'
import { exitBill } from './h01-exit-bill.ts'
import { splitBill } from './h02-split-bill.ts'
import { issuerContract } from './i01-contract.ts'
import { issuerStatusCheck } from './i02-status-check.ts'
import { issuerCharge } from './i03-charge.ts'
import { issuerRefund } from './i04-refund.ts'
import { issuerQuery } from './i05-query.ts'
import { issuerBookkeeping } from './i06-bookkeeping.ts'
import { issuerBill } from './i07-bill.ts'
import { issuerReconciliation } from './i08-reconciliation.ts'
import { interactive } from './r01-interactive.ts'
import { queries } from './r02-query.ts'
import { service } from './r03-service.ts'
import { throughput } from './r04-throughput.ts'
import { friendliness } from './r05-friendliness.ts'

export const acceptanceItems: readonly AcceptanceItem[] = [
  protocol,
  interfaces,
  normal,
  exceptions,
  entrySignIn,
  entryUpload,
  exitSignIn,
  onlineCharge,
  chargeQuery,
  refund,
  online,
  shiftDownload,
  configurationDownload,
  shiftUpload,
  entryRecords,
  entryBatches,
  entryPlates,
  entryPlateBatches,
  entryMonitoring,
  exitRecords,
  exitBatches,
  exitPlates,
  exitPlateBatches,
  exitMonitoring,
  exitBill,
  splitBill,
  issuerContract,
  issuerStatusCheck,
  issuerCharge,
  issuerRefund,
  issuerQuery,
  issuerBookkeeping,
  issuerBill,
  issuerReconciliation,
  interactive,
  queries,
  service,
  throughput,
  friendliness,
]
