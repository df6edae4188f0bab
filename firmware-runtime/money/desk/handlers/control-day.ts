// Work on a day's accounts: takings, comparison of the bills with the ledger, the drawer at the end of a shift, and the
// resulting items. Each act is one transaction with its audit row; an item leaves the list only when it is ended.
import { carsInside } from '#lane/pure/lot/entry-room.ts'
import type { DayView } from '../../calls/day.ts'
import type { AnswerOf, ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type { Who } from '#base/calls/rows.ts'
import {
  plannedOf,
  rowsOfShift,
  tallyOf,
  type Tally,
  type Told,
  type DayItem,
} from '../../pure/billing/day-items.ts'
import { waitingConfiguration, waitingPlan } from '../../pure/billing/told-changes.ts'
import {
  endRefund,
  givenByEnds,
  handLeftFen,
  paymentOfItem,
} from '../../pure/billing/given-back.ts'
import type { RowSpan } from '../../pure/billing/row-span.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { aloneFenStandard } from '#base/pure/values/alone.ts'
import { isOfSums } from '../../pure/billing/day-tally.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { TallyRow, ItemEnd } from '#base/pure/rows/tally-row.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { RefundMeans } from '#base/pure/values/refund-means.ts'
import { dayStartMs, isoOf, parseIso } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { DayTally, LedgerService } from '#ledger/ports/ledger-service.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { codesBack, stayOfCode } from '../../pure/billing/day-codes.ts'
import { dayOf, DayBills, spanOf } from '#lane/money/day-bills.ts'
import type { ControlActs } from '#base/desk/handlers/control-acts.ts'
import {
  countedRows,
  drawerPulse,
  drawerSpan,
  drawerSum,
  drawerView,
  etcTaken,
  type DrawerSum,
  goneBack,
  monthsIn,
  noDrawer,
  noSale,
  type OpenDrawer,
  shiftSums,
} from '#base/desk/handlers/day-drawer.ts'
import { talliesOf, sumOf } from './day-tallies.ts'
import { itemView, letGoViews, planView, shiftView, toldView } from './day-views.ts'
import { toldToDriver } from './control-feedback.ts'
import {
  countedMeanwhile,
  secondPerson,
  whatShowsIt,
  notWaiting,
  anotherPerson,
} from './day-notes.ts'
import { ownShiftView } from './own-shift-view.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface DayParts {
  readonly runtime: LotRuntime
  readonly service: Pick<
    LedgerService,
    'dayTally' | 'sums' | 'etcOfDay' | 'hoursOfDay' | 'timeline' | 'reportPart' | 'letGoRows'
  >
  /** Source of the bills of a day; absent: the payment gateway alone. */
  readonly dayBills?: DayBills | undefined
  readonly config: Pick<LotConfig, 'capacity' | 'aloneFenMax' | 'configVersion'>
  /** Called when an announced change of a platform may be due. */
  lookAtTold?(): void
  /** Opens the drawer of the lot, or says why it cannot. Absent: the lot has no drawer. */
  drawer?: OpenDrawer
}

type Ending = Who & {
  readonly itemId: string
  readonly how: ItemEnd
  readonly approvedBy?: string | undefined
  readonly refundMeans?: RefundMeans | undefined
  readonly evidence?: string | undefined
  readonly answer?: string | undefined
}

type Span = ReturnType<typeof spanOf>
type Shift = Tally['shifts'][number]

const spanOfShift = (shift: Shift, { shifts }: Tally): RowSpan => ({
  fromMs: shift.fromMs,
  toMs: shift.toMs,
  rows: rowsOfShift(shifts, shifts.indexOf(shift)),
})

export class ControlDay {
  private readonly parts: DayParts
  private readonly acts: ControlActs
  private readonly bills: DayBills
  private counting: Promise<unknown> = Promise.resolve()
  private counts = 0

  constructor(parts: DayParts, acts: ControlActs) {
    this.parts = parts
    this.bills = parts.dayBills ?? new DayBills({ ...parts, bills: new Map() })
    this.acts = acts
  }

