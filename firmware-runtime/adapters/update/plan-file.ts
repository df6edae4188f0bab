// `update/plan.json` of a data folder: the update that is on its way (core/update/plan.ts). Whole on the disk before
// anything follows from it.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LaneFault } from '../../core/faults/faults.ts'
import type { UpdatePlan } from '../../core/update/plan.ts'
import { writeWhole } from '../files/whole-file.ts'
import { updateFolder } from './trust-file.ts'

const count = z.number().int().min(0)
const hash = z.string().regex(/^[0-9a-f]{64}$/)

export const figuresShape = z.strictObject({
  rows: count,
  headHash: hash,
  carsInside: z.number().int(),
  ordersOpen: count,
  paidFen: z.number().int(),
  unsent: count,
})

const step = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('offered') }),
  z.strictObject({ is: z.literal('fetched') }),
  z.strictObject({
    is: z.literal('tried'),
    slot: z.strictObject({ name: z.string(), version: z.string(), build: z.string() }),
    figures: figuresShape,
    triedIso: z.string(),
  }),
  z.strictObject({
    is: z.literal('refused'),
    code: z.string(),
    note: z.string(),
    atIso: z.string(),
  }),
])

const shape = z.strictObject({
  format: z.literal(1),
  from: z.string(),
  file: z.strictObject({
    path: z.string(),
    bytes: count,
    sha256: hash,
    product: z.string(),
    version: z.string(),
    build: z.string(),
    system: z.string(),
    form: z.string(),
  }),
  step,
  wanted: z
    .strictObject({ when: z.enum(['now', 'tonight']), by: z.string(), atIso: z.string() })
    .nullable(),
})

const fileIn = (dir: string): string => join(updateFolder(dir), 'plan.json')

/** Null: no update is on its way. Throws FILE-02 for a file that is none. */
export function keptPlan(dir: string): UpdatePlan | null {
  const file = fileIn(dir)
  if (!existsSync(file)) return null
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new LaneFault('FILE-02', { file })
    throw error
  }
}

export function keepPlan(dir: string, plan: UpdatePlan): void {
  mkdirSync(updateFolder(dir), { recursive: true, mode: 0o700 })
  writeWhole(fileIn(dir), `${JSON.stringify(plan)}\n`)
}
