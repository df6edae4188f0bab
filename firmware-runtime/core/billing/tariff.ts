// What a stay costs: a tariff as data, and the arithmetic from it to an amount with its lines in words.
// The rules are stated in docs/adr/0010-tariff-rules.md; lengths are compared in ms, money is whole fen.
import { LaneFault } from '../values/faults.ts'
import type { BilingualText } from '../values/faults.ts'
import { fenMax } from '../values/fen.ts'
import type { Fen } from '../values/fen.ts'
import { dayMs, dayStartMs, isoOf, minuteMs } from '../values/instant.ts'
import type { InstantMs } from '../values/instant.ts'
import type { OrderLine } from '../values/ledger-row.ts'
import { must } from '../values/must.ts'

/** `calendar`: days begin at 00:00 +08:00. `24h`: days are blocks of 24 h counted from the entry. */
type DayBoundary = 'calendar' | '24h'

/** The numbers that decide a price; a vehicle class may override any of them. */
export interface TariffRules {
  /** A stay of exactly this length is still free; one ms more is not. */
  readonly freeMin: number
  readonly firstPeriodMin: number
  readonly firstFen: Fen
  /** Every further period that has started is charged in full. */
  readonly nextPeriodMin: number
  readonly nextFen: Fen
  /** Most that the periods starting within one day cost together; null means no cap. */
  readonly dailyCapFen: Fen | null
}

export interface Tariff extends TariffRules {
  readonly id: string
  /** Version of this format, not of the prices: new prices get a new id. */
  readonly version: 1
  readonly name: BilingualText
  readonly dayBoundary: DayBoundary
  /** True: a stay longer than the free time is charged from its entry. False: from the free time's end. */
  readonly freeMinutesCounted: boolean
  /** Minutes a driver has to leave after paying before the exit; afterwards the stay is priced anew. */
  readonly graceAfterPayMin: number
  /** Vehicle class as in the OBU ("1" small car, "2" bus ...) to what differs for it. */
  readonly classes?: Readonly<Record<string, Partial<TariffRules>>>
}

export interface Price {
  readonly amountFen: Fen
  /** Lines meet without gap from entry to exit; their amounts add up to `amountFen`. */
  readonly lines: readonly OrderLine[]
}

/** Ten years. A longer stay is a wrong clock or a wrong entry time and is for a person to price. */
export const stayMsMax = 3_653 * dayMs

/** The rules that hold for a vehicle class; a class without an entry pays the common rules. */
export function rulesOf(tariff: Tariff, vehicleClass?: number): TariffRules {
  const classes = tariff.classes ?? {}
  const key = String(vehicleClass)
  return Object.hasOwn(classes, key) ? { ...tariff, ...classes[key] } : tariff
}

/** The last instant at which a car that paid inside may leave without a further charge. */
export const graceEndsMs = (tariff: Tariff, paidAtMs: InstantMs): InstantMs =>
  paidAtMs + tariff.graceAfterPayMin * minuteMs

/**
 * Price of a stay. Throws LaneFault TARIFF-02 when the end lies before the start, the stay is
 * longer than `stayMsMax`, or the amount is larger than one order may be (T05, T08).
 */
export function price(
  tariff: Tariff,
  fromMs: InstantMs,
  toMs: InstantMs,
  vehicleClass?: number,
): Price {
  checkStay(fromMs, toMs)
  const rules = rulesOf(tariff, vehicleClass)
  must(rules.firstPeriodMin > 0 && rules.nextPeriodMin > 0, 'periods are checked on reading')
  const freeEndMs = fromMs + rules.freeMin * minuteMs
  if (toMs <= freeEndMs) return { amountFen: 0, lines: [freeLine(rules, fromMs, toMs)] }
  const billFromMs = tariff.freeMinutesCounted ? fromMs : freeEndMs
  const lines: OrderLine[] = []
  if (billFromMs > fromMs) lines.push(freeLine(rules, fromMs, billFromMs))
  const stay = { rules, boundary: tariff.dayBoundary, fromMs, billFromMs, toMs }
  lines.push(...chargedLines(stay))
  const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0)
  if (amountFen > fenMax) refuse('/amountFen', String(amountFen), 'the amount is over the limit')
  return { amountFen, lines }
}

interface ChargedStay {
  readonly rules: TariffRules
  readonly boundary: DayBoundary
  readonly fromMs: InstantMs
  /** Start of the first period. */
  readonly billFromMs: InstantMs
  readonly toMs: InstantMs
}

