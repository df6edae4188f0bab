// What a stay costs: the arithmetic from a tariff to an amount with its lines in words.
// The rules are those of docs/tariffs.md and ADR 142; lengths are compared in ms, money is whole fen.
import { t } from '#base/pure/words/fault-text.ts'
import { type BilingualText, LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { type Fen, fenMax } from '#base/pure/values/fen.ts'
import { dayMs, dayStartMs, type InstantMs, isoOf, minuteMs } from '#base/pure/values/instant.ts'
import { nothingBefore, type CountedBefore } from '#base/pure/rows/counted-before.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'
import { must, present } from '#base/pure/values/must.ts'
import { bandRuns, dayKindOf, minuteOf } from './bands.ts'
import {
  capTexts,
  flatText,
  freeLeftText,
  freeText,
  nonCommercialText,
  notWholeText,
  overstayText,
  periodText,
  tailText,
  visitText,
} from './line-text.ts'
import type { Tariff, TariffBand, TariffDays, TariffPackage, TariffPlan } from './tariff.ts'
import { planOf, unknownVehicle, type Vehicle } from './tariff.ts'

export interface Price {
  readonly amountFen: Fen
  /** Lines meet without gap from entry to exit; their amounts add up to `amountFen`. */
  readonly lines: readonly OrderLine[]
}

/** Ten years. A longer stay is a wrong clock or a wrong entry time and is for a person to price. */
export const stayMsMax = 3_653 * dayMs

/**
 * Price of a stay, `before` being what earlier stays of its day took of free time and cap. Throws LaneFault TARIFF-02 when the end lies before the start, the stay is
 * longer than `stayMsMax`, or the amount is larger than one order may be (T05, T08).
 */
export function price(
  tariff: Tariff,
  fromMs: InstantMs,
  toMs: InstantMs,
  vehicle: Vehicle = unknownVehicle,
  before: CountedBefore = nothingBefore,
): Price {
  checkStay(fromMs, toMs)
  if (tariff.use === 'nonCommercial')
    return priceOf([line('free', fromMs, toMs, 0, nonCommercialText)])
  const plan = planOf(tariff, fromMs, toMs, vehicle)
  const freeMs = Math.max(0, plan.freeMin * minuteMs - before.freeUsedMs)
  const freeEndMs = fromMs + freeMs
  const ofFree =
    before.freeUsedMs === 0 ? freeText(plan.freeMin) : freeLeftText(Math.floor(freeMs / minuteMs))
  if (toMs <= freeEndMs) return priceOf([line('free', fromMs, toMs, 0, ofFree)])
  const billFromMs = plan.freeMinutesCounted ? fromMs : freeEndMs
  const free = line('free', fromMs, billFromMs, 0, before.overstay ? overstayText : ofFree)
  const { days } = tariff
  const charged = new StayMeter({ plan, days, before, fromMs, billFromMs, toMs }).lines()
  const ordinary = priceOf(billFromMs > fromMs || before.overstay ? [free, ...charged] : charged)
  const found = cheapest(plan.packages ?? [], days, fromMs, toMs)
  const best =
    found !== null && found.fen < ordinary.amountFen
      ? priceOf([line('package', fromMs, toMs, found.fen, found.name)])
      : ordinary
  const { amountFen } = best
  if (amountFen > fenMax)
    refuse('/amountFen', String(amountFen), t('金额超过上限', 'the amount is over the limit'))
  return best
}

const priceOf = (lines: readonly OrderLine[]): Price => ({
  amountFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0),
  lines,
})

