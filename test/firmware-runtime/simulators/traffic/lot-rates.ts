// Rates of a lot by weekday and local hour: cars in and out per hour, and how many are inside.
// Computed alike for a real trace and for generated traffic, so that the two can be compared.
import { civil, dayStartMs } from '#base/pure/values/instant.ts'
import type { TraceRow } from '#simulators/traffic/trace.ts'
import type { Traffic } from '#simulators/traffic/traffic.ts'

export interface LotRates {
  /** 168 hours of a week, Sunday 0:00 first: cars per hour. */
  readonly entries: number[]
  readonly exits: number[]
  /** Mean number of cars inside. */
  readonly inside: number[]
  /** Entries of each whole local day, with its weekday. */
  readonly days: { weekday: number; entries: number }[]
  /** Exits by quarter, for every hour in which at least `rushHourExits` cars left. */
  readonly busyHours: number[][]
}

const hourMs = 3_600_000
const quarterMs = 900_000
export const rushHourExits = 60

/** A change in the number of cars inside. */
interface Change {
  readonly atMs: number
  readonly in: number
  readonly out: number
}

export function ratesOfTrace(
  rows: readonly TraceRow[],
  capacity: number,
  offsetMin: number,
): LotRates {
  const changes: Change[] = []
  rows.forEach((row, i) => {
    const change = (rows[i - 1]?.free ?? row.free) - row.free
    // The change happened in the five minutes before the sample that shows it.
    changes.push({ atMs: row.atMs - 150_000, in: Math.max(0, change), out: Math.max(0, -change) })
  })
  return rates(changes, capacity - (rows[0]?.free ?? 0), offsetMin)
}

export function ratesOfTraffic(traffic: Traffic, offsetMin: number): LotRates {
  const changes: Change[] = [{ atMs: traffic.fromMs, in: 0, out: 0 }]
  for (const e of traffic.events()) {
    const entry = e.kind === 'entry' ? 1 : 0
    changes.push({ atMs: e.atMs, in: entry, out: 1 - entry })
  }
  changes.push({ atMs: traffic.toMs, in: 0, out: 0 })
  return rates(changes, traffic.insideStart.length, offsetMin)
}

const hourOfWeek = (atMs: number, offsetMin: number): number => {
  const c = civil(atMs, offsetMin)
  return c.weekday * 24 + c.hour
}

const zeros = (): number[] => Array.from({ length: 168 }, () => 0)

const add = <K>(map: Map<K, number>, key: K, value: number): void => {
  map.set(key, (map.get(key) ?? 0) + value)
}

function rates(changes: readonly Change[], insideStart: number, offsetMin: number): LotRates {
  const [entries, exits, insideMs, seenMs] = [zeros(), zeros(), zeros(), zeros()]
  const perDay = new Map<number, number>()
  const perQuarter = new Map<number, number>()
  let inside = insideStart
  let lastMs = changes[0]?.atMs ?? 0
  for (const change of changes) {
    while (lastMs < change.atMs) {
      const untilMs = Math.min(change.atMs, (Math.floor(lastMs / hourMs) + 1) * hourMs)
      const hour = hourOfWeek(lastMs, offsetMin)
      insideMs[hour] = (insideMs[hour] ?? 0) + Math.max(0, inside) * (untilMs - lastMs)
      seenMs[hour] = (seenMs[hour] ?? 0) + untilMs - lastMs
      add(perDay, dayStartMs(lastMs, offsetMin), 0)
      lastMs = untilMs
    }
    const hour = hourOfWeek(change.atMs, offsetMin)
    entries[hour] = (entries[hour] ?? 0) + change.in
    exits[hour] = (exits[hour] ?? 0) + change.out
    add(perDay, dayStartMs(change.atMs, offsetMin), change.in)
    add(perQuarter, Math.floor(change.atMs / quarterMs), change.out)
    inside += change.in - change.out
  }
  const perHour = (list: number[]): number[] => list.map((n, h) => (n * hourMs) / (seenMs[h] ?? 1))
  const whole = [...perDay].sort(([a], [b]) => a - b).slice(1, -1)
  return {
    entries: perHour(entries),
    exits: perHour(exits),
    inside: insideMs.map((ms, h) => ms / (seenMs[h] ?? 1)),
    days: whole.map(([atMs, n]) => ({ weekday: civil(atMs, offsetMin).weekday, entries: n })),
    busyHours: busyHoursOf(perQuarter),
  }
}

function busyHoursOf(perQuarter: ReadonlyMap<number, number>): number[][] {
  const starts = new Set([...perQuarter.keys()].map((q) => q - (((q % 4) + 4) % 4)))
  const hours = [...starts].map((q) => [0, 1, 2, 3].map((i) => perQuarter.get(q + i) ?? 0))
  return hours.filter((quarters) => quarters.reduce((a, b) => a + b, 0) >= rushHourExits)
}
