// Calls that search ledger rows, sum takings, verify the chain, and export rows as a table for other programs. They change
// nothing.
import { rule } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import { paymentMeans } from '#base/pure/values/payment-means.ts'
import { sheetFormats, sheetShapes } from '#base/ports/ledger-sheet.ts'
import { iso, laneId, none, read, reply, type RowArgs } from '#base/calls/rows.ts'
import type { LedgerSheetView, LedgerSumsView } from './ledger-views.ts'

const platePart = z.string().min(1).max(20).optional()
const filter = {
  kind: z.enum(['stay', 'deduction', 'payment', 'refund', 'event']),
  from: iso.optional(),
  to: iso.optional(),
  plate: z.string().max(20).optional(),
  /** Part of a plate; `plate` is a whole one. */
  platePart,
  /** With a person or an amount the period is at most 31 days. */
  by: z.string().min(1).max(60).optional(),
  amountFen: z.int().min(0).optional(),
  /** Means of a payment or of a refund; a refund in progress has no means yet. */
  means: z.enum(paymentMeans).optional(),
  /** Default: `oldest`. */
  order: z.enum(['newest', 'oldest']).optional(),
  stay: z.string().max(40).optional(),
  lane: laneId.optional(),
}
const words = z
  .record(z.string().max(100), z.string().max(200))
  .refine((given) => Object.keys(given).length <= 400, rule('最多 400 个词', 'at most 400 words'))

export const ledgerCalls = {
  'ledger.verify': read('books', none, reply<Record<string, unknown>>(), {
    rest: 'folder',
    long: true,
  }),
  'ledger.query': read(
    'desk',
    () =>
      z.strictObject({
        ...filter,
        after: z.int().min(0).optional(),
        limit: z.int().min(1).max(1000).optional(),
      }),
    reply<{
      rows: readonly Record<string, unknown>[]
      next: number | null
      /** For a role without the books: start of the searched period; older rows are not searched. */
      sinceIso?: string
    }>(),
    { rest: 'folder' },
  ),
  /** Sums over at most 31 days. */
  'ledger.sums': read(
    'books',
    () => z.strictObject({ from: iso, to: iso, platePart, lane: laneId.optional() }),
    reply<LedgerSumsView>(),
    { rest: 'folder' },
  ),
  /** Exports whole plates and card numbers. */
  'ledger.sheet': read(
    'plates',
    () =>
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
    reply<LedgerSheetView>(),
    { rest: 'folder', document: true },
  ),
} as const

type Args<N extends keyof typeof ledgerCalls> = RowArgs<(typeof ledgerCalls)[N]>
export type LedgerQuery = Args<'ledger.query'>
export type LedgerFilter = Omit<LedgerQuery, 'after' | 'limit'>