  async get({ day, shift }: ArgsOf<'day.get'>): Promise<DayView> {
    const { service, runtime, config } = this.parts
    const whole = spanOf(day ?? dayOf(runtime.nowMs()))
    const tally = await service.dayTally(whole.fromMs)
    const { pays, books: rows, given: refunds } = tally
    const books = tallyOf(rows)
    const given = [...refunds, ...givenByEnds(books.items.values())]
    const shifts = books.shifts.filter(({ toMs }) => toMs >= whole.fromMs && toMs < whole.toMs)
    const one = shift === undefined ? undefined : shifts[shift]
    if (shift !== undefined && one === undefined)
      throw new LaneFault('DAY-01', {
        field: '/shift',
        value: String(shift),
        note: t('没有这一班', 'there is no such shift'),
      })
    const span = one === undefined ? whole : { fromMs: one.fromMs, toMs: one.toMs }
    const asked = one === undefined ? whole : spanOfShift(one, books)
    const [sums, hours, gone, part] = await Promise.all([
      service.sums(whole),
      service.hoursOfDay(whole.fromMs),
      letGoViews(this.parts, asked),
      service.reportPart({ span: asked, tariffsMs: [], countedSeq: 0 }),
    ])
    const drawer = this.drawer(books, tally)
    const { payments } = sums
    const items = [...books.items.values()].filter(
      (item) => item.end === null || item.day === dayOf(whole.fromMs),
    )
    return {
      day: dayOf(whole.fromMs),
      fromIso: isoOf(span.fromMs),
      toIso: isoOf(span.toMs),
      inside: carsInside(runtime.lot),
      capacity: config.capacity,
      hours,
      ...shiftSums(part),
      ...(one !== undefined
        ? {}
        : {
            takings: payments.map(({ word: means, count, amountFen }) => ({
              means,
              count,
              amountFen,
            })),
            ...goneBack(codesBack(pays, whole), given, whole),
          }),
      letGo: gone,
      books: talliesOf(this.bills, {
        pays,
        books,
        whole,
        shifts,
        drawer,
        etcFen: sumOf(payments, 'etc'),
      }),
      items: items
        .sort((a, b) => Number(a.end !== null) - Number(b.end !== null))
        .map((item) => itemView(pays, item, runtime.nowMs())),
      plan: planView(books.plans.get(dayOf(whole.fromMs))),
      told: this.waiting(books).map(toldView),
      shifts: shifts.map(shiftView),
      drawer: {
        ...drawerView(drawer, tally),
        neverCounted: books.shifts.length > 0 ? null : await this.cashOfMonths(drawer),
      },
    }
  }

  /** Compares the day with every bill available; the results of bills that arrived are stored even if others failed. */
  async reconcile(args: ArgsOf<'day.reconcile'>, role: Role): Promise<AnswerOf<'day.reconcile'>> {
    const { by, day } = args
    const { rows, differences, means, missing } = await this.bills.hold(day, by)
    if (means.length === 0) {
      const note = missing.map((one) => `${one.means} ${one.reason}`).join(', ')
      const none = { field: '/day', value: day, note: note === '' ? 'noGateway' : note }
      throw new LaneFault('DAY-02', none)
    }
    const act = this.acts.of('day.reconcile', args, role)
    const answer = act.once(() => this.write(act.row(day), rows))
    if (differences > 0)
      this.parts.runtime.trace('', null, 'fault', `day ${day} differences ${differences}`)
    return { ...answer, differences, means: [...means], missing: [...missing] }
  }

  /**
   * One count at a time: after a count by somebody else in the meantime this one is refused, so that the person looks
   * again.
   */
  count(args: ArgsOf<'day.count'>, role: Role): Promise<AnswerOf<'day.count'>> {
    const counts = this.counts
    const counted = this.counting.then(() => {
      if (this.acts.knows(args.commandId) || counts === this.counts)
        return this.countNow(args, role)
      throw new LaneFault('DAY-01', { field: '/countedFen', value: '', ...countedMeanwhile })
    })
    this.counting = counted.catch(() => undefined)
    return counted
  }

  private async countNow(args: ArgsOf<'day.count'>, role: Role): Promise<AnswerOf<'day.count'>> {
    const { runtime, service } = this.parts
    const { countedFen, leftFen = 0, sinceIso, by } = args
    if (leftFen > countedFen)
      throw new LaneFault('DAY-01', {
        field: '/leftFen',
        value: String(leftFen),
        note: t('比清点的还多', 'this is more than was counted'),
      })
    const tally = await service.dayTally(dayStartMs(runtime.nowMs()))
    const books = tallyOf(tally.books)
    const drawer = this.drawer(books, tally)
    const { fromMs, toMs } = drawer
    if (sinceIso !== undefined && parseIso(sinceIso) !== fromMs && !this.acts.knows(args.commandId))
      throw new LaneFault('DAY-01', { field: '/sinceIso', value: sinceIso, ...countedMeanwhile })
    this.counts++
    const etc = await this.etcOf(drawer, books)
    const rows = countedRows(drawer, {
      countedFen,
      leftFen,
      by,
      etc,
      ...plannedOf(books, drawer, by),
    })
    const act = this.acts.of('day.count', args, role)
    return act.once(() => this.write(act.row(), rows, toMs))
  }

