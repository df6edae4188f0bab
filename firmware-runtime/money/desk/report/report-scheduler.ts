// Makes the reports scheduled in the lot file, one period after another, outside the lanes' thread: checked every
// minute by monotonic time, due by the lot's own clock. A failure is reported and retried, and no period is left out.
import type { CodedFault } from '#base/calls/rows.ts'
import { codedFault } from '#base/process/api-fault.ts'
import { createHash } from 'node:crypto'
import type { ReportFormat, ReportPlanView, ReportSheet } from '../../calls/report-views.ts'
import type { ReportPlan } from '#base/pure/lot/config.ts'
import {
  editionOf,
  reportsDue,
  type MadeReport,
  type ReportPeriod,
} from '#ledger/pure/lot/report-times.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault, joinedWhy, type FaultCode } from '#base/pure/faults/faults.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { ReportShelf, ScheduledState } from '#ledger/ports/report-shelf.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import { makeReport, type ReportSource } from './make-report.ts'
import { reportName } from './report-file.ts'
import { reportSheet } from './report-sheet.ts'
import { withWaiting } from './waiting-table.ts'

interface SchedulerParts {
  readonly plans: readonly ReportPlan[]
  readonly source: ReportSource
  readonly mono: Pick<MonoClock, 'nowUs'>
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly shelf: ReportShelf
  /** The lot's clock is in doubt: no report is due. */
  isClockUnsure(): boolean
  file(sheet: ReportSheet, format: ReportFormat): Promise<Uint8Array>
  onFault(fault: LaneFault): void
}

/** Delay after a start: the lanes come first. */
const firstMs = 120_000
const everyMs = 60_000
const againMs = 15 * 60_000
const tellAgainMs = 6 * 3_600_000

const keyOf = ({ report, every, to }: ReportPlan): string => `${report} ${every} ${to}`
const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const dayText = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)

const editionText = t(
  '第 {n} 版:数字与前一版不同',
  'Edition {n}: the figures differ from the previous edition',
)

const digestOf = ({ tables, notices }: ReportSheet): string =>
  createHash('sha256')
    .update(JSON.stringify([tables, notices]))
    .digest('hex')

export class ReportScheduler {
  private readonly parts: SchedulerParts
  private readonly task: SideTask
  private stopped = false
  private fault: (CodedFault & { readonly code: FaultCode }) | null = null
  private saidMonoMs = -Infinity

  constructor(parts: SchedulerParts) {
    this.parts = parts
    const pace = { firstMs: parts.plans.length > 0 ? firstMs : null, everyMs: againMs }
    this.task = parts.tasks.every('reports', pace, () => this.look())
  }

  stop(): void {
    this.stopped = true
    this.task.stop()
  }

  /** Lasting faults, for the state of the lot. */
  notices(): readonly (CodedFault & { readonly code: FaultCode })[] {
    return this.fault === null ? [] : [this.fault]
  }

  /** Scheduled reports, with the newest period of each. */
  plans(): readonly ReportPlanView[] {
    const { plans, shelf } = this.parts
    if (plans.length === 0) return []
    const state = shelf.read()
    return plans.map((plan) => {
      const { report, every, at, to, formats } = plan
      const made = Object.entries(state.plans[keyOf(plan)]?.made ?? {})
      const [newest] = made.toSorted(([a], [b]) => (a < b ? 1 : -1))
      return { report, every, at, to, formats, last: newest === undefined ? null : lastOf(newest) }
    })
  }

  private async look(): Promise<number> {
    try {
      if (!this.parts.isClockUnsure())
        for (const plan of this.parts.plans) await this.madeUpTo(plan)
      this.fault = null
      return everyMs
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.failed(error)
      return againMs
    }
  }

  private async madeUpTo(plan: ReportPlan): Promise<void> {
    const { shelf, source } = this.parts
    const key = keyOf(plan)
    const nowMs = source.nowMs()
    const state = shelf.read()
    const { sinceMs, made } = state.plans[key] ?? this.begin(state, key, nowMs)
    const slot = { every: plan.every, atMin: minutesOf(plan.at) }
    for (const period of reportsDue(slot, new Map(Object.entries(made)), sinceMs, nowMs)) {
      if (this.stopped) return
      const done = await this.make(plan, period, made[period.key])
      if (done === null) return
      this.keep(key, period.key, done)
    }
  }

  /** The first period is the one that ended last. */
  private begin(state: ScheduledState, key: string, nowMs: InstantMs) {
    const begun = { sinceMs: nowMs - dayMs, made: {} as Readonly<Record<string, MadeReport>> }
    this.parts.shelf.write({ plans: { ...state.plans, [key]: begun } })
    return begun
  }

  private keep(key: string, period: string, made: MadeReport): void {
    const { plans } = this.parts.shelf.read()
    const before = plans[key] ?? { sinceMs: this.parts.source.nowMs(), made: {} }
    const plan = { ...before, made: { ...before.made, [period]: made } }
    this.parts.shelf.write({ plans: { ...plans, [key]: plan } })
  }

  private async make(
    plan: ReportPlan,
    { fromMs, toMs }: ReportPeriod,
    before: MadeReport | undefined,
  ): Promise<MadeReport | null> {
    const { source, shelf, file } = this.parts
    const request = { kind: plan.report, from: dayText(fromMs), to: dayText(toMs - 1) }
    const goesOn = () => !this.stopped
    const report = await makeReport(source, request, { goesOn })
    if (report === null) return null
    const sheet = reportSheet(report, source.lot, plan.language ?? 'zh')
    const now = { digest: digestOf(sheet), isOpen: sheet.isOpen, atMs: report.madeAtMs }
    const { isNew, made } = editionOf(before, now)
    if (!isNew) return made
    const nameOf = (edition: number): readonly string[] =>
      plan.formats.map((one) => `${reportName(sheet)}${edition === 1 ? '' : `-${edition}`}.${one}`)
    const edition = shelf.freeEdition(plan.to, nameOf, made.edition)
    const whole = await withWaiting(sheet, source)
    const said = edition === 1 ? whole : withEdition(whole, edition)
    const names = nameOf(edition)
    for (const [at, format] of plan.formats.entries())
      shelf.put(plan.to, names[at] ?? '', await file(said, format))
    return { ...made, edition }
  }

  private failed({ code, detail }: LaneFault): void {
    if (this.stopped) return
    const note = joinedWhy([detail.file, detail.note].filter((one) => one !== undefined))
    const nowMs = Math.floor(this.parts.mono.nowUs() / 1000)
    const isKnown = this.fault?.code === code && nowMs - this.saidMonoMs < tellAgainMs
    this.fault = codedFault(code, note)
    if (isKnown) return
    this.saidMonoMs = nowMs
    this.parts.onFault(new LaneFault(code, detail))
  }
}

const lastOf = ([period, made]: readonly [string, MadeReport]): ReportPlanView['last'] => {
  const { edition, isOpen, checkedAtMs } = made
  return { period, edition, isOpen, atIso: isoOf(checkedAtMs) }
}

const withEdition = (sheet: ReportSheet, edition: number): ReportSheet => ({
  ...sheet,
  notices: [editionText[sheet.language].replace('{n}', String(edition)), ...sheet.notices],
})
