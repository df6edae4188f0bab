// The passwords of the owner and of the roles, made by chance once for a folder of a centre; file of its owner alone.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { writeWhole } from '#base/files/whole-file.ts'

const shape = z.strictObject({
  /** Address of another server, without its password; '' for the folder's own. */
  server: z.string(),
  owner: z.string(),
  etc_door: z.string(),
  etc_desk: z.string(),
  etc_work: z.string(),
  /** Absent: written before that role. */
  etc_people: z.string().optional(),
})
type Kept = z.infer<typeof shape>
export type Passwords = Kept & { readonly etc_people: string }

const chance = (): string => randomBytes(24).toString('hex')

/** Throws FILE-02 for a file that is none. */
export function keptPasswords(dir: string): Kept | null {
  const file = join(dir, 'passwords.json')
  if (!existsSync(file)) return null
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new LaneFault('FILE-02', { file })
    throw error
  }
}

export function passwordsOf(dir: string, server: string): Passwords {
  const kept = keptPasswords(dir)
  if (kept?.server === server && kept.etc_people !== undefined)
    return { ...kept, etc_people: kept.etc_people }
  const made: Passwords = {
    server,
    owner: kept?.owner ?? chance(),
    etc_door: kept?.etc_door ?? chance(),
    etc_desk: kept?.etc_desk ?? chance(),
    etc_work: kept?.etc_work ?? chance(),
    etc_people: kept?.etc_people ?? chance(),
  }
  writeWhole(join(dir, 'passwords.json'), `${JSON.stringify(made)}\n`)
  return made
}
