// Calls of reports: one is begun, watched, stopped, and given out as a file.
// A report changes nothing; it is made by the reading worker, day by day.
import { z } from 'zod'
import { reportKinds } from '../../core/values/report-kinds.ts'
import {
  reportFormats,
  type ReportFileView,
  type ReportPlanView,
  type ReportRunView,
} from '../report-views.ts'
import { none, read, reply } from '../rows.ts'

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const reportId = z.string().regex(/^r\d{1,9}$/)

export const reportCalls = {
  /** `to` is the last day in it. */
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
  /** What the lot file schedules, and when each ran last. */
  'report.plans': read('books', none, reply<{ rows: readonly ReportPlanView[] }>(), {
    rest: 'command',
  }),
  'report.state': read('books', () => z.strictObject({ reportId }), reply<ReportRunView>(), {
    rest: 'command',
  }),
  'report.stop': read('books', () => z.strictObject({ reportId }), reply<ReportRunView>(), {
    rest: 'command',
  }),
  /** Of one that is done. */
  'report.file': read(
    'books',
    () => z.strictObject({ reportId, format: z.enum(reportFormats) }),
    reply<ReportFileView>(),
    { rest: 'command', document: true },
  ),
} as const
