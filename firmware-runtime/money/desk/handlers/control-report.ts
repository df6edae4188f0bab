// The calls about reports.
// A lot without a folder has no ledger to read.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import type { Reports } from '../report/reports.ts'

export const reportCalls = defineCalls((lot: Lot<never, { reports: Reports }>) => {
  const there = needed(lot.reports, 'LOT-01')
  return {
    'report.start': (args) => there().start(args),
    'report.plans': () => ({ rows: lot.reports?.plans() ?? [] }),
    'report.state': ({ reportId }) => there().state(reportId),
    'report.stop': ({ reportId }) => there().stop(reportId),
    'report.file': ({ reportId, format }) => there().file(reportId, format),
  }
})
