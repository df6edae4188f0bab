// Downloads the shift plan of each day from the platform of the lot's operator (P21, P35; table G.1, row 2): at a
// start, when a day begins and every ten minutes, with the version known here; every five minutes until the plan has
// arrived. A known plan writes no row.
import { tallyOf, type DayPlan, type Tally } from '#money/pure/billing/day-items.ts'
import {
  isDue,
  changesDuty,
  tellMinOf,
  toldRow,
  toldText,
  waitingPlan,
} from '#money/pure/billing/told-changes.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { etcIn, uncountedShifts } from '#money/pure/billing/planned-ends.ts'
import { accountNamed, isHere, type People } from '#ledger/pure/people/people.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { TallyRow } from '#base/pure/rows/tally-row.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { PlatformDuty, ShiftPlan } from '#ledger/ports/platform-duty.ts'
import { dayOf, spanOf } from '../../money/day-bills.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import { DownloadFault } from '../queue/duty-fault.ts'
import type { LotRuntime } from '../lot-runtime.ts'

interface PlanParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'endingMs' | 'append' | 'trace'>
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly service: Pick<LedgerService, 'dayTally' | 'reportPart'>
  readonly duty: PlatformDuty
  /** A plan may name only these lanes. */
  readonly config: Pick<LotConfig, 'configTellMin'> & {
    readonly lanes: readonly { readonly id: string }[]
  }
  people(): People
}

const firstLookMs = 3_000
const lookEveryMs = 60_000
/**
 * Number of looks until the next query: after a query without a plan, and after one that brought the plan of the day.
 */
const againLooks = 5
const newerLooks = 10
/** Number of looks between checks whether a planned shift is over. */
const endLooks = 10

export class ShiftPlans {
  private readonly parts: PlanParts
  /** Day for which no further query is made. */
  private doneDay = ''
  private held: Pick<ShiftPlan, 'day' | 'version'> | null = null
  private waits = 0
  private endWaits = 0
  /** Undefined: the accounts of the day have not been read. */
  private waiting: ReturnType<typeof waitingPlan> | undefined = undefined
  private readonly fault: DownloadFault
  private readonly task: SideTask
  private stopped = false

  constructor(parts: PlanParts) {
    this.parts = parts
    this.fault = new DownloadFault((text) => {
      if (!this.stopped) parts.runtime.trace('', null, 'fault', text)
    })
    const pace = { firstMs: firstLookMs, everyMs: lookEveryMs }
    this.task = parts.tasks.every('shiftPlans', pace, () => this.look())
  }

  stop(): void {
    this.stopped = true
    this.task.stop()
  }

  notices(): readonly LaneFault[] {
    const { waiting = null } = this
    const told =
      waiting === null
        ? []
        : [new LaneFault('DUTY-06', { value: waiting.version, note: toldText(waiting) })]
    return [...told, ...this.fault.notices()]
  }

  /** Called when a person may have applied an announced plan now. */
  async lookSoon(): Promise<void> {
    const day = dayOf(this.parts.runtime.nowMs())
    this.waiting = waitingPlan(await this.books(day), day)
    this.takeDue()
  }

  private async books(day: string): Promise<Tally> {
    return tallyOf((await this.parts.service.dayTally(spanOf(day).fromMs)).books)
  }

  /** Applies an announced plan that is due, also one from before this start. */
  private takeDue(): void {
    const { waiting = null, stopped, parts } = this
    const endsMs = parts.runtime.endingMs()
    if (waiting === null || stopped || endsMs === null || !isDue(waiting, endsMs)) return
    const { day, version, after: shifts } = waiting
    this.append([{ row: 'plan', day, version, shifts }])
    this.waiting = null
  }

  /** Reports ended shifts without a drawer to count; where cash was taken, the count reports them. */
  private async tellEnds(day: string): Promise<void> {
    this.endWaits = endLooks - 1
    const { service, runtime } = this.parts
    const endsMs = runtime.endingMs()
    if (endsMs === null) return
    const { books, sinceCount } = await service.dayTally(spanOf(day).fromMs)
    if (sinceCount.takenFen !== 0) return
    for (const shift of uncountedShifts(tallyOf(books), endsMs)) {
      const span = { fromMs: shift.onMs, toMs: shift.offMs }
      const part = await service.reportPart({ span, tariffsMs: [], countedSeq: 0 })
      if (this.stopped) return
      this.append([{ row: 'planEnded', shift, etc: etcIn(part, shift) }])
    }
  }

