// What this machine remembers of devices: the last connected one, and whether to connect it automatically.
// A missing or damaged file counts as empty.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '#base/files/whole-file.ts'

const shape = z.strictObject({
  autoConnect: z.boolean(),
  last: z
    .strictObject({
      link: z.string().max(512),
      variant: z.string().max(80),
      atIso: z.string().max(40),
    })
    .nullable(),
})
type Remembered = z.infer<typeof shape>

const nothing: Remembered = { autoConnect: false, last: null }

export const findMemory = (
  file: string,
): { load(): Remembered; save(memory: Remembered): void } => ({
  load() {
    if (!existsSync(file)) return nothing
    try {
      return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) return nothing
      throw error
    }
  },
  save(memory) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(file, `${JSON.stringify(memory)}\n`)
  },
})
