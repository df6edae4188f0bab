// A car that pays for parking nowhere, by a rule of the country, is known by its plate: its order is one line of nothing.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'
import { plateKindOf } from '#base/pure/plates/plate-kinds.ts'

/** Order line of a car that is free by law; null: its plate is not of such a kind. */
export function lawLine(
  plate: string | null,
  fromMs: InstantMs,
  toMs: InstantMs,
): OrderLine | null {
  const text = plate === null ? null : (plateKindOf(plate)?.freeBy ?? null)
  return text === null ? null : { fromMs, toMs, rule: 'law', amountFen: 0, text }
}