/** Goes from day to day, never from minute to minute: ten years are at most 3,654 rounds. */
function chargedLines(stay: ChargedStay): OrderLine[] {
  const { rules, billFromMs, toMs } = stay
  const firstMs = rules.firstPeriodMin * minuteMs
  const nextMs = rules.nextPeriodMin * minuteMs
  const gridMs = billFromMs + firstMs
  const lines: OrderLine[] = []
  let atMs = billFromMs
  while (atMs < toMs) {
    const day = dayOf(stay, atMs)
    const endMs = Math.min(day.endMs, toMs)
    // A period belongs to the day in which it starts, so the last one may reach into the next day.
    const withFirst = atMs === billFromMs
    const nextFromMs = withFirst ? gridMs : atMs
    const count = nextFromMs < endMs ? Math.ceil((endMs - nextFromMs) / nextMs) : 0
    const untilMs = nextFromMs + count * nextMs
    const dueFen = (withFirst ? rules.firstFen : 0) + count * rules.nextFen
    if (rules.dailyCapFen !== null && dueFen > rules.dailyCapFen) {
      lines.push(line('cap', atMs, Math.min(untilMs, toMs), rules.dailyCapFen, capText(stay, day)))
    } else {
      if (withFirst) {
        const text = firstText(rules.firstPeriodMin)
        lines.push(line('first', atMs, Math.min(gridMs, toMs), rules.firstFen, text))
      }
      if (count > 0) {
        const text = nextText(rules.nextPeriodMin, count)
        const amountFen = count * rules.nextFen
        lines.push(line('next', nextFromMs, Math.min(untilMs, toMs), amountFen, text))
      }
    }
    atMs = untilMs
  }
  return lines
}

interface BillingDay {
  readonly startMs: InstantMs
  readonly endMs: InstantMs
}

/** The day that contains an instant; without a cap the whole stay is one day. */
function dayOf(stay: ChargedStay, atMs: InstantMs): BillingDay {
  if (stay.rules.dailyCapFen === null) return { startMs: stay.fromMs, endMs: stay.toMs }
  const startMs =
    stay.boundary === 'calendar' ? dayStartMs(atMs) : atMs - ((atMs - stay.fromMs) % dayMs)
  return { startMs, endMs: startMs + dayMs }
}

function capText(stay: ChargedStay, day: BillingDay): BilingualText {
  if (stay.boundary === 'calendar') {
    const date = isoOf(day.startMs).slice(0, 10)
    return { zh: `${date} 当日封顶`, en: `Daily cap ${date}` }
  }
  const number = (day.startMs - stay.fromMs) / dayMs + 1
  return { zh: `第 ${number} 个 24 小时封顶`, en: `Cap of 24-hour day ${number}` }
}

const line = (
  rule: OrderLine['rule'],
  fromMs: InstantMs,
  toMs: InstantMs,
  amountFen: Fen,
  text: BilingualText,
): OrderLine => ({ fromMs, toMs, rule, amountFen, text })

const freeLine = (rules: TariffRules, fromMs: InstantMs, toMs: InstantMs): OrderLine =>
  line('free', fromMs, toMs, 0, {
    zh: `免费时段 ${rules.freeMin} 分钟`,
    en: `Free ${rules.freeMin} min`,
  })

const firstText = (minutes: number): BilingualText => ({
  zh: `首时段 ${minutes} 分钟`,
  en: `First ${minutes} min`,
})

const nextText = (minutes: number, count: number): BilingualText => ({
  zh: `续时段 ${minutes} 分钟 × ${count}`,
  en: `Further ${minutes} min × ${count}`,
})

function checkStay(fromMs: InstantMs, toMs: InstantMs): void {
  if (!Number.isSafeInteger(fromMs)) refuse('/from', String(fromMs), 'not a time')
  if (!Number.isSafeInteger(toMs)) refuse('/to', String(toMs), 'not a time')
  if (toMs < fromMs)
    refuse('/to', isoOf(toMs), `the stay ends before it begins at ${isoOf(fromMs)}`)
  if (toMs - fromMs > stayMsMax) refuse('/to', isoOf(toMs), 'the stay is longer than ten years')
}

function refuse(field: string, value: string, note: string): never {
  throw new LaneFault('TARIFF-02', { field, value, note })
}