/** The cheapest package that a stay fits; of equal ones the first. */
function cheapest(
  packages: readonly TariffPackage[],
  days: TariffDays,
  fromMs: InstantMs,
  toMs: InstantMs,
): TariffPackage | null {
  const enteredDayMs = dayStartMs(fromMs)
  const isWithin = (atMs: InstantMs, dayAtMs: InstantMs, from: string, to: string): boolean =>
    atMs >= dayAtMs + minuteOf(from) * minuteMs && atMs < dayAtMs + minuteOf(to) * minuteMs
  let best: TariffPackage | null = null
  for (const one of packages) {
    const leaveDayMs = enteredDayMs + one.leaveAfterDays * dayMs
    if (!isWithin(fromMs, enteredDayMs, one.enterFrom, one.enterTo)) continue
    if (!isWithin(toMs, leaveDayMs, one.leaveFrom, one.leaveTo)) continue
    if (one.days?.includes(dayKindOf(fromMs, days)) === false) continue
    if (best === null || one.fen < best.fen) best = one
  }
  return best
}

interface ChargedStay {
  readonly plan: TariffPlan
  readonly days: TariffDays
  readonly before: CountedBefore
  readonly fromMs: InstantMs
  /** Start of the first period. */
  readonly billFromMs: InstantMs
  readonly toMs: InstantMs
}

/** A cap on the periods that begin before an instant, and what it leaves. No cap leaves Infinity. */
interface Cap {
  readonly endMs: InstantMs
  readonly text: () => BilingualText
  leftFen: number
}

type CapScope = 'run' | 'day' | 'day24h' | 'stay'

/**
 * Goes from one end of a band, day or block to the next, never from period to period: ten years by the
 * minute are as many rounds as ten years by the day.
 */
class StayMeter {
  private readonly stay: ChargedStay
  private readonly runAt: ReturnType<typeof bandRuns>
  /** Number of periods begun in each band since its steps were reset. */
  private begun: number[] = []
  private isFlatDue = false
  private band = 0
  /** Periods that begin at or after this instant are the free tail (`tailMin`). The first period is always charged. */
  private readonly chargeEndMs: InstantMs
  private readonly caps = new Map<CapScope, Cap>()
  private readonly made: OrderLine[] = []

  constructor(stay: ChargedStay) {
    this.stay = stay
    this.runAt = bandRuns(stay.plan.bands, stay.days)
    const { plan, billFromMs, toMs } = stay
    this.chargeEndMs = Math.max(toMs - (plan.tailMin ?? 0) * minuteMs, billFromMs + 1)
    this.restart()
  }

  lines(): readonly OrderLine[] {
    const { plan, billFromMs, toMs } = this.stay
    let atMs = billFromMs
    while (atMs < this.chargeEndMs) {
      const freeEndMs = this.freeEndAt(atMs)
      if (freeEndMs > atMs) {
        this.made.push(line('free', atMs, freeEndMs, 0, freeText(plan.freeMin)))
        atMs = freeEndMs
      } else {
        this.renewCaps(atMs)
        atMs = this.stretch(atMs)
      }
    }
    if (atMs < toMs) this.made.push(line('free', atMs, toMs, 0, tailText(plan.tailMin ?? 0)))
    return this.made
  }

  private restart(): void {
    this.begun = this.stay.plan.bands.map(() => 0)
    this.isFlatDue = this.stay.plan.first !== undefined
  }

  /** End of the free minutes of a later 24 h block that starts here; the instant itself where it has none. */
  private freeEndAt(atMs: InstantMs): InstantMs {
    const { plan, fromMs, toMs } = this.stay
    if (plan.freeEach24h !== true || atMs === fromMs || (atMs - fromMs) % dayMs > 0) return atMs
    const endMs = atMs + plan.freeMin * minuteMs
    return toMs <= endMs ? toMs : plan.freeMinutesCounted ? atMs : endMs
  }

  /** True when steps reset every 24 h, so that no period extends into the next block. */
  private get isOf24h(): boolean {
    return this.stay.plan.stepsRestart === '24h'
  }

