// Downloads the shifts of each day from the platform of the lot's operator (P21, P35; table G.1, row 2): at a start, when a day
// begins and each ten minutes, by the version that is here; each five minutes until they are there. A plan that is there already
// leaves no row behind.
import { tallyOf, type DayPlan } from '../../core/billing/day-items.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { canonicalJson } from '../../core/values/json.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'
import type { LedgerService } from '../../ports/ledger-service.ts'
import type { PlatformDuty, ShiftPlan } from '../../ports/platform-duty.ts'
import { dayOf, spanOf } from '../money/day-bills.ts'
import { DownloadFault } from './duty-fault.ts'
import type { LotRuntime } from './lot-runtime.ts'

interface PlanParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'append' | 'trace'>
  readonly mono: Pick<MonoClock, 'after'>
  readonly service: Pick<LedgerService, 'dayTally'>
  readonly duty: PlatformDuty
  /** Lanes of this lot: a plan names no other. */
  readonly laneIds: ReadonlySet<string>
}

const firstLookMs = 3_000
const lookEveryMs = 60_000
/** Of those looks: asked again after so many that brought nothing, and after so many that brought the plan of the day. */
const againLooks = 5
const newerLooks = 10

export class ShiftPlans {
  private readonly parts: PlanParts
  /** Asked no more on that day. */
  private doneDay = ''
  private held: Pick<ShiftPlan, 'day' | 'version'> | null = null
  private waits = 0
  private readonly fault: DownloadFault
  private timer: Cancel
  private stopped = false

  constructor(parts: PlanParts) {
    this.parts = parts
    this.fault = new DownloadFault((text) => {
      if (!this.stopped) parts.runtime.trace('', null, 'fault', text)
    })
    this.timer = parts.mono.after(firstLookMs, () => void this.look())
  }

  stop(): void {
    this.stopped = true
    this.timer()
  }

  notices(): readonly LaneFault[] {
    return this.fault.notices()
  }

  private async look(): Promise<void> {
    const day = dayOf(this.parts.runtime.nowMs())
    if (this.held !== null && this.held.day !== day) [this.held, this.waits] = [null, 0]
    try {
      if (day !== this.doneDay && --this.waits < 0) await this.ask(day)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.fault.failed(error)
    }
    if (!this.stopped) this.timer = this.parts.mono.after(lookEveryMs, () => void this.look())
  }

  private async ask(day: string): Promise<void> {
    this.waits = againLooks - 1
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.parts.duty.shifts(day, this.held?.version ?? null, resolve)
    const answer = await promise
    if (this.stopped) return
    if (answer.kind === 'none') this.doneDay = day
    else if (answer.kind === 'silent')
      this.fault.missed(new LaneFault('DUTY-02', { value: day, note: answer.reason }))
    else if (answer.kind === 'wrong') this.fault.failed(answer.fault)
    else if (answer.kind === 'same') this.isNewest()
    else await this.take(answer.plan)
  }

  private isNewest(): void {
    this.fault.over()
    this.waits = newerLooks - 1
  }

  private async take(plan: ShiftPlan): Promise<void> {
    const { runtime, service } = this.parts
    this.mustBeOfThisLot(plan)
    const { plans } = tallyOf((await service.dayTally(spanOf(plan.day).fromMs)).books)
    if (this.stopped) return
    if (!isSame(plans.get(plan.day), plan))
      runtime.append([{ kind: 'book', atMs: runtime.nowMs(), body: { row: 'plan', ...plan } }])
    this.held = plan
    this.isNewest()
  }

  private mustBeOfThisLot({ shifts }: ShiftPlan): void {
    const n = shifts.findIndex(({ laneId }) => laneId !== null && !this.parts.laneIds.has(laneId))
    const shift = shifts[n]
    if (shift === undefined) return
    const field = `/data/shifts/${n}/laneNo`
    const note = t('本场没有这条车道', 'no lane of this lot')
    throw new LaneFault('DUTY-01', { field, value: shift.laneId ?? '', note })
  }
}

type Answer = Parameters<Parameters<PlatformDuty['shifts']>[2]>[0]

const isSame = (before: DayPlan | undefined, { version, shifts }: ShiftPlan): boolean =>
  before !== undefined &&
  before.version === version &&
  canonicalJson(before.shifts) === canonicalJson(shifts)
