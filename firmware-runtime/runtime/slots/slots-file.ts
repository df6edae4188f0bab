// `update/slots.json` of a data folder: which program runs its lanes; and `update/back.json`, a person's wish to have the
// version before. Both are written whole.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { removePath } from '#base/files/held-path.ts'
import { z } from 'zod'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { type FaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import { noSlots, type Slots } from '../pure/update/slots.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { updateFolder } from './trust-file.ts'

const text = z.string()
const count = z.number().int().min(0)
/** Its name is one folder below DIR/update/slots. */
export const slotShape = z.strictObject({
  name: text.regex(/^[0-9A-Za-z][0-9A-Za-z.+-]{0,99}$/),
  version: text,
  build: text,
})
/** Members of a later version stay as they are: the installed program reads what a newer one wrote. */
const slotsShape = z.looseObject({
  format: z.literal(1),
  active: slotShape.nullable(),
  before: slotShape.nullable(),
  trial: z
    .strictObject({ sinceIso: text, ranMs: z.number().min(0), passages: count, fromSeq: count })
    .nullable(),
  openStart: text.nullable(),
  last: z
    .strictObject({
      from: text,
      to: text,
      is: z.enum(['kept', 'takenBack', 'replaced']),
      why: z.enum(['crashed', 'start', 'selfTest', 'write', 'car', 'missing', 'person']).nullable(),
      note: text,
      atIso: text,
      rows: count,
    })
    .nullable(),
  told: text.nullable().default(null),
}) satisfies z.ZodType<Slots>

/** `slot`: the one to go back from. */
const backShape = z.strictObject({ slot: text, by: text, reason: text, atIso: text })
type BackWish = z.infer<typeof backShape>

/** The value in a file; null: there is none. Throws `code` where it is damaged, DATA-01 where it may not be read. */
export function readShape<T>(file: string, shape: z.ZodType<T>, code: FaultCode): T | null {
  if (!existsSync(file)) return null
  const text = orDiskFault({ file }, () => readFileSync(file, 'utf8'))
  try {
    return shape.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new LaneFault(code, { file, note: error.message })
    if (!(error instanceof z.ZodError)) throw error
    throw new LaneFault(code, { file, note: issueWhy(error.issues[0]) })
  }
}

/** Throws DATA-01 or DATA-02. */
export function writeJson(file: string, dir: string, value: unknown): void {
  orDiskFault({ file }, () => {
    mkdirSync(updateFolder(dir), { recursive: true, mode: 0o700 })
    writeWhole(file, `${JSON.stringify(value)}\n`)
  })
}

export const slotsFile = (dir: string): string => join(updateFolder(dir), 'slots.json')
/** How systemd says that the lanes ended last, `RESULT STATUS`; noted by the unit, for the next start. */
export const endedFile = (dir: string): string => join(updateFolder(dir), 'ended')
const backFile = (dir: string): string => join(updateFolder(dir), 'back.json')

/** Throws UPDATE-07 for a damaged file. */
export const keptSlots = (dir: string): Slots =>
  readShape(slotsFile(dir), slotsShape, 'UPDATE-07') ?? noSlots

export const keepSlots = (dir: string, slots: Slots): void => writeJson(slotsFile(dir), dir, slots)

/** Throws FILE-02 for a damaged file. */
export const keptBack = (dir: string): BackWish | null =>
  readShape(backFile(dir), backShape, 'FILE-02')

export const keepBack = (dir: string, wish: BackWish): void => writeJson(backFile(dir), dir, wish)

export const dropBack = (dir: string): void => removePath(backFile(dir), { force: true })
