// Makes a report of takings day by day; between two days it reports its progress and can be stopped. The source is an
// argument: the worker of a running lot, or the ledger of a stopped one.
import { t } from '#base/pure/words/fault-text.ts'
import type { MatterView } from '#lane/calls/inbox.ts'
import type { Report } from '../../pure/billing/report.ts'
import { reportDaysMax, reportOf, unitSpans } from '../../pure/billing/report.ts'
import type { ReportPart } from '../../pure/billing/report-part.ts'
import type { RowSpan } from '../../pure/billing/row-span.ts'
import { tallyOf } from '../../pure/billing/day-items.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { ReportKind } from '#base/pure/values/report-kinds.ts'
import type { DayTally, PartRequest } from '#ledger/ports/ledger-service.ts'
import type { ReportLot } from './report-sheet-words.ts'

export interface ReportSource {
  readonly lot: ReportLot
  /** Bills of payments by code are available. */
  readonly hasGateway: boolean
  nowMs(): InstantMs
  head(): Report['head']
  /** Start of validity of each tariff, oldest first. */
  tariffsMs(): readonly InstantMs[]
  dayTally(sinceMs: InstantMs): Promise<DayTally>
  reportPart(request: PartRequest): Promise<ReportPart>
  /** What waits for a person now; absent for a stopped lot. */
  waiting?(): Promise<readonly MatterView[]>
}

export interface ReportRequest {
  readonly kind: ReportKind
  /** `YYYY-MM-DD`; `to` is the last day, included. */
  readonly from: string
  readonly to: string
}

function dayStart(day: string, field: string): InstantMs {
  const atMs = parseIso(`${day}T00:00:00+08:00`)
  if (atMs === null) throw new LaneFault('ARG-01', { field, value: day, note: 'YYYY-MM-DD' })
  return atMs
}

export function spanOfDays({ from, to }: Omit<ReportRequest, 'kind'>): RowSpan {
  const fromMs = dayStart(from, '/from')
  const toMs = dayStart(to, '/to') + dayMs
  if (toMs <= fromMs)
    throw new LaneFault('ARG-01', {
      field: '/to',
      value: to,
      note: t(`早于 ${from}`, `before ${from}`),
    })
  if (toMs - fromMs > reportDaysMax * dayMs)
    throw new LaneFault('ARG-01', {
      field: '/to',
      value: to,
      note: t(`最多 ${reportDaysMax} 天`, `${reportDaysMax} days at most`),
    })
  return { fromMs, toMs }
}

interface Progress {
  /** False: the report is not wanted any more. */
  goesOn(done: number, of: number): boolean
}

/** Null: stopped. */
export async function makeReport(
  source: ReportSource,
  request: ReportRequest,
  progress: Progress,
): Promise<Report | null> {
  const { kind } = request
  const span = spanOfDays(request)
  const nowMs = source.nowMs()
  const head = source.head()
  const { books, beganMs } = await source.dayTally(nowMs)
  const tally = tallyOf(books)
  const spans = unitSpans(kind, span, tally, nowMs)
  const countedSeq = tally.shifts.at(-1)?.uptoSeq ?? 0
  const setting = { tariffsMs: source.tariffsMs(), countedSeq }
  const parts: ReportPart[] = []
  for (const { shift: _, ...own } of spans) {
    if (!progress.goesOn(parts.length, spans.length)) return null
    parts.push(await source.reportPart({ span: own, ...setting }))
  }
  const { hasGateway } = source
  return reportOf({ kind, span, head, parts, tally, nowMs, hasGateway, beganMs })
}
