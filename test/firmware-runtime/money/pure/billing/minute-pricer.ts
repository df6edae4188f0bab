// An independent pricer for tests: walks a stay minute by minute, as a clerk with a watch would.
// Shares no code with money/pure/billing: own calendar (the platform's Date), own rounding, own cap.

export interface ClerkTariff {
  readonly freeMin: number
  readonly firstPeriodMin: number
  readonly firstFen: number
  readonly nextPeriodMin: number
  readonly nextFen: number
  readonly dailyCapFen: number | null
  readonly dayBoundary: 'calendar' | '24h'
  readonly freeMinutesCounted: boolean
}

const chinaDate = (atMs: number): string => new Date(atMs + 28_800_000).toISOString().slice(0, 10)

/** The amount in fen, or null when the stay ends before it begins. */
export function clerkPrice(t: ClerkTariff, fromMs: number, toMs: number): number | null {
  if (toMs < fromMs) return null
  // Minutes that have begun: 0 ms is 0 minutes, 1 ms and 60,000 ms are 1, 60,001 ms are 2.
  let begunMin = 0
  while (fromMs + begunMin * 60_000 < toMs) begunMin++
  if (begunMin <= t.freeMin) return 0
  const perDay = new Map<string, number>()
  let paidMinLeft = 0
  let periods = 0
  for (let minute = t.freeMinutesCounted ? 0 : t.freeMin; minute < begunMin; minute++) {
    if (paidMinLeft === 0) {
      const first = periods++ === 0
      const atMs = fromMs + minute * 60_000
      const day = t.dayBoundary === 'calendar' ? chinaDate(atMs) : String(Math.floor(minute / 1440))
      perDay.set(day, (perDay.get(day) ?? 0) + (first ? t.firstFen : t.nextFen))
      paidMinLeft = first ? t.firstPeriodMin : t.nextPeriodMin
    }
    paidMinLeft--
  }
  let totalFen = 0
  for (const dueFen of perDay.values()) {
    totalFen += t.dailyCapFen !== null && dueFen > t.dailyCapFen ? t.dailyCapFen : dueFen
  }
  return totalFen
}
