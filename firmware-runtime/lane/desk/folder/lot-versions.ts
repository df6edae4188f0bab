// Versions of a lot: its files at a time, with author and reason; one file per write by a set-up.
// An edit outside the forms becomes a version at the first start that reads it.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeBeside } from '#base/files/whole-file.ts'
import { editedInFile, type LotHistory } from '../setup/lot-belief.ts'
import type { LotFiles } from '../setup/lot-words.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { readText } from '#base/process/read-file.ts'

const versionSchema = z.strictObject({
  atIso: z.string(),
  by: z.string(),
  reason: z.string(),
  lot: z.unknown(),
  tariff: z.unknown(),
  /** This version undid a change; a further undo does not take it back. */
  isUndo: z.literal(true).optional(),
})
export type LotVersion = z.infer<typeof versionSchema>

const folderOf = (dir: string): string => join(dir, 'versions')

/**
 * Writes the version beside its place; the returned function renames it. A full disk fails before anything is changed.
 */
export function preparedVersion(
  dir: string,
  atMs: InstantMs,
  version: Omit<LotVersion, 'atIso'>,
): () => void {
  const folder = folderOf(dir)
  return orDiskFault({ file: folder }, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const fileAt = (at: number): string => join(folder, `${at}.json`)
    // Two versions in one millisecond are both kept.
    let at = atMs
    while (existsSync(fileAt(at))) at++
    const text = JSON.stringify({ atIso: isoOf(at), ...version }, null, 2)
    const place = writeBeside(fileAt(at), `${text}\n`)
    return () => orDiskFault({ file: folder }, place)
  })
}

export const keepVersion = (...args: Parameters<typeof preparedVersion>): void =>
  preparedVersion(...args)()

/** Times of stored versions in ms, oldest first. */
export function versionTimes(dir: string): readonly InstantMs[] {
  if (!existsSync(folderOf(dir))) return []
  return readdirSync(folderOf(dir))
    .flatMap((name) => /^(\d{1,16})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/**
 * Stores a version when lot or tariff differ from the last one because a file was edited; true when it stored one. The
 * built-in lot of a demo is not stored.
 */
export function keepEdited(
  dir: string,
  config: Pick<LotConfig, 'mode' | 'tariffFile'>,
  nowMs: InstantMs,
): boolean {
  if (config.mode === 'demo' && lastReadable(dir) === null) return false
  return keepAsItIs(dir, config, nowMs)
}

/** Stores lot and tariff as they are on disk, unless the last version equals them; true when it stored one. */
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

/** Null when no version is stored or the newest one is damaged; the caller then stores the files it has just read. */
function lastReadable(dir: string): LotVersion | null {
  const last = versionTimes(dir).at(-1)
  return orIfFault(() => (last === undefined ? null : versionAt(dir, last)), null)
}

export const lotHistory = (dir: string, now: () => LotFiles): LotHistory => ({
  times: () => versionTimes(dir),
  at: (atMs) => versionAt(dir, atMs),
  now,
})

/**
 * The version in force at a time: the newest one up to it; null when there was none. Throws FILE-02 for a damaged file.
 */
export function versionAt(dir: string, atMs: InstantMs): LotVersion | null {
  const time = versionTimes(dir).findLast((one) => one <= atMs)
  if (time === undefined) return null
  const file = join(folderOf(dir), `${time}.json`)
  const parsed = versionSchema.safeParse(readStrictJson(readText(file), file))
  if (parsed.success) return parsed.data
  throw new LaneFault('FILE-02', { file, note: issueWhy(parsed.error.issues[0]) })
}
