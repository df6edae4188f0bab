// The folders that upkeep manages: photo days, nightly backups, free space.
// Looking is cheap and asynchronous; the worker deletes.
import { lstatSync, readdirSync, rmdirSync } from 'node:fs'
import { readdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupCopy, UpkeepFacts } from '../pure/lot/upkeep.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { civil, compactOf, instantOf, parseIso } from '#base/pure/values/instant.ts'
import type { Cleared } from '../ports/upkeep-service.ts'
import type { PhotoWeights } from './photo-weights.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

export const bytesInMb = 1024 * 1024

const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/
/** Mark of a day being deleted; removed when its ledger row is on disk. */
const mark = '.deleting'

function isDay(name: string): boolean {
  const m = dayShape.exec(name)
  if (m === null) return false
  const [year, month, day] = m.slice(1).map(Number) as [number, number, number]
  const back = civil(instantOf(year, month, day))
  return back.year === year && back.month === month && back.day === day
}

const nameShape = /^nightly-(\d{5,9})-(\d{8})T(\d{6})-(\d{1,15})\.db$/

/** `nightly-00012-20261120T030512-1842.db`: number, local time, rows. */
export function backupName({ number, atMs, rows }: Omit<BackupCopy, 'file'>): string {
  const at = compactOf(atMs)
  return `nightly-${String(number).padStart(5, '0')}-${at.slice(0, 8)}T${at.slice(8, 14)}-${rows}.db`
}

export function readBackupName(file: string): BackupCopy | null {
  const [, number = '', day = '', time = '', rows = ''] = nameShape.exec(file) ?? []
  const date = day.replace(/^(....)(..)(..)$/, '$1-$2-$3')
  const atMs = parseIso(`${date}T${time.replace(/^(..)(..)(..)$/, '$1:$2:$3')}+08:00`)
  return atMs === null ? null : { file, number: Number(number), atMs, rows: Number(rows) }
}

/** Names in a folder; empty when the folder does not exist. */
async function foldersAndFiles(dir: string) {
  try {
    return await readdir(dir, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function freeMbOf(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return Math.floor((bavail * bsize) / bytesInMb)
}

/** Links and foreign files are never deleted. Throws FILE-01 when the disk does not answer. */
export async function upkeepFacts(
  dir: string,
  weights: PhotoWeights | null = null,
): Promise<UpkeepFacts> {
  try {
    const [photos, copies, freeMb] = await Promise.all([
      foldersAndFiles(join(dir, 'photos')),
      foldersAndFiles(join(dir, 'backup')),
      freeMbOf(dir),
    ])
    const folders = photos.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    const photoDays = folders.filter(isDay).toSorted()
    const bytes = (await weights?.of(photoDays)) ?? null
    return {
      photoDays,
      photoMb: bytes === null ? null : Math.ceil(bytes / bytesInMb),
      begun: folders
        .filter((name) => name.endsWith(mark))
        .map((name) => name.slice(0, -mark.length))
        .filter(isDay),
      backups: copies
        .filter((entry) => entry.isFile())
        .map(({ name }) => readBackupName(name))
        .filter((copy) => copy !== null),
      freeMb,
    }
  } catch (error) {
    throw fileFault(error, dir)
  }
}

const fileFault = (error: unknown, file: string): unknown =>
  error instanceof Error && 'code' in error
    ? new LaneFault('FILE-01', { file, note: error.message })
    : error

/** Runs a disk operation; a disk error becomes FILE-01. */
export function onDisk<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw fileFault(error, file)
  }
}

export function clearPhotoDay(dir: string, day: string, begun: boolean): Cleared {
  const folder = join(dir, 'photos', day)
  const marked = `${folder}${mark}`
  return onDisk(folder, () => {
    if (!begun) renamePath(folder, marked)
    let bytes = 0
    let files = 0
    for (const name of readdirSync(marked)) {
      const path = join(marked, name)
      bytes += lstatSync(path).size
      files++
      removePath(path, { recursive: true })
    }
    return { files, bytes }
  })
}

export function forgetPhotoDay(dir: string, day: string): void {
  const marked = join(dir, 'photos', `${day}${mark}`)
  onDisk(marked, () => rmdirSync(marked))
}

export function dropBackup(dir: string, file: string): void {
  const path = join(dir, 'backup', file)
  if (readBackupName(file) === null) throw new LaneFault('FILE-01', { file: path })
  onDisk(path, () => removePath(path))
}

/** Number of the next nightly backup; its name is completed when its content is known. */
export function nextBackupNumber(folder: string): number {
  const numbers = readdirSync(folder).map((name) => readBackupName(name)?.number ?? 0)
  return Math.max(0, ...numbers) + 1
}
