// The rows of tables E.1 to I.1 and of clause 10.3.2 of seed 001, in their order, which pages, commands and documents follow.
// Written from this folder by test/tidy/folder-tables.test.ts.
import type { AcceptanceItem } from '../item.ts'
import { protocol } from './e01-protocol.ts'
import { interfaces } from './e02-interfaces.ts'
import { normal } from './e03-normal.ts'
import { exceptions } from './e04-exceptions.ts'
import { signIns } from './f01-sign-ins.ts'
import { entryUpload } from './f02-entry-upload.ts'
import { onlineCharge } from './f04-online-charge.ts'
import { chargeQuery } from './f05-charge-query.ts'
import { refund } from './f06-refund.ts'
import { online } from './g01-online.ts'
import { shiftDownload } from './g02-shift-download.ts'
import { configurationDownload } from './g03-configuration.ts'
import { shiftUpload } from './g04-shift-upload.ts'
import { recordUploads } from './g05-uploads.ts'
import { monitoring } from './g09-monitoring.ts'
import { exitBill } from './h01-exit-bill.ts'
import { splitBill } from './h02-split-bill.ts'
import { issuerServices } from './i01-issuer.ts'
import { responseTimes } from './r01-response.ts'
import { service } from './r03-service.ts'
import { throughput } from './r04-throughput.ts'
import { friendliness } from './r05-friendliness.ts'
import { itemIds } from './ids.ts'

const items: readonly AcceptanceItem[] = [
  protocol,
  interfaces,
  normal,
  exceptions,
  ...signIns,
  entryUpload,
  onlineCharge,
  chargeQuery,
  refund,
  online,
  shiftDownload,
  configurationDownload,
  shiftUpload,
  ...recordUploads,
  ...monitoring,
  exitBill,
  splitBill,
  ...issuerServices,
  ...responseTimes,
  service,
  throughput,
  friendliness,
]

export const acceptanceItems = items.toSorted(
  (a, b) => itemIds.indexOf(a.id) - itemIds.indexOf(b.id),
)
