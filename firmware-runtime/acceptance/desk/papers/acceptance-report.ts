// The record of an acceptance in the requested form: for people who print or edit it, for programs, or as tables.
// All forms show the same record.
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { AcceptanceReportView } from '../../calls/acceptance-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { acceptanceDocument } from '../service/document.ts'
import { junitOf } from '../record/junit.ts'
import type { AcceptRecord } from '../record/record.ts'
import { recordCsv, recordJson } from '../record/record-text.ts'
import { compactOf } from '#base/pure/values/instant.ts'
import type { LayOut } from '#base/desk/document/paper-process.ts'
import { acceptanceRecord } from './acceptance-record.ts'

const utf8 = new TextEncoder()

export async function recordBytes(
  record: AcceptRecord,
  { format, language }: ArgsOf<'acceptance.report'>,
  layOut: LayOut,
): Promise<Uint8Array> {
  switch (format) {
    case 'json':
      return utf8.encode(recordJson(record))
    case 'junit':
      return utf8.encode(junitOf(record, language))
    case 'csv':
      return utf8.encode(recordCsv(record, language))
    case 'pdf':
    case 'docx': {
      const nowMs = systemWallClock().nowMs()
      return layOut({ kind: format, document: acceptanceDocument(record, nowMs, language) })
    }
  }
}

export async function acceptanceReport(
  dir: string,
  args: ArgsOf<'acceptance.report'>,
  layOut: LayOut,
): Promise<AcceptanceReportView> {
  const record = await acceptanceRecord(dir)
  const bytes = await recordBytes(record, args, layOut)
  const end = args.format === 'junit' ? 'xml' : args.format
  const at = compactOf(systemWallClock().nowMs()).slice(0, 12)
  return {
    fileName: `acceptance-${record.head.lotId}-${at}.${end}`,
    base64: Buffer.from(bytes).toString('base64'),
    simulated: record.head.simulated,
  }
}
