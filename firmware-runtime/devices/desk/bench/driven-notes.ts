// Notes of antennas that a program of this computer has searching without a lane, written before they are switched on:
// a program that dies leaves its note, and the next contact switches the antenna off and reports it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../../files/settings-files.ts'
import { linkKey } from '#base/desk/process/link-lease.ts'
import { removePath } from '#base/files/held-path.ts'

const shape = z.strictObject({
  link: z.string().max(512),
  program: z.string().max(200),
  sinceIso: z.string().max(40),
})
export type DrivenNote = z.infer<typeof shape>

/** Written whole or not at all; an unreadable file counts as no note. */
function noteAt(file: string): DrivenNote | null {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

export interface DrivenNotes {
  /** On disk when it returns; throws DATA-01 or DATA-02 when the disk is full. */
  put(note: DrivenNote): void
  of(link: string): DrivenNote | null
  drop(link: string): void
  all(): readonly DrivenNote[]
}

export function drivenNotes(folder: string): DrivenNotes {
  const dir = join(folder, 'devices', 'driven')
  const fileOf = (link: string): string => join(dir, `${linkKey(link)}.json`)
  return {
    put: (note) => writeWhole(fileOf(note.link), note),
    of: (link) => (existsSync(fileOf(link)) ? noteAt(fileOf(link)) : null),
    drop: (link) => removePath(fileOf(link), { force: true }),
    all: () =>
      existsSync(dir)
        ? readdirSync(dir)
            .filter((name) => name.endsWith('.json'))
            .flatMap((name) => noteAt(join(dir, name)) ?? [])
        : [],
  }
}
