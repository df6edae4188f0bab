// Reports requested from a running lot: begun, watched, stopped, downloaded as files. The last few are kept in memory;
// others are made again from the ledger.
import { t } from '#base/pure/words/fault-text.ts'
import type {
  ReportFileView,
  ReportFormat,
  ReportPlanView,
  ReportRunView,
  ReportSheet,
} from '../../calls/report-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import { makeReport, spanOfDays, type ReportRequest, type ReportSource } from './make-report.ts'
import { reportMimes, reportName } from './report-file.ts'
import { reportSheet } from './report-sheet.ts'
import { withWaiting } from './waiting-table.ts'

const keptMax = 8

interface ReportParts {
  readonly source: ReportSource
  /** Made in a worker: no lane waits for it. */
  file(sheet: ReportSheet, format: ReportFormat): Promise<Uint8Array>
  /** Scheduled reports. */
  plans(): readonly ReportPlanView[]
}

export class Reports {
  private readonly parts: ReportParts
  private readonly runs = new Map<string, ReportRunView>()
  private made = 0

  constructor(parts: ReportParts) {
    this.parts = parts
  }

  start(request: ReportRequest & { readonly language: 'zh' | 'en' }): ReportRunView {
    spanOfDays(request)
    const reportId = `r${++this.made}`
    const begun: ReportRunView = {
      reportId,
      state: 'running',
      done: 0,
      of: 0,
      sheet: null,
      error: null,
    }
    this.runs.set(reportId, begun)
    for (const old of [...this.runs.keys()].slice(0, -keptMax)) this.runs.delete(old)
    this.run(reportId, request).catch((error: unknown) => this.failed(reportId, error))
    return begun
  }

  state(reportId: string): ReportRunView {
    const found = this.runs.get(reportId)
    if (found !== undefined) return found
    throw new LaneFault('ARG-01', {
      field: '/reportId',
      value: reportId,
      note: t('没有这份报表', 'no such report'),
    })
  }

  plans(): readonly ReportPlanView[] {
    return this.parts.plans()
  }

  stop(reportId: string): ReportRunView {
    if (this.state(reportId).state === 'running') this.set(reportId, { state: 'stopped' })
    return this.state(reportId)
  }

  async file(reportId: string, format: ReportFormat): Promise<ReportFileView> {
    const { sheet } = this.state(reportId)
    if (sheet === null)
      throw new LaneFault('ARG-01', {
        field: '/reportId',
        value: reportId,
        note: t('还没有做好', 'it is not finished yet'),
      })
    const bytes = await this.parts.file(sheet, format)
    return {
      fileName: `${reportName(sheet)}.${format}`,
      mime: reportMimes[format],
      base64: Buffer.from(bytes).toString('base64'),
    }
  }

  private set(reportId: string, known: Partial<ReportRunView>): void {
    const before = this.runs.get(reportId)
    if (before !== undefined) this.runs.set(reportId, { ...before, ...known })
  }

  private isWanted(reportId: string): boolean {
    return this.runs.get(reportId)?.state === 'running'
  }

  private async run(
    reportId: string,
    { language, ...request }: ReportRequest & { readonly language: 'zh' | 'en' },
  ): Promise<void> {
    const { source } = this.parts
    const report = await makeReport(source, request, {
      goesOn: (done, of) => {
        this.set(reportId, { done, of })
        return this.isWanted(reportId)
      },
    })
    if (report === null || !this.isWanted(reportId)) return
    const { length } = report.units
    const sheet = await withWaiting(reportSheet(report, source.lot, language), source)
    this.set(reportId, { state: 'done', done: length, of: length, sheet })
  }

  private failed(reportId: string, error: unknown): void {
    const fault =
      error instanceof LaneFault ? error : new LaneFault('RUN-05', { note: String(error) })
    if (this.isWanted(reportId)) this.set(reportId, { state: 'failed', error: apiErrorOf(fault) })
  }
}