  /** A period belongs to the run, the day and the block of 24 h in which it begins. */
  private renewCaps(atMs: InstantMs): void {
    const { plan, fromMs, toMs } = this.stay
    const { dayFen, stayFen } = plan.caps
    const endsDaily = dayFen !== undefined || plan.stepsRestart === 'day'
    this.renew('stay', atMs, () => ({ endMs: toMs, fen: stayFen, text: capTexts.stay }))
    this.renew('day24h', atMs, () => {
      if (this.isOf24h) this.restart()
      const block = Math.floor((atMs - fromMs) / dayMs)
      const fen = cap24hOf(plan, block)
      const hasEnd = fen !== undefined || this.isOf24h
      const text = () => capTexts.day24h(block + 1)
      return { endMs: hasEnd ? fromMs + (block + 1) * dayMs : toMs, fen, text }
    })
    this.renew('day', atMs, () => {
      if (plan.stepsRestart === 'day') this.restart()
      const startMs = dayStartMs(atMs)
      const beforeFen = this.stay.before.days.find((day) => day.dayMs === startMs)?.amountFen ?? 0
      const text = () => capTexts.day(startMs, beforeFen)
      const fen = dayFen === undefined ? undefined : Math.max(0, dayFen - beforeFen)
      return { endMs: endsDaily ? startMs + dayMs : toMs, fen, text }
    })
    this.renew('run', atMs, () => {
      if (plan.stepsRestart === 'run') this.restart()
      const { band, endMs } = this.runAt(atMs, this.isOf24h ? this.blockEndMs : toMs)
      this.band = band
      return { endMs, fen: this.ownBand.capFen, text: () => capTexts.run(this.ownBand, atMs) }
    })
  }

  private get blockEndMs(): InstantMs {
    return present(this.caps.get('day24h'), 'an instant is in a block').endMs
  }

  private get runEndMs(): InstantMs {
    return present(this.caps.get('run'), 'an instant is in a run').endMs
  }

  private get ownBand(): TariffBand {
    return present(this.stay.plan.bands[this.band], 'a run is of a band')
  }

  private renew(
    scope: CapScope,
    atMs: InstantMs,
    next: () => { endMs: InstantMs; fen: Fen | undefined; text: () => BilingualText },
  ): void {
    const known = this.caps.get(scope)
    if (known !== undefined && atMs < known.endMs) return
    const { endMs, fen, text } = next()
    this.caps.set(scope, { endMs, text, leftFen: fen ?? Infinity })
  }

  /** Charges what begins before the first end of a run, day or block; answers where the next begins. */
  private stretch(startMs: InstantMs): InstantMs {
    const { toMs } = this.stay
    const caps = [...this.caps.values()]
    const untilMs = Math.min(this.chargeEndMs, ...caps.map(({ endMs }) => endMs))
    const own: OrderLine[] = []
    let capText: BilingualText | null = null
    let atMs = startMs
    while (atMs < untilMs) {
      const periods = this.periodsAt(atMs, untilMs)
      const tightest = caps.reduce((a, b) => (b.leftFen <= a.leftFen ? b : a))
      const fen = Math.min(periods.dueFen, tightest.leftFen)
      if (fen < periods.dueFen) capText ??= tightest.text()
      for (const cap of caps) cap.leftFen -= fen
      own.push(line(periods.rule, atMs, Math.min(periods.endMs, toMs), fen, periods.text))
      atMs = periods.endMs
    }
    if (capText === null) this.made.push(...own)
    else this.pushCap(line('cap', startMs, Math.min(atMs, toMs), priceOf(own).amountFen, capText))
    return atMs
  }

  /** One line where the same cap goes on; one for each date where the stays of a date count together. */
  private pushCap(cap: OrderLine): void {
    const last = this.made.at(-1)
    const isByDate = this.stay.plan.dayVisits?.capTogether === true
    if (last?.rule !== 'cap' || last.text.en !== cap.text.en) this.made.push(cap)
    else if (isByDate && dayStartMs(last.fromMs) !== dayStartMs(cap.fromMs)) this.made.push(cap)
    else {
      this.made.pop()
      this.made.push({ ...last, toMs: cap.toMs, amountFen: last.amountFen + cap.amountFen })
    }
  }

