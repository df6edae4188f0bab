// What a lot was at a time, who made it so and why: one file for each time its files were written by a set-up.
// A file edited by hand makes no version; whoever asks is told that it differs.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../../adapters/files/whole-file.ts'
import { readStrictJson } from '../../app/strict-json.ts'
import { diskFault } from '../../core/values/disk-fault.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { readText } from './read-file.ts'

const versionSchema = z.strictObject({
  atIso: z.string(),
  by: z.string(),
  reason: z.string(),
  lot: z.unknown(),
  tariff: z.unknown(),
})
export type LotVersion = z.infer<typeof versionSchema>

const folderOf = (dir: string): string => join(dir, 'versions')

export function keepVersion(
  dir: string,
  atMs: InstantMs,
  version: Omit<LotVersion, 'atIso'>,
): void {
  try {
    mkdirSync(folderOf(dir), { recursive: true, mode: 0o700 })
    const fileAt = (at: number): string => join(folderOf(dir), `${at}.json`)
    // Two of one millisecond are both kept.
    let at = atMs
    while (existsSync(fileAt(at))) at++
    const text = JSON.stringify({ atIso: isoOf(at), ...version }, null, 2)
    writeWhole(fileAt(at), `${text}\n`)
  } catch (error) {
    throw diskFault(error, { file: folderOf(dir) })
  }
}

/** When versions were kept, oldest first. */
export function versionTimes(dir: string): readonly InstantMs[] {
  if (!existsSync(folderOf(dir))) return []
  return readdirSync(folderOf(dir))
    .flatMap((name) => /^(\d{1,16})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/** The version that held at a time: the last one made before it; null where none was. */
export function versionAt(dir: string, atMs: InstantMs): LotVersion | null {
  const time = versionTimes(dir).findLast((one) => one <= atMs)
  if (time === undefined) return null
  const file = join(folderOf(dir), `${time}.json`)
  const parsed = versionSchema.safeParse(readStrictJson(readText(file), file))
  if (parsed.success) return parsed.data
  throw new LaneFault('FILE-02', { file, note: parsed.error.issues[0]?.message ?? '' })
}