  /** What ETC took in the ending shift, by row numbers. */
  private async etcOf({ fromMs, toMs, uptoSeq }: DrawerSum, { shifts }: Tally) {
    const rows = { afterSeq: shifts.at(-1)?.uptoSeq ?? 0, uptoSeq }
    const span = { fromMs, toMs, rows }
    const part = await this.parts.service.reportPart({ span, tariffsMs: [], countedSeq: 0 })
    return etcTaken(part)
  }

  /** Announced changes of platforms that are not in force yet. */
  private waiting(books: Tally): readonly Told[] {
    const { runtime, config } = this.parts
    return [
      waitingConfiguration(books, config.configVersion ?? null),
      waitingPlan(books, dayOf(runtime.nowMs())),
    ].filter((one) => one !== null)
  }

  async take(args: ArgsOf<'day.take'>, role: Role): Promise<AnswerOf<'day.take'>> {
    const { of, version, by } = args
    const { service, runtime, lookAtTold } = this.parts
    const { books } = await service.dayTally(dayStartMs(runtime.nowMs()))
    const isThere = this.waiting(tallyOf(books)).some(
      (one) => one.of === of && one.version === version,
    )
    if (!isThere && !this.acts.knows(args.commandId))
      throw new LaneFault('DAY-01', { field: '/version', value: version, ...notWaiting })
    const act = this.acts.of('day.take', args, role)
    const answer = act.once(() =>
      this.write(act.row(`${of} ${version}`), [{ row: 'takeNow', of, version, by }]),
    )
    lookAtTold?.()
    return answer
  }

  async own(args: ArgsOf<'day.own'>, role: Role): Promise<AnswerOf<'day.own'>> {
    const { itemId, owner } = args
    await this.mustBeOpen(itemId)
    const act = this.acts.of('day.own', args, role)
    return act.once(() => this.write(act.row(itemId), [{ row: 'owner', itemId, owner }]))
  }

  end(args: ArgsOf<'day.end'>, role: Role): Promise<AnswerOf<'day.end'>> {
    return this.ended('day.end', args, role)
  }

  writeOff(args: ArgsOf<'day.writeOff'>, role: Role): Promise<AnswerOf<'day.writeOff'>> {
    return this.ended('day.writeOff', { ...args, how: 'writtenOff' }, role)
  }

  /** One after the other, so that an item read as open stays open until its end is written. */
  private async ended(
    name: 'day.end' | 'day.writeOff',
    args: Ending,
    role: Role,
  ): Promise<AnswerOf<'day.end'>> {
    const { itemId, how, by, approvedBy = null } = args
    if (approvedBy !== null && isSamePerson(approvedBy, by))
      throw new LaneFault('DAY-01', { field: '/approvedBy', value: by, ...anotherPerson })
    return this.acts.inTurn(async () => {
      const rows = this.acts.knows(args.commandId) ? [] : await this.endRows(args)
      const act = this.acts.of(name, args, role)
      return act.once(() => this.write(act.row(`${itemId} ${how}`), rows))
    })
  }

  /** The end of an open item; when one person alone wrote off or gave back money, also an item for a second person. */
  private async endRows(args: Ending): Promise<readonly TallyRow[]> {
    const { itemId, how, by, approvedBy = null, reason, refundMeans, evidence } = args
    const item = await this.mustBeOpen(itemId)
    this.mustBeAnothers(item, by)
    const isMoney = isOfSums(itemId)
    if (isMoney && evidence === undefined && (how === 'found' || how === 'explained'))
      throw new LaneFault('DAY-01', { field: '/evidence', value: '', ...whatShowsIt })
    const told = await toldToDriver(item, args, this.parts)
    if (told.feedbackNo !== undefined)
      return [{ row: 'end', itemId, how, by, approvedBy, reason, ...told }]
    const leftFen = how === 'refunded' ? await this.leftOf(item) : null
    const refund = endRefund(item, how, refundMeans, leftFen)
    const shown = evidence === undefined ? {} : { evidence }
    const end = { row: 'end', itemId, how, by, approvedBy, reason, ...shown, ...refund } as const
    const { day, means, ref, expectedFen, foundFen } = item
    // A difference that is ended by words alone is money written off as well.
    const isGivenUp =
      how === 'writtenOff' || (how === 'explained' && isMoney && foundFen !== expectedFen)
    const { refundFen = isGivenUp ? Math.abs(foundFen - expectedFen) : null } = refund
    if (approvedBy !== null || refundFen === null) return [end]
    const { aloneFenMax = aloneFenStandard } = this.parts.config
    if (refundFen > aloneFenMax)
      throw new LaneFault('DAY-01', { field: '/approvedBy', value: '', ...secondPerson })
    const alone = { kind: 'alone', itemId: `alone ${args.commandId}`, owner: '', by } as const
    return [end, { row: 'item', ...alone, day, means, ref, expectedFen, foundFen }]
  }

