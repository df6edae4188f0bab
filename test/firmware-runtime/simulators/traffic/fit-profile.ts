// Fits a traffic profile to a real trace. The committed profiles are its output.
// A trace contains no stays: they are the mixture that, given the entries, best explains exits and occupancy.
import { arrivalKind, arrivalKinds, stayEdgesMin, staySteps } from '#simulators/traffic/stays.ts'
import type { TrafficProfile } from '#simulators/traffic/stays.ts'
import type { LotRates } from './lot-rates.ts'

const hours = 168
const rounds = 80
/** An hour's occupancy counts less than its exits, as neighbouring hours are strongly correlated. */
const insideWeight = 0.1
const samplesPerHour = 4
const samplesPerStep = 8

export function fitProfile(rates: LotRates, capacity: number): TrafficProfile {
  const shares = fitStays(rates)
  return {
    capacity,
    entriesPerHour: Array.from({ length: 7 }, (_, day) =>
      rates.entries.slice(day * 24, day * 24 + 24).map((n) => Math.round(n * 1000)),
    ),
    stayPermille: shares.map(permilles),
    dayPermille: dayKinds(rates),
    rushPermille: rushOf(rates),
  }
}

/** Whole permille that add up to 1000: the largest share absorbs the rounding. */
function permilles(shares: readonly number[]): number[] {
  const whole = shares.map((s) => Math.round(s * 1000))
  const largest = whole.indexOf(Math.max(...whole))
  const left = 1000 - whole.reduce((a, b) => a + b, 0)
  return whole.map((n, i) => (i === largest ? n + left : n))
}

/** What one car per hour of a kind and step adds to each hour's exits and occupancy. */
function effects(entries: readonly number[]): Float64Array[][] {
  const table = Array.from({ length: arrivalKinds }, () =>
    Array.from({ length: staySteps }, () => new Float64Array(2 * hours)),
  )
  for (let hour = 0; hour < hours; hour++) {
    const kind = arrivalKind(Math.floor(hour / 24), hour % 24)
    for (let step = 0; step < staySteps; step++) {
      const row = table[kind]?.[step]
      if (row !== undefined) addEffect(row, hour, step, entries[hour] ?? 0)
    }
  }
  return table
}

function addEffect(row: Float64Array, hour: number, step: number, rate: number): void {
  const [low = 0, high = 0] = stayEdgesMin.slice(step, step + 2)
  const share = rate / (samplesPerHour * samplesPerStep)
  for (let a = 0; a < samplesPerHour; a++) {
    for (let s = 0; s < samplesPerStep; s++) {
      let at = hour + (a + 0.5) / samplesPerHour
      const until = at + (low + ((s + 0.5) / samplesPerStep) * (high - low)) / 60
      const exitHour = Math.floor(until) % hours
      row[exitHour] = (row[exitHour] ?? 0) + share
      while (at < until) {
        const next = Math.min(until, Math.floor(at) + 1)
        const slot = hours + (Math.floor(at) % hours)
        row[slot] = (row[slot] ?? 0) + share * insideWeight * (next - at)
        at = next
      }
    }
  }
}

/** Expectation and maximisation for a mixture of Poisson sources; shares stay positive and sum to 1. */
function fitStays(rates: LotRates): number[][] {
  const table = effects(rates.entries)
  const seen = [...rates.exits, ...rates.inside.map((n) => n * insideWeight)]
  const shares = table.map((steps) => steps.map(() => 1 / staySteps))
  for (let round = 0; round < rounds; round++) {
    const wanted = new Float64Array(2 * hours)
    eachCell(table, (row, kind, step) => {
      const share = shares[kind]?.[step] ?? 0
      for (let i = 0; i < row.length; i++) wanted[i] = (wanted[i] ?? 0) + share * (row[i] ?? 0)
    })
    const ratio = seen.map((n, i) => n / Math.max(wanted[i] ?? 0, 1e-9))
    eachCell(table, (row, kind, step) => {
      let [up, down] = [0, 0]
      for (let i = 0; i < row.length; i++) {
        up += (row[i] ?? 0) * (ratio[i] ?? 0)
        down += row[i] ?? 0
      }
      const list = shares[kind]
      if (list !== undefined && down > 0) list[step] = ((list[step] ?? 0) * up) / down
    })
    for (const list of shares) {
      const sum = list.reduce((a, b) => a + b, 0)
      list.forEach((share, i) => (list[i] = share / sum))
    }
  }
  return shares
}

function eachCell(
  table: readonly (readonly Float64Array[])[],
  visit: (row: Float64Array, kind: number, step: number) => void,
): void {
  table.forEach((steps, kind) => steps.forEach((row, step) => visit(row, kind, step)))
}

/** Day totals relative to their weekday's mean, as the means of ten equal groups; overall mean 1000. */
function dayKinds(rates: LotRates): number[] {
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length
  const ratios = rates.days.map((day) => {
    const same = rates.days.filter((d) => d.weekday === day.weekday).map((d) => d.entries)
    return day.entries / Math.max(1, mean(same))
  })
  ratios.sort((a, b) => a - b)
  const groups = Array.from({ length: 10 }, (_, i) => {
    const from = Math.floor((i * ratios.length) / 10)
    return mean(ratios.slice(from, Math.floor(((i + 1) * ratios.length) / 10)))
  })
  const whole = mean(groups)
  return groups.map((g) => Math.round((g / whole) * 1000))
}

/** The fullest quarter of a busy hour holds a quarter of its exits and this share of the rest. */
function rushOf(rates: LotRates): number {
  let [top, all] = [0, 0]
  for (const quarters of rates.busyHours) {
    top += Math.max(...quarters)
    all += quarters.reduce((a, b) => a + b, 0)
  }
  return all === 0 ? 0 : Math.round(Math.max(0, (top / all - 0.25) / 0.75) * 1000)
}
