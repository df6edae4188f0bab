// Settings of one device as files: DIR/devices/<id>.json, and earlier states under DIR/backup/devices/.
// Written whole, synced and renamed: a power cut leaves the old file or the new one.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncFolder } from '#base/files/sync-folder.ts'
import { z } from 'zod'
import { valueOrigins } from '../pure/configure/contact.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { SettingsBackup, SettingsFiles, StoredSettings } from '../ports/settings-files.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

const keptBackups = 50

const settings = z.record(z.string().max(40), z.number())
const text = z.string().max(200)
const trialShape = z.strictObject({
  permanent: settings,
  trial: z
    .strictObject({
      id: text,
      wanted: settings,
      by: text,
      reason: text,
      atMs: z.number(),
      forMs: z.number(),
      keepsBy: z.literal('measurement').exactOptional(),
      phase: z.enum(['writing', 'running']),
    })
    .nullable(),
  restoring: z.boolean(),
  last: z
    .strictObject({
      id: text,
      end: z.enum(['kept', 'timeUp', 'takenBack', 'linkLost', 'restarted', 'notTaken', 'differs']),
      why: text,
      atMs: z.number(),
    })
    .nullable(),
})
const storedShape: z.ZodType<StoredSettings> = z.strictObject({
  version: z.literal(1),
  deviceId: text,
  trial: trialShape,
  measured: z.record(
    z.string().max(40),
    z.strictObject({ value: z.number(), atIso: text, by: text, photo: text.nullable() }),
  ),
  contact: z.literal('unknown').exactOptional(),
  origins: z
    .record(
      z.string().max(40),
      z.strictObject({ from: z.enum(valueOrigins), value: z.number(), atIso: text }),
    )
    .exactOptional(),
  firmware: text.exactOptional(),
  place: z.strictObject({ site: text, lane: text }).exactOptional(),
})
const backupShape: z.ZodType<SettingsBackup> = z.strictObject({
  id: z.string().regex(/^[0-9TZ-]{10,40}$/),
  site: text,
  laneId: text,
  deviceId: text,
  variant: text,
  rsuId: text,
  firmware: text.exactOptional(),
  atIso: text,
  by: text,
  reason: text,
  settings,
  pinned: z.boolean(),
})

/** Throws the fault with the path of the wrong member. */
export function readAs<T>(
  shape: z.ZodType<T>,
  file: string,
  code: 'SET-05' | 'TUNE-04' = 'SET-05',
): T {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new LaneFault(code, { file, note: error instanceof Error ? error.message : '' })
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = (issue?.path ?? []).map((part) => `/${String(part)}`).join('')
  throw new LaneFault(code, { file, field, note: issueWhy(issue) })
}

const readOr = <T>(shape: z.ZodType<T>, file: string): T | null =>
  orIfFault(() => readAs(shape, file), null)

export function writeWhole(file: string, value: unknown): void {
  const part = `${file}.part`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(part, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true })
    renamePath(part, file)
    syncFolder(dirname(file))
  } catch (error) {
    removePath(part, { force: true })
    throw openFault(error, file) ?? error
  }
}

export function settingsFiles(dir: string, deviceId: string): SettingsFiles {
  const file = join(dir, 'devices', `${deviceId}.json`)
  const folder = join(dir, 'backup', 'devices', deviceId)
  const fileOf = (id: string): string => join(folder, `${id}.json`)
  /** Newest first; null for a damaged one, which stays in the folder and blocks nothing. */
  const readings = (): { path: string; backup: SettingsBackup | null }[] => {
    if (!existsSync(folder)) return []
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    return names.toSorted().map((name) => {
      const path = join(folder, name)
      return { path, backup: readOr(backupShape, path) }
    })
  }
  const backups = (): SettingsBackup[] =>
    readings()
      .flatMap(({ backup }) => (backup === null ? [] : [backup]))
      .toReversed()
  return {
    load: () => (existsSync(file) ? readAs(storedShape, file) : null),
    save: (stored) => writeWhole(file, stored),
    backups,
    damaged: () => readings().flatMap(({ path, backup }) => (backup === null ? [path] : [])),
    backUp(backup) {
      writeWhole(fileOf(backup.id), backup)
      const loose = backups().filter((one) => !one.pinned)
      for (const old of loose.slice(keptBackups)) removePath(fileOf(old.id))
    },
    pin(id, on) {
      const found = backups().find((one) => one.id === id)
      if (found === undefined) throw new LaneFault('SET-06', { field: '/id', value: id })
      writeWhole(fileOf(id), { ...found, pinned: on })
    },
  }
}
