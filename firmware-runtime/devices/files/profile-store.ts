// Profiles imported into a data folder: DIR/profiles/gen-N, and `current` with the number of the generation in use.
// An import writes a new whole generation and then switches `current`; an undo switches it back.
import { type BilingualText, t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncFolder } from '#base/files/sync-folder.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LibraryFile } from '../ports/profile-files.ts'
import { forgetLock, takeLock } from '#base/files/process-lock.ts'
import { readProfileFolder } from './profile-files.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

export interface Generation {
  /** 0: nothing was ever imported. */
  readonly number: number
  /** The generation that an undo returns to; null without one. */
  readonly parent: number | null
  readonly atIso: string
}

const nothing: Generation = { number: 0, parent: null, atIso: '' }
/** Number of ancestors that are kept. */
const keptMax = 50
const wholeNumber = /^\d{1,9}$/

const profilesFolder = (dir: string): string => join(dir, 'profiles')
const generationFolder = (dir: string, n: number): string => join(profilesFolder(dir), `gen-${n}`)
const manifestFile = (dir: string, n: number): string =>
  join(generationFolder(dir, n), 'generation.txt')
const currentFile = (dir: string): string => join(profilesFolder(dir), 'current')

const damaged = (file: string, note: BilingualText): LaneFault =>
  new LaneFault('FILE-01', { file, note })

/** Two lines: the parent's number or `none`, and the time. */
function readGeneration(dir: string, number: number): Generation {
  if (number === 0) return nothing
  const file = manifestFile(dir, number)
  if (!existsSync(file))
    throw damaged(
      file,
      t('导入的设备资料这一代不完整', 'the generation of imported profiles is not whole'),
    )
  const [parent = '', atIso = ''] = readFileSync(file, 'utf8').split('\n')
  return { number, parent: wholeNumber.test(parent) ? Number(parent) : null, atIso }
}

export function currentGeneration(dir: string): Generation {
  const file = currentFile(dir)
  if (!existsSync(file)) return nothing
  const text = readFileSync(file, 'utf8').trim()
  if (!wholeNumber.test(text))
    throw damaged(file, t('没有写明是哪一代', 'does not name a generation'))
  return readGeneration(dir, Number(text))
}

/** Files of a generation by path, without its manifest. */
export const generationFiles = (dir: string, number: number): readonly LibraryFile[] =>
  number === 0 ? [] : readProfileFolder(generationFolder(dir, number))

/** Path of a file in the current generation; null when it was not imported. */
export function installedFile(dir: string, path: string): string | null {
  const { number } = currentGeneration(dir)
  const file = join(generationFolder(dir, number), path)
  return number > 0 && existsSync(file) ? file : null
}

/** The disk operations of an install, in order: a power cut may fall between any two. */
export interface StoreDisk {
  makeFolder(folder: string): void
  /** The content is durable on return; the name only after its folder was synced. */
  write(file: string, bytes: Uint8Array | string, mustBeNew: boolean): void
  syncFolder(folder: string): void
  rename(from: string, to: string): void
  remove(folder: string): void
}

export const realDisk: StoreDisk = {
  makeFolder(folder) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  },
  write: (file, bytes, mustBeNew) =>
    writeFileSync(file, bytes, { mode: 0o600, flag: mustBeNew ? 'wx' : 'w', flush: true }),
  syncFolder,
  rename: renamePath,
  remove: (folder) => removePath(folder, { recursive: true, force: true }),
}

/** Folders of files below `root`, deepest first: each has names that must survive a power cut. */
function foldersOf(root: string, files: readonly LibraryFile[]): string[] {
  const folders = new Set<string>()
  for (const { path } of files)
    for (let at = dirname(join(root, path)); at.length > root.length; at = dirname(at))
      folders.add(at)
  return [...folders].sort((a, b) => b.length - a.length)
}

/** One import at a time: two imports from the same generation would lose one. */
function locked<T>(dir: string, act: () => T): T {
  const lock = join(profilesFolder(dir), 'lock')
  mkdirSync(profilesFolder(dir), { recursive: true, mode: 0o700 })
  if (takeLock(lock) !== null)
    throw new LaneFault('LOCK-01', {
      file: lock,
      note: t('另一次导入正在进行', 'another import is under way'),
    })
  try {
    return act()
  } finally {
    forgetLock(lock)
  }
}

/** Switches the current generation by a rename: before it, the former one is in use, whole. */
function turn(dir: string, number: number, disk: StoreDisk): void {
  const fresh = `${currentFile(dir)}.new`
  disk.write(fresh, `${number}\n`, false)
  disk.rename(fresh, currentFile(dir))
  disk.syncFolder(profilesFolder(dir))
}

const generationsOf = (dir: string): number[] =>
  readdirSync(profilesFolder(dir)).flatMap((name) => {
    const number = /^gen-(\d{1,9})$/.exec(name)?.[1]
    return number === undefined ? [] : [Number(number)]
  })

/** Deletes generations that no undo can reach, and unfinished ones. */
function prune(dir: string, disk: StoreDisk): void {
  const kept = new Set<number>()
  let at: number | null = currentGeneration(dir).number
  while (at !== null && at > 0 && kept.size < keptMax && existsSync(manifestFile(dir, at))) {
    kept.add(at)
    at = readGeneration(dir, at).parent
  }
  for (const number of generationsOf(dir))
    if (!kept.has(number)) disk.remove(generationFolder(dir, number))
}

/** A disk error becomes DATA-01; existing generations stay. */
function onDisk<T>(dir: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof LaneFault || !(error instanceof Error) || !('code' in error)) throw error
    throw new LaneFault('DATA-01', { file: profilesFolder(dir), note: error.message })
  }
}

/** Writes the files as the new current generation: all of them, or nothing. Throws DATA-01 and LOCK-01. */
export const writeGeneration = (
  dir: string,
  from: Generation,
  files: readonly LibraryFile[],
  atIso: string,
  disk = realDisk,
): Generation =>
  onDisk(dir, () =>
    locked(dir, () => {
      const before = currentGeneration(dir)
      if (before.number !== from.number)
        throw new LaneFault('LOCK-01', {
          file: profilesFolder(dir),
          note: t('期间有人改过', 'changed meanwhile'),
        })
      const number = Math.max(0, before.number, ...generationsOf(dir)) + 1
      const folder = generationFolder(dir, number)
      for (const { path, bytes } of files) {
        disk.makeFolder(dirname(join(folder, path)))
        disk.write(join(folder, path), bytes, true)
      }
      disk.makeFolder(folder)
      const parent = before.number === 0 ? '0' : String(before.number)
      disk.write(manifestFile(dir, number), `${parent}\n${atIso}\n`, false)
      // All names in it are durable before `current` names the new generation (P16).
      for (const made of [...foldersOf(folder, files), folder, profilesFolder(dir), dir])
        disk.syncFolder(made)
      turn(dir, number, disk)
      prune(dir, disk)
      return { number, parent: before.number, atIso }
    }),
  )

/** Returns to the previous generation. Throws PROFILE-20 when there is no previous one. */
export const undoGeneration = (dir: string, disk = realDisk): Generation =>
  onDisk(dir, () =>
    locked(dir, () => {
      const { number, parent } = currentGeneration(dir)
      if (number === 0 || parent === null)
        throw new LaneFault('PROFILE-20', { file: profilesFolder(dir) })
      const back = readGeneration(dir, parent)
      turn(dir, parent, disk)
      return back
    }),
  )
