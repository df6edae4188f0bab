// Calls that find rows of the ledger, add up what was taken, and make a table of rows for other programs.
// All are answered by the reading worker; who reads changes nothing.
import { z } from 'zod'
import { sheetFormats, sheetShapes, type SheetPlan } from '../../ports/ledger-sheet.ts'
import { iso, laneId, read } from '../rows.ts'
import type { LedgerSheetView, LedgerSumsView } from '../views.ts'

export interface LedgerSpan {
  from: string
  to: string
  platePart?: string | undefined
  lane?: string | undefined
}
export interface LedgerFilter {
  kind: 'stay' | 'deduction' | 'payment' | 'refund' | 'event'
  from?: string | undefined
  to?: string | undefined
  plate?: string | undefined
  /** Part of a plate; `plate` is the whole one. */
  platePart?: string | undefined
  /** With person or amount the span is at most 31 days. */
  by?: string | undefined
  amountFen?: number | undefined
  /** `oldest` where it is not said. */
  order?: 'newest' | 'oldest' | undefined
  stay?: string | undefined
  lane?: string | undefined
}
export interface LedgerQuery extends LedgerFilter {
  after?: number | undefined
  limit?: number | undefined
}

const platePart = z.string().min(1).max(20).optional()
const filter = {
  kind: z.enum(['stay', 'deduction', 'payment', 'refund', 'event']),
  from: iso.optional(),
  to: iso.optional(),
  plate: z.string().max(20).optional(),
  platePart,
  by: z.string().min(1).max(60).optional(),
  amountFen: z.int().min(0).optional(),
  order: z.enum(['newest', 'oldest']).optional(),
  stay: z.string().max(40).optional(),
  lane: laneId.optional(),
}
const words = z
  .record(z.string().max(100), z.string().max(200))
  .refine((given) => Object.keys(given).length <= 400, 'at most 400 words')

export const ledgerCalls = {
  'ledger.query': read<
    LedgerQuery,
    { rows: readonly Record<string, unknown>[]; next: number | null }
  >(
    z.strictObject({
      ...filter,
      after: z.int().min(0).optional(),
      limit: z.int().min(1).max(1000).optional(),
    }),
  ),
  /** Of at most 31 days. */
  'ledger.sums': read<LedgerSpan, LedgerSumsView>(
    z.strictObject({ from: iso, to: iso, platePart, lane: laneId.optional() }),
  ),
  'ledger.sheet': read<LedgerFilter & SheetPlan, LedgerSheetView>(
    z.strictObject({
      ...filter,
      format: z.enum(sheetFormats),
      name: z.string().min(1).max(31),
      columns: z
        .array(
          z.strictObject({
            member: z.string().regex(/^[A-Za-z]{1,40}$/),
            head: z.string().min(1).max(60),
            shape: z.enum(sheetShapes),
            words: words.optional(),
          }),
        )
        .min(1)
        .max(20),
    }),
  ),
} as const