  private append(bodies: readonly TallyRow[]): void {
    const { runtime } = this.parts
    const atMs = runtime.nowMs()
    if (bodies.length > 0) runtime.append(bodies.map((body) => ({ kind: 'book', atMs, body })))
  }

  private async look(): Promise<void> {
    const endsMs = this.parts.runtime.endingMs()
    // No day begins or ends by a clock in doubt.
    if (endsMs === null) return
    const day = dayOf(endsMs)
    if (this.held !== null && this.held.day !== day)
      [this.held, this.waits, this.waiting] = [null, 0, null]
    try {
      if (this.waiting === undefined) await this.lookSoon()
      this.takeDue()
      if (day !== this.doneDay && --this.waits < 0) await this.ask(day)
      if (--this.endWaits < 0) await this.tellEnds(day)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.fault.failed(error)
    }
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
    else await this.came(answer.plan)
  }

  private isNewest(): void {
    this.fault.over()
    this.waits = newerLooks - 1
  }

  private async came(plan: ShiftPlan): Promise<void> {
    this.mustBeOfThisLot(plan)
    const books = await this.books(plan.day)
    if (this.stopped) return
    const waiting = waitingPlan(books, plan.day)
    const isTold = waiting !== null && isSame({ ...waiting, shifts: waiting.after }, plan)
    if (!isTold) this.tell(plan, books.plans.get(plan.day), waiting)
    this.append(unknownStaff(plan, books, this.parts.people()))
    this.held = plan
    this.isNewest()
  }

  /** A change for the people on duty now is announced first; any other plan applies at once. */
  private tell(
    plan: ShiftPlan,
    planned: DayPlan | undefined,
    waiting: ReturnType<typeof waitingPlan>,
  ): void {
    const { runtime, config } = this.parts
    const { day, version, shifts } = plan
    const nowMs = runtime.nowMs()
    const change = {
      of: 'plan',
      day,
      version,
      before: planned?.shifts ?? [],
      after: shifts,
    } as const
    const tellMin = changesDuty(change, nowMs) ? tellMinOf(config) : 0
    if (tellMin === 0 && waiting === null) {
      if (!isSame(planned, plan)) this.append([{ row: 'plan', day, version, shifts }])
      return
    }
    const body = toldRow(change, nowMs, tellMin)
    const audit = {
      act: `plan ${day} ${version}`,
      by: '',
      role: 'system',
      reason: canonicalJson({
        before: change.before,
        after: shifts,
        fromIso: isoOf(body.takeAtMs),
      }),
      commandId: `plan ${day} ${version} told`,
      result: 'told',
    }
    runtime.append([
      { kind: 'audit', atMs: nowMs, body: audit },
      { kind: 'book', atMs: nowMs, body },
    ])
    // The plan in force is announced again: nothing waits.
    this.waiting =
      version === planned?.version ? null : { ...change, toldAtMs: nowMs, takeAtMs: body.takeAtMs }
    this.takeDue()
  }

  private mustBeOfThisLot({ shifts }: ShiftPlan): void {
    const lanes = new Set(this.parts.config.lanes.map(({ id }) => id))
    const n = shifts.findIndex(({ laneId }) => laneId !== null && !lanes.has(laneId))
    const shift = shifts[n]
    if (shift === undefined) return
    const field = `/data/shifts/${n}/laneNo`
    const note = t('本场没有这条车道', 'this lot has no such lane')
    throw new LaneFault('DUTY-01', { field, value: shift.laneId ?? '', note })
  }
}

type Answer = Parameters<Parameters<PlatformDuty['shifts']>[2]>[0]

const isSame = (
  before: Pick<DayPlan, 'version' | 'shifts'> | undefined,
  { version, shifts }: ShiftPlan,
): boolean =>
  before !== undefined &&
  before.version === version &&
  canonicalJson(before.shifts) === canonicalJson(shifts)

/**
 * Planned people without an account here: one item for each, however many plans name them. A plan gives nobody rights.
 */
function unknownStaff({ day, shifts }: ShiftPlan, books: Tally, people: People): TallyRow[] {
  const here = people.filter(isHere)
  // A lot without accounts cannot know anybody by name.
  if (here.length === 0) return []
  const owner = here.find(({ role }) => role === 'owner')?.name ?? ''
  const of = { means: 'operator', kind: 'unknownStaff', expectedFen: 0, foundFen: 0 } as const
  return [...new Set(shifts.map(({ staffId }) => staffId))]
    .map((ref) => ({ ref, itemId: `staff ${ref}` }))
    .filter(({ ref, itemId }) => accountNamed(here, ref) === null && !books.items.has(itemId))
    .map((one) => ({ row: 'item', ...one, day, ...of, owner }))
}
