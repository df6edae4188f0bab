// `update/plan.json` of a data folder: the update on its way to the lanes, written whole after each step.
import { join } from 'node:path'
import { z } from 'zod'
import type { UpdatePlan } from '../pure/update/plan.ts'
import { removePath } from '#base/files/held-path.ts'
import { readShape, slotShape, writeJson } from './slots-file.ts'
import { updateFolder } from './trust-file.ts'

const text = z.string()
const whole = z.number().int()
const count = whole.min(0)
const hash = text.regex(/^[0-9a-f]{64}$/)

export const figuresShape = z.strictObject({
  rows: count,
  headHash: hash,
  carsInside: whole,
  ordersOpen: count,
  paidFen: whole,
  unsent: count,
})

const planShape = z.strictObject({
  format: z.literal(1),
  from: text,
  file: z.strictObject({
    path: text,
    bytes: count,
    sha256: hash,
    product: text,
    version: text,
    build: text,
    system: text,
    form: text,
  }),
  step: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('offered') }),
    z.strictObject({ is: z.literal('fetched') }),
    z.strictObject({
      is: z.literal('tried'),
      slot: slotShape,
      figures: figuresShape,
      triedIso: text,
    }),
    z.strictObject({ is: z.literal('refused'), code: text, note: text, atIso: text }),
  ]),
  wanted: z.strictObject({ when: z.enum(['now', 'tonight']), by: text, atIso: text }).nullable(),
}) satisfies z.ZodType<UpdatePlan>

const fileIn = (dir: string): string => join(updateFolder(dir), 'plan.json')

/** Null: no update is on its way. Throws FILE-02 for a damaged file. */
export const keptPlan = (dir: string): UpdatePlan | null =>
  readShape(fileIn(dir), planShape, 'FILE-02')

export const forgetPlan = (dir: string): void => removePath(fileIn(dir), { force: true })

export const keepPlan = (dir: string, plan: UpdatePlan): void => writeJson(fileIn(dir), dir, plan)
