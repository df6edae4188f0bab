// Compares each day with its bills on a schedule (money/pure/billing/bill-times.ts): differences are written as if a person
// had requested it, without an owner. A bill that does not come is requested again, and so is one with money that was
// missing.
import {
  billKey,
  isOfWholeDay,
  isOpenStill,
  tallyOf,
  type Tally,
} from '#money/pure/billing/day-items.ts'
import {
  isLastDay,
  noTries,
  tried,
  wantedLook,
  type BillLook,
  type BillTries,
} from '#money/pure/billing/bill-times.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { instantOfIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { BilledMeans } from '#base/pure/rows/tally-row.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { DayBills } from '../../money/day-bills.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import type { LotRuntime } from '../lot-runtime.ts'

interface BillSchedulerParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'endingMs' | 'append' | 'trace'>
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly service: Pick<LedgerService, 'query' | 'dayTally'>
  readonly bills: DayBills
  onFault(fault: LaneFault): void
}

const lookEveryMs = 60_000

const noBill = (day: string, means: BilledMeans) =>
  ({
    row: 'item',
    itemId: `noBill ${means} ${day}`,
    day,
    means,
    kind: 'noBill',
    ref: day,
    expectedFen: 0,
    foundFen: 0,
    owner: '',
  }) as const

const keyOf = ({ day, againFromMs }: BillLook): string => `${day} ${againFromMs ?? ''}`

/** Means to compare in a look: never compared, or still open when they were last compared before that look was due. */
function meansOf(
  { day, againFromMs }: BillLook,
  tally: Tally,
  means: readonly BilledMeans[],
): readonly BilledMeans[] {
  return means.filter((one) => {
    const held = tally.reconciled.get(billKey(one, day))
    if (againFromMs === null) return held === undefined || !isOfWholeDay(held)
    return held !== undefined && held.atMs < againFromMs && isOpenStill(tally, one, day)
  })
}

export class BillScheduler {
  private readonly parts: BillSchedulerParts
  private readonly done = new Set<string>()
  private tries: BillTries = noTries
  private firstMs: InstantMs | null = null
  private readonly task: SideTask
  private stopped = false

  constructor(parts: BillSchedulerParts) {
    this.parts = parts
    const pace = { firstMs: lookEveryMs, everyMs: lookEveryMs }
    this.task = parts.tasks.every('bills', pace, () => this.look())
  }

  stop(): void {
    this.stopped = true
    this.task.stop()
  }

  private async look(): Promise<void> {
    try {
      await this.wanted()
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      if (!this.stopped) this.parts.onFault(error)
    }
  }

  private async wanted(): Promise<void> {
    const { runtime, bills, service } = this.parts
    if (bills.means.length === 0) return
    this.firstMs ??= await this.begunMs()
    if (this.firstMs === null) return
    const isDone = (look: BillLook): boolean => this.done.has(keyOf(look))
    let tally: Tally | null = null
    for (;;) {
      const nowMs = runtime.endingMs()
      if (nowMs === null) return
      const look = wantedLook(this.tries, { nowMs, firstMs: this.firstMs, isDone })
      if (look === null || this.stopped) return
      tally ??= tallyOf((await service.dayTally(nowMs)).books)
      const means = meansOf(look, tally, bills.means)
      if (means.length === 0) {
        this.done.add(keyOf(look))
        continue
      }
      this.tries = tried(this.tries, look.day, nowMs)
      const only = look.againFromMs === null ? bills.means : means
      await this.hold(look, tally.items, only, nowMs)
      tally = null
    }
  }

  private async hold(
    { day, againFromMs }: BillLook,
    items: Tally['items'],
    only: readonly BilledMeans[],
    nowMs: InstantMs,
  ): Promise<void> {
    const { runtime, bills } = this.parts
    const { rows: held, differences, missing } = await bills.hold(day, '', only)
    const gone = againFromMs === null && isLastDay(day, nowMs) ? missing : []
    const noBills = gone.map(({ means }) => noBill(day, means))
    const rows = [...held, ...noBills.filter(({ itemId }) => !items.has(itemId))]
    if (this.stopped || rows.length === 0) return
    const atMs = runtime.nowMs()
    runtime.append(rows.map((body) => ({ kind: 'book', atMs, body })))
    if (differences > 0) runtime.trace('', null, 'fault', `day ${day} differences ${differences}`)
  }

  /** Time of the ledger's first start; null: no start yet. */
  private async begunMs(): Promise<InstantMs | null> {
    const { rows } = await this.parts.service.query('event', { limit: 1 })
    const [first] = rows
    return first !== undefined && 'atIso' in first ? instantOfIso(first.atIso) : null
  }
}
