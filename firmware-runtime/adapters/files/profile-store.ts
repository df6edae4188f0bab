// Profiles that were imported into a data folder: DIR/profiles/gen-N, and `current` that names one.
// An import writes a whole new generation and then turns the name; so does taking it back.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { LaneFault } from '../../core/values/faults.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import { readProfileFolder } from './profile-files.ts'

export interface Generation {
  /** 0: nothing was ever imported. */
  readonly number: number
  /** The one that an undo goes back to; null for none. */
  readonly parent: number | null
  readonly atIso: string
}

const nothing: Generation = { number: 0, parent: null, atIso: '' }
/** Ancestors that are kept. */
const keptMax = 50
const wholeNumber = /^\d{1,9}$/

export const profilesFolder = (dir: string): string => join(dir, 'profiles')
const generationFolder = (dir: string, n: number): string => join(profilesFolder(dir), `gen-${n}`)
const manifestFile = (dir: string, n: number): string =>
  join(generationFolder(dir, n), 'generation.txt')
const currentFile = (dir: string): string => join(profilesFolder(dir), 'current')

const damaged = (file: string, note: string): LaneFault => new LaneFault('FILE-01', { file, note })

/** Two lines: the parent's number or `none`, and the time. */
function readGeneration(dir: string, number: number): Generation {
  if (number === 0) return nothing
  const file = manifestFile(dir, number)
  if (!existsSync(file)) throw damaged(file, 'the generation of imported profiles is not whole')
  const [parent = '', atIso = ''] = readFileSync(file, 'utf8').split('\n')
  return { number, parent: wholeNumber.test(parent) ? Number(parent) : null, atIso }
}

export function currentGeneration(dir: string): Generation {
  const file = currentFile(dir)
  if (!existsSync(file)) return nothing
  const text = readFileSync(file, 'utf8').trim()
  if (!wholeNumber.test(text)) throw damaged(file, 'does not name a generation')
  return readGeneration(dir, Number(text))
}

/** Files of a generation by their path, without its own note. */
export function generationFiles(dir: string, number: number): readonly LibraryFile[] {
  return number === 0 ? [] : readProfileFolder(generationFolder(dir, number))
}

/** Where a file of the current generation would lie, or null when nothing was imported. */
export function installedFile(dir: string, path: string): string | null {
  const { number } = currentGeneration(dir)
  const file = join(generationFolder(dir, number), path)
  return number > 0 && existsSync(file) ? file : null
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** One import at a time: what two began from the same generation would lose one of them. */
function locked<T>(dir: string, act: () => T): T {
  const lock = join(profilesFolder(dir), 'lock')
  mkdirSync(profilesFolder(dir), { recursive: true, mode: 0o700 })
  if (existsSync(lock) && !isAlive(Number(readFileSync(lock, 'utf8')) || 0)) rmSync(lock)
  try {
    const fd = openSync(lock, 'wx', 0o600)
    writeSync(fd, String(process.pid))
    closeSync(fd)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code !== 'EEXIST') throw error
    throw new LaneFault('LOCK-01', { file: lock, note: 'another import is under way' })
  }
  try {
    return act()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** From here on the folder has this generation; before, it has the one before, whole. */
function turn(dir: string, number: number): void {
  const fresh = `${currentFile(dir)}.new`
  writeFileSync(fresh, `${number}\n`, { mode: 0o600, flush: true })
  renameSync(fresh, currentFile(dir))
  syncFolder(profilesFolder(dir))
}

function generationsOf(dir: string): number[] {
  return readdirSync(profilesFolder(dir)).flatMap((name) => {
    const number = /^gen-(\d{1,9})$/.exec(name)?.[1]
    return number === undefined ? [] : [Number(number)]
  })
}

/** Generations that no undo can reach any more go; so does one that was never finished. */
function prune(dir: string): void {
  const kept = new Set<number>()
  let at: number | null = currentGeneration(dir).number
  while (at !== null && at > 0 && kept.size < keptMax && existsSync(manifestFile(dir, at))) {
    kept.add(at)
    at = readGeneration(dir, at).parent
  }
  for (const number of generationsOf(dir))
    if (!kept.has(number)) rmSync(generationFolder(dir, number), { recursive: true, force: true })
}

/** A disk that refuses is a fault of the world; everything that was there stays. */
function onDisk<T>(dir: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof LaneFault || !(error instanceof Error) || !('code' in error)) throw error
    throw new LaneFault('DATA-01', { file: profilesFolder(dir), note: error.message })
  }
}

/** Writes the files as the new current generation: all of them, or nothing. */
export function writeGeneration(
  dir: string,
  from: Generation,
  files: readonly LibraryFile[],
  atIso: string,
): Generation {
  return onDisk(dir, () =>
    locked(dir, () => {
      const before = currentGeneration(dir)
      if (before.number !== from.number)
        throw new LaneFault('LOCK-01', { file: profilesFolder(dir), note: 'changed meanwhile' })
      const number = Math.max(0, before.number, ...generationsOf(dir)) + 1
      const folder = generationFolder(dir, number)
      for (const { path, bytes } of files) {
        const file = join(folder, path)
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
        writeFileSync(file, bytes, { mode: 0o600, flag: 'wx', flush: true })
        syncFolder(dirname(file))
      }
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const parent = before.number === 0 ? '0' : String(before.number)
      writeFileSync(manifestFile(dir, number), `${parent}\n${atIso}\n`, {
        mode: 0o600,
        flush: true,
      })
      syncFolder(folder)
      turn(dir, number)
      prune(dir)
      return { number, parent: before.number, atIso }
    }),
  )
}

/** Back to the generation before. Throws PROFILE-20 where there is none. */
export function undoGeneration(dir: string): Generation {
  return onDisk(dir, () =>
    locked(dir, () => {
      const { number, parent } = currentGeneration(dir)
      if (number === 0 || parent === null)
        throw new LaneFault('PROFILE-20', { file: profilesFolder(dir) })
      const back = readGeneration(dir, parent)
      turn(dir, parent)
      return back
    }),
  )
}
