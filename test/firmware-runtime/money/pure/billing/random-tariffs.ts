// Random tariffs and stays, on and beside their edges; the same seed gives the same ones.
// A tariff is made as a file is written; the reader must accept it before it prices anything.
import { checkTariff } from '#lane/lot/files/tariff-file.ts'
import { dayKinds, type Tariff, type Vehicle } from '#money/pure/billing/tariff.ts'
import { instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import { plateColours } from '#base/pure/plates/plate.ts'

export type Chance = (below: number) => number

/** Park and Miller's minimal standard generator. */
export function seeded(seed: number): Chance {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const firstMs = instantOfIso('2026-09-20T00:00:00+08:00')
const dayMs = 86_400_000
const datesAhead = 40
const two = (n: number): string => String(n).padStart(2, '0')
const clockOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
const dateOf = (day: number): string => isoOf(firstMs + day * dayMs).slice(0, 10)

export class TariffMaker {
  private readonly chance: Chance

  constructor(chance: Chance) {
    this.chance = chance
  }

  private one<T>(list: readonly T[]): T {
    const found = list[this.chance(list.length)]
    if (found === undefined) throw new Error('an empty list')
    return found
  }

  private maybe<T>(percent: number, make: () => T): T | undefined {
    return this.chance(100) < percent ? make() : undefined
  }

  private minute(): number {
    return this.one([this.chance(1440), this.chance(96) * 15, this.chance(24) * 60])
  }

  private fen(): number {
    return this.one([0, this.chance(50), this.chance(20) * 50, this.chance(100) * 10])
  }

  private charge() {
    const visitFen = this.maybe(25, () => this.fen())
    const capFen = this.maybe(30, () => this.chance(30) * 100)
    if (visitFen !== undefined) return { visitFen, capFen }
    const min = () => this.one([1 + this.chance(90), 15, 30, 60, 120, 480, 1440, 2000])
    const more = Array.from({ length: this.chance(3) }, () => ({
      min: min(),
      fen: this.fen(),
      times: 1 + this.chance(4),
    }))
    return { steps: [...more, { min: min(), fen: this.fen() }], capFen }
  }

  /** Bands around the clock, some over midnight. */
  private around(days: readonly string[] | undefined) {
    const cuts = [...new Set(Array.from({ length: this.chance(5) }, () => this.minute()))]
    cuts.sort((a, b) => a - b)
    if (cuts.length < 2) return [{ days, from: '00:00', to: '24:00', ...this.charge() }]
    return cuts.map((cut, i) => ({
      days,
      from: clockOf(cut),
      to: clockOf(cuts[(i + 1) % cuts.length] ?? 0),
      ...this.charge(),
    }))
  }

  private bands() {
    const [workday, weekend, holiday] = dayKinds
    const groups = this.one([
      [undefined],
      [[...dayKinds]],
      [[workday], [weekend, holiday]],
      [[workday, holiday], [weekend]],
      [[workday], [weekend], [holiday]],
    ])
    const all = groups.flatMap((days) => this.around(days))
    return this.chance(2) === 0 ? all : all.reverse()
  }

  private tariffPackage() {
    const [enterFrom, leaveFrom] = [this.chance(1380), this.chance(1380)]
    const leaveAfterDays = leaveFrom > enterFrom ? this.chance(2) : 1
    const end = (from: number): string => clockOf(from + 1 + this.chance(1440 - from))
    return {
      name: { zh: '套餐', en: 'Package' },
      days: this.maybe(50, () => [this.one(dayKinds)]),
      enterFrom: clockOf(enterFrom),
      enterTo: end(enterFrom),
      leaveAfterDays,
      leaveFrom: clockOf(leaveFrom),
      leaveTo: end(leaveFrom),
      fen: this.fen(),
    }
  }

  private when() {
    const members = {
      classes: this.maybe(40, () => [1 + this.chance(4)]),
      colours: this.maybe(40, () => [this.one(['blue', 'yellow', 'green'])]),
      newEnergy: this.maybe(40, () => this.chance(2) === 0),
      areas: this.maybe(30, () => ['B1']),
    }
    return Object.values(members).some((m) => m !== undefined) ? members : { newEnergy: true }
  }

  private plan() {
    const bands = this.bands()
    const stepsRestart = this.one(['never', 'day', 'run', '24h', '24h'])
    const first = this.maybe(20, () => ({ min: 30 + this.chance(200), fen: this.fen() }))
    const lengths = bands.flatMap((band) => ('steps' in band ? (band.steps ?? []) : []))
    const shortest = Math.min(30, ...lengths.map(({ min }) => min))
    const day24hFen = this.maybe(40, () => this.chance(50) * 100)
    const wholePeriods = this.maybe(40, () => this.chance(4) > 0)
    const tail = (): number => this.chance(shortest)
    const more = () => Array.from({ length: 1 + this.chance(3) }, () => this.chance(50) * 100)
    return {
      freeMin: this.one([0, 15, this.chance(120)]),
      freeMinutesCounted: this.chance(2) === 0,
      stepsRestart,
      freeEach24h: stepsRestart === '24h' ? this.maybe(60, () => this.chance(3) > 0) : undefined,
      tailMin: wholePeriods === true ? undefined : this.maybe(30, tail),
      wholePeriods,
      periodsEndWithBand: this.maybe(40, () => this.chance(4) > 0),
      first,
      bands,
      caps: {
        stayFen: this.maybe(25, () => this.chance(100) * 100),
        dayFen: this.maybe(40, () => this.chance(50) * 100),
        day24hFen,
        later24hFen: day24hFen === undefined ? undefined : this.maybe(40, more),
      },
      packages: this.maybe(40, () => [this.tariffPackage(), this.tariffPackage()]),
    }
  }

  /** In file form: without undefined members. */
  file(): unknown {
    const later = [...new Set([this.chance(datesAhead), this.chance(datesAhead)])].sort(
      (a, b) => a - b,
    )
    const editions = [undefined, ...later.slice(0, this.chance(3))].map((day) => ({
      validFrom:
        day === undefined ? undefined : `${dateOf(day)}T${clockOf(this.minute())}:00+08:00`,
      graceAfterPayMin: 15,
      plans: [
        ...Array.from({ length: this.chance(3) }, () => ({ when: this.when(), ...this.plan() })),
        this.plan(),
      ],
    }))
    const marked = [
      ...new Set(Array.from({ length: this.chance(20) }, () => this.chance(datesAhead))),
    ]
    const dates = marked.map(dateOf)
    const half = this.chance(dates.length + 1)
    const isFree = this.chance(50) === 0
    const file = {
      id: 'random',
      version: 2,
      name: { zh: '随机', en: 'Random' },
      use: isFree ? 'nonCommercial' : 'commercial',
      decidedBy: this.one(['entry', 'exit']),
      days: { holidays: dates.slice(0, half), workdays: dates.slice(half) },
      editions: isFree ? [] : editions,
    }
    return JSON.parse(JSON.stringify(file))
  }

  tariff(): Tariff {
    return checkTariff(this.file(), 'random').tariff
  }

  /** Begins and ends on whole minutes, one ms beside them, or anywhere. */
  stay(): TestStay {
    const nudge = () => this.one([0, 0, 0, 1, -1, this.chance(60_000)])
    const fromMs = firstMs + this.chance(datesAhead * 1440) * 60_000 + nudge()
    const minutes = this.one([
      this.chance(180),
      this.chance(1440),
      this.chance(3 * 1440),
      this.chance(8 * 1440),
      this.chance(8) * 1440,
      this.chance(40) * 15,
    ])
    return {
      fromMs,
      toMs: Math.max(fromMs, fromMs + minutes * 60_000 + nudge()),
      vehicle: {
        vehicleClass: this.one([null, 1, 2, 3, 4]),
        colour: this.one(plateColours),
        area: this.one([null, 'B1', 'B2']),
      },
    }
  }
}

export interface TestStay {
  readonly fromMs: number
  readonly toMs: number
  readonly vehicle: Vehicle
}
