// The calls about reports.
// Absent: the lot has no folder, and so no ledger to read.
import { needed } from './no-folder.ts'
import type { Reports } from '../report/reports.ts'
import type { HandlersOf } from './dispatcher.ts'

type ReportCall = Extract<keyof typeof import('../../api/calls/report.ts').reportCalls, string>

export function reportHandlers(reports: Reports | null): HandlersOf<ReportCall> {
  const there = needed(reports, 'LOT-01')
  return {
    'report.start': (args) => there().start(args),
    'report.plans': () => ({ rows: reports?.plans() ?? [] }),
    'report.state': ({ reportId }) => there().state(reportId),
    'report.stop': ({ reportId }) => there().stop(reportId),
    'report.file': ({ reportId, format }) => there().file(reportId, format),
  }
}
