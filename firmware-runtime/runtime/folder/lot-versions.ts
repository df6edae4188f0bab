// What a lot was at a time, who made it so and why: one file for each time its files were written by a set-up.
// A file that was edited outside of the forms is a version from the start on that reads it.
import { issueWhy } from '../../core/values/issue-why.ts'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeBeside } from '../../adapters/files/whole-file.ts'
import { editedInFile, type LotHistory } from '../../app/setup/lot-belief.ts'
import type { LotFiles } from '../../app/setup/lot-words.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { readStrictJson } from '../../app/strict-json.ts'
import { diskFault } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { canonicalJson } from '../../core/values/json.ts'
import { readText } from '../process/read-file.ts'

const versionSchema = z.strictObject({
  atIso: z.string(),
  by: z.string(),
  reason: z.string(),
  lot: z.unknown(),
  tariff: z.unknown(),
  /** One step back, and no change that another step back would take back. */
  isUndo: z.literal(true).optional(),
})
export type LotVersion = z.infer<typeof versionSchema>

const folderOf = (dir: string): string => join(dir, 'versions')

/** On disk beside its place; what is returned puts it there. A disk without room fails before anything is changed. */
export function preparedVersion(
  dir: string,
  atMs: InstantMs,
  version: Omit<LotVersion, 'atIso'>,
): () => void {
  const onDisk = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw diskFault(error, { file: folderOf(dir) })
    }
  }
  return onDisk(() => {
    mkdirSync(folderOf(dir), { recursive: true, mode: 0o700 })
    const fileAt = (at: number): string => join(folderOf(dir), `${at}.json`)
    // Two of one millisecond are both kept.
    let at = atMs
    while (existsSync(fileAt(at))) at++
    const text = JSON.stringify({ atIso: isoOf(at), ...version }, null, 2)
    const place = writeBeside(fileAt(at), `${text}\n`)
    return () => onDisk(place)
  })
}

export const keepVersion = (...args: Parameters<typeof preparedVersion>): void =>
  preparedVersion(...args)()

/** When versions were kept, oldest first. */
export function versionTimes(dir: string): readonly InstantMs[] {
  if (!existsSync(folderOf(dir))) return []
  return readdirSync(folderOf(dir))
    .flatMap((name) => /^(\d{1,16})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/**
 * Lot or tariff are otherwise than in the last version: somebody edited a file. True where a version was kept. The lot
 * of a demo that no form made is the program's own.
 */
export function keepEdited(
  dir: string,
  config: Pick<LotConfig, 'mode' | 'tariffFile'>,
  nowMs: InstantMs,
): boolean {
  if (config.mode === 'demo' && lastReadable(dir) === null) return false
  return keepAsItIs(dir, config, nowMs)
}

/** As they lie there, where the last version is not that. */
export function keepAsItIs(
  dir: string,
  { tariffFile }: Pick<LotConfig, 'tariffFile'>,
  nowMs: InstantMs,
): boolean {
  const last = lastReadable(dir)
  const fileOf = (name: string): unknown => readStrictJson(readText(join(dir, name)), name)
  const [lot, tariff] = [fileOf('lot.json'), fileOf(tariffFile)]
  const edited = [
    ...(canonicalJson(lot) === canonicalJson(last?.lot) ? [] : ['lot.json']),
    ...(canonicalJson(tariff) === canonicalJson(last?.tariff) ? [] : [tariffFile]),
  ]
  if (edited.length === 0) return false
  keepVersion(dir, nowMs, { by: editedInFile, reason: edited.join(' '), lot, tariff })
  return true
}

/** Null where there is none, or the last one is damaged: what is read now is kept then. */
function lastReadable(dir: string): LotVersion | null {
  const last = versionTimes(dir).at(-1)
  try {
    return last === undefined ? null : versionAt(dir, last)
  } catch (error) {
    if (error instanceof LaneFault) return null
    throw error
  }
}

export const lotHistory = (dir: string, now: () => LotFiles): LotHistory => ({
  times: () => versionTimes(dir),
  at: (atMs) => versionAt(dir, atMs),
  now,
})

/** The version that held at a time: the last one made before it; null where none was. */
export function versionAt(dir: string, atMs: InstantMs): LotVersion | null {
  const time = versionTimes(dir).findLast((one) => one <= atMs)
  if (time === undefined) return null
  const file = join(folderOf(dir), `${time}.json`)
  const parsed = versionSchema.safeParse(readStrictJson(readText(file), file))
  if (parsed.success) return parsed.data
  throw new LaneFault('FILE-02', { file, note: issueWhy(parsed.error.issues[0]) })
}