  /** How much of the item's payment by code may still be paid back by hand; null: no such payment is known as paid. */
  private async leftOf(item: DayItem): Promise<Fen | null> {
    const attemptNo = paymentOfItem(item)
    if (attemptNo === null) return null
    const { service } = this.parts
    const { pays, books } = await service.dayTally(spanOf(item.day).fromMs)
    const rows = await service.timeline(stayOfCode(pays, attemptNo) ?? '')
    return handLeftFen(rows, tallyOf(books).items.values(), attemptNo)
  }

  private async mustBeOpen(itemId: string): Promise<DayItem> {
    const { service, runtime } = this.parts
    const { books } = await service.dayTally(runtime.nowMs())
    const item = tallyOf(books).items.get(itemId)
    if (item !== undefined && item.end === null) return item
    const why =
      item === undefined
        ? t('没有这一项', 'there is no such item')
        : t('已经处理过', 'it has already been handled')
    throw new LaneFault('DAY-01', { field: '/itemId', value: itemId, note: why })
  }

  /** An act that one person did alone has to be ended by another person. */
  private mustBeAnothers({ by: doer }: DayItem, by: string): void {
    if (doer === undefined || !isSamePerson(doer, by)) return
    throw new LaneFault('DAY-01', { field: '/by', value: by, ...anotherPerson })
  }

  /** Opens the drawer for change or after a mistake: with a reason, and counted beside the shift. */
  openDrawer(args: ArgsOf<'day.drawer'>, role: Role): AnswerOf<'day.drawer'> {
    const { runtime, drawer } = this.parts
    const act = this.acts.of('day.drawer', args, role)
    return act.once(() => {
      const open = drawer?.() ?? noDrawer
      if (typeof open !== 'function') throw new LaneFault('CASH-04', { note: open })
      const body = {
        type: 'drawer',
        detail: canonicalJson({ state: noSale, by: args.by }),
      } as const
      // Written before it opens: without the row the drawer stays shut.
      runtime.append([act.row(), { kind: 'event', atMs: runtime.nowMs(), body }])
      open()
    })
  }

  /** The drawer opens after the row is written, as for cash that is paid back. */
  putFloat(args: ArgsOf<'day.float'>, role: Role): AnswerOf<'day.float'> {
    const { runtime, drawer = () => noDrawer } = this.parts
    const act = this.acts.of('day.float', args, role)
    return act.once(() => {
      const { floatFen, by } = args
      const atMs = runtime.nowMs()
      const pulse = drawerPulse(drawer, { by, atMs })
      runtime.append([
        act.row(`${floatFen}`),
        { kind: 'book', atMs, body: { row: 'float', floatFen, by } },
        ...(pulse === null ? [] : [pulse.row]),
      ])
      pulse?.open()
    })
  }

  private write(
    audit: RowDraft,
    bodies: readonly TallyRow[],
    atMs = this.parts.runtime.nowMs(),
  ): void {
    const rows = bodies.map((body): RowDraft => ({ kind: 'book', atMs, body }))
    // The operator's platform is informed at once of the shift that a count ends.
    this.parts.runtime.carryOut([audit, ...rows])
  }

  /** What the drawer should hold since its last count, or since the ledger began. */
  private drawer(tally: Tally, rows: DayTally): DrawerSum {
    return drawerSum(tally, rows, drawerSpan(tally, rows, this.parts.runtime.nowMs()))
  }

  private async cashOfMonths({ fromMs, toMs }: Span) {
    const months = monthsIn({ fromMs, toMs })
    const sums = await Promise.all(months.map(({ span }) => this.parts.service.sums(span)))
    return months.map(({ month }, n) => ({
      month,
      takenFen: sumOf(sums[n]?.payments ?? [], 'cash'),
    }))
  }
}

export const dayCalls = defineCalls((lot: DayParts & Lot<'fence' | 'acts'>) => {
  const days = new ControlDay(lot, lot.acts)
  return {
    'day.get': async (args, _role, caller) => {
      const now = await lot.fence.shiftOf(caller)
      return now === null ? days.get(args) : ownShiftView(lot, args, now)
    },
    'day.reconcile': (args, role) => days.reconcile(args, role),
    'day.take': (args, role) => days.take(args, role),
    'day.count': (args, role) => days.count(args, role),
    'day.own': (args, role) => days.own(args, role),
    'day.end': (args, role) => days.end(args, role),
    'day.writeOff': (args, role) => days.writeOff(args, role),
    'day.drawer': (args, role) => days.openDrawer(args, role),
    'day.float': (args, role) => days.putFloat(args, role),
  }
})
