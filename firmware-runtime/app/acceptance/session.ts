// A run of the acceptance as its file has it: from when rows are judged, what came of each item, and what is still to be judged.
// Written after each item, so that a run that was cut off goes on with the next one.
import { z } from 'zod'
import { itemIds } from '../../acceptance/items/ids.ts'
import { verdicts } from '../../acceptance/item.ts'

const text = z.strictObject({ zh: z.string(), en: z.string() })

const resultSchema = z.strictObject({
  verdict: z.enum(verdicts),
  words: text,
  simulated: z.boolean(),
  evidence: z.array(
    z.strictObject({
      source: z.enum(['ledger', 'platform', 'frame', 'access']),
      ref: z.string(),
      text: z.string(),
    }),
  ),
  atIso: z.string(),
  /** Absent in files of before. */
  failed: z.array(z.string()).default([]),
  red: z
    .strictObject({ assertion: z.string(), words: text, atIso: z.string() })
    .nullable()
    .default(null),
})

export const sessionSchema = z.strictObject({
  version: z.literal(1),
  sessionId: z.string().nullable(),
  fromMs: z.number().nullable(),
  results: z.partialRecord(z.enum(itemIds), resultSchema),
  waiting: z.array(z.enum(itemIds)),
  /** What waits is to fail by its planted fault first. */
  isRed: z.boolean().default(false),
  /** Its fault may stand at a simulator: taken away before anything else is run. */
  planted: z.enum(itemIds).nullable().default(null),
  override: z.strictObject({ by: z.string(), reason: z.string(), atIso: z.string() }).nullable(),
})

export type AcceptanceSession = z.infer<typeof sessionSchema>
export type ItemResult = z.infer<typeof resultSchema>

export const noSession: AcceptanceSession = {
  version: 1,
  sessionId: null,
  fromMs: null,
  results: {},
  waiting: [],
  isRed: false,
  planted: null,
  override: null,
}
