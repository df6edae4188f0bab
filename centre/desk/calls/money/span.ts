// The days that a text names: `2026-11-29` itself, `2026-11` those of its month.
import { civil, dayMs, isoOf, parseIso } from '#base/pure/values/instant.ts'

export interface DaySpan {
  readonly from: string
  readonly to: string
}

const startOf = (day: string): number | null => parseIso(`${day}T00:00:00+08:00`)

/** Null: it names no days of 2000 to 2099. */
export function spanOf(text: string): DaySpan | null {
  if (!/^20\d\d-\d\d(?:-\d\d)?$/.test(text)) return null
  if (text.length === 10) return startOf(text) === null ? null : { from: text, to: text }
  const firstMs = startOf(`${text}-01`)
  if (firstMs === null) return null
  const { month } = civil(firstMs)
  const days = [28, 29, 30].find((after) => civil(firstMs + after * dayMs).month !== month) ?? 31
  return { from: `${text}-01`, to: isoOf(firstMs + (days - 1) * dayMs).slice(0, 10) }
}
