// The order of a car without an entry record: one line with a fixed price, identified by its rule.
// It is paid by code or to the attendant, never by ETC (ADR 9, ADR 181).
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'

export const noEntryLine = (nowMs: InstantMs, amountFen: Fen): OrderLine => ({
  fromMs: nowMs,
  toMs: nowMs,
  rule: 'noEntry',
  amountFen,
  text: { zh: '无入场记录,固定收费', en: 'No entry record, fixed price' },
})

export const isNoEntryOrder = (lines: readonly OrderLine[]): boolean => lines[0]?.rule === 'noEntry'
