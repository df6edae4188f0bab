// Calls about reports: begin one, watch it, stop it, and download its file. A report changes nothing; the reading
// worker makes it day by day.
import { z } from 'zod'
import { reportKinds } from '#base/pure/values/report-kinds.ts'
import {
  reportFormats,
  type ReportFileView,
  type ReportPlanView,
  type ReportRunView,
} from './report-views.ts'
import { none, read, reply } from '#base/calls/rows.ts'

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const reportId = z.string().regex(/^r\d{1,9}$/)

export const reportCalls = {
  /** `to`: the last day, included. */
  'report.start': read(
    'books',
    () =>
      z.strictObject({
        kind: z.enum(reportKinds),
        from: day,
        to: day,
        language: z.enum(['zh', 'en']),
      }),
    reply<ReportRunView>(),
    { rest: 'command' },
  ),
  /** Scheduled reports of the lot file, with their last run. */
  'report.plans': read('books', none, reply<{ rows: readonly ReportPlanView[] }>(), {
    rest: 'command',
  }),
  'report.state': read('books', () => z.strictObject({ reportId }), reply<ReportRunView>(), {
    rest: 'command',
  }),
  'report.stop': read('books', () => z.strictObject({ reportId }), reply<ReportRunView>(), {
    rest: 'command',
  }),
  /** The file of a finished report. */
  'report.file': read(
    'books',
    () => z.strictObject({ reportId, format: z.enum(reportFormats) }),
    reply<ReportFileView>(),
    { rest: 'command', document: true },
  ),
} as const
