// `update/trust.json` of a data folder: whom this lot lets publish updates, and the highest versions that were seen.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import type { UpdateTrust } from './metadata.ts'

const count = z.number().int().min(0)
const shape = z.strictObject({
  root: z.string(),
  seen: z.strictObject({ timestamp: count, snapshot: count, targets: count }),
})

export const updateFolder = (dir: string): string => join(dir, 'update')
const fileIn = (dir: string): string => join(updateFolder(dir), 'trust.json')

/** Of a root that no release was read with yet. */
export const nothingSeen = { timestamp: 0, snapshot: 0, targets: 0 } as const

export const isTrusted = (dir: string): boolean => existsSync(fileIn(dir))

/** Throws UPDATE-01 where nobody is trusted yet, FILE-02 for a file that is none. */
export function keptTrust(dir: string): UpdateTrust {
  const file = fileIn(dir)
  if (!existsSync(file)) throw new LaneFault('UPDATE-01', { file })
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new LaneFault('FILE-02', { file })
    throw error
  }
}

export function keepTrust(dir: string, trust: UpdateTrust): void {
  mkdirSync(updateFolder(dir), { recursive: true, mode: 0o700 })
  writeWhole(fileIn(dir), `${JSON.stringify(trust)}\n`)
}

/** What people compare: SHA-256 of the text of a root, hex in groups of four. */
export const fingerprintOf = (root: string): string =>
  (createHash('sha256').update(root).digest('hex').match(/.{4}/g) ?? []).join(' ')