  /** The periods of one price that begin from here on, up to `untilMs`. */
  private periodsAt(atMs: InstantMs, untilMs: InstantMs) {
    const band = this.ownBand
    const { bands, first } = this.stay.plan
    const isOnly = bands.length === 1
    const { steps = [], visitFen } = band
    if (this.isFlatDue && first !== undefined) {
      this.isFlatDue = false
      const endMs = atMs + first.min * minuteMs
      const limitMs = this.isOf24h ? this.blockEndMs : Infinity
      if (this.isCut(endMs, limitMs)) return this.notCharged(first.min, limitMs)
      const flat = { dueFen: first.fen, text: flatText(first.min) }
      return { rule: 'first', endMs: Math.min(endMs, limitMs), ...flat } as const
    }
    if (visitFen !== undefined) {
      return {
        rule: 'visit',
        endMs: this.runEndMs,
        dueFen: visitFen,
        text: visitText(band, isOnly),
      } as const
    }
    const { index, left, min, fen } = this.stepAt()
    must(min > 0, 'periods are checked on reading')
    const periodMs = min * minuteMs
    const limitMs = this.limitMs
    const begun = Math.min(left, Math.ceil((untilMs - atMs) / periodMs))
    // Of several periods that begin here only the last can be cut.
    const count = this.isCut(atMs + begun * periodMs, limitMs) ? begun - 1 : begun
    if (count === 0) return this.notCharged(min, limitMs)
    this.begun[this.band] = this.begunHere + count
    const isFirst = index === 0 && steps.length > 1
    return {
      rule: isFirst ? 'first' : 'next',
      endMs: Math.min(atMs + count * periodMs, limitMs),
      dueFen: count * fen,
      text: periodText(band, steps, { index, count, min }, isOnly),
    } as const
  }

  /** Where every period ends at the latest. */
  private get limitMs(): InstantMs {
    if (this.stay.plan.periodsEndWithBand === true) return this.runEndMs
    return this.isOf24h ? this.blockEndMs : Infinity
  }

  /** True for a period that is not charged because it is not a whole one. */
  private isCut(endMs: InstantMs, limitMs: InstantMs): boolean {
    return this.stay.plan.wholePeriods === true && endMs > Math.min(limitMs, this.stay.toMs)
  }

  private notCharged(min: number, limitMs: InstantMs) {
    const endMs = Math.min(limitMs, this.stay.toMs)
    return { rule: 'free', endMs, dueFen: 0, text: notWholeText(min) } as const
  }

  private get begunHere(): number {
    return present(this.begun[this.band], 'a run is of a band')
  }

  private stepAt() {
    let before = 0
    for (const [index, { min, fen, times = Infinity }] of (this.ownBand.steps ?? []).entries()) {
      const left = before + times - this.begunHere
      if (left > 0) return { index, left, min, fen }
      before += times
    }
    throw new Error('the last step has no end')
  }
}

/** The cap of a block of 24 h, counted from 0. */
function cap24hOf({ caps: { day24hFen, later24hFen = [] } }: TariffPlan, block: number) {
  if (block === 0) return day24hFen
  return later24hFen[block - 1] ?? later24hFen.at(-1) ?? day24hFen
}

const line = (
  rule: OrderLine['rule'],
  fromMs: InstantMs,
  toMs: InstantMs,
  amountFen: Fen,
  text: BilingualText,
): OrderLine => ({ fromMs, toMs, rule, amountFen, text })

function checkStay(fromMs: InstantMs, toMs: InstantMs): void {
  if (!Number.isSafeInteger(fromMs)) refuse('/from', String(fromMs), t('不是时间', 'not a time'))
  if (!Number.isSafeInteger(toMs)) refuse('/to', String(toMs), t('不是时间', 'not a time'))
  if (toMs < fromMs)
    refuse(
      '/to',
      isoOf(toMs),
      t(
        `停车在 ${isoOf(fromMs)} 开始之前就结束了`,
        `the stay ends before it begins at ${isoOf(fromMs)}`,
      ),
    )
  if (toMs - fromMs > stayMsMax)
    refuse('/to', isoOf(toMs), t('停车超过十年', 'the stay is longer than ten years'))
}

function refuse(field: string, value: string, note: Why): never {
  throw new LaneFault('TARIFF-02', { field, value, note })
}
