// Reads profile files from a disk without trusting it: sizes before contents, no links, no devices,
// no archives, and never more files than a library can have.
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '../../core/values/faults.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'

/** The strict reader takes no more. A profile with whole frame tables is a tenth of it. */
export const profileBytesMax = 1_048_576
export const profileFilesMax = 500
/** `<kind>/<vendor>/<model>.json` below a root. */
const depthMax = 4

/** zip, gzip, bzip2, xz, 7z, zstd. */
const archiveMarks: readonly (readonly number[])[] = [
  [0x50, 0x4b],
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x28, 0xb5, 0x2f, 0xfd],
]

const refusal = (file: string, value: string, note: string): LaneFault =>
  new LaneFault('PROFILE-19', { file, value, note })

const unreadable = (file: string, error: unknown): LaneFault =>
  new LaneFault('FILE-01', { file, note: error instanceof Error ? error.message : '' })

function statOf(file: string) {
  try {
    return lstatSync(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

export const isFolder = (path: string): boolean => statOf(path).isDirectory()

/** One regular file of a size that a profile can have. Throws PROFILE-19 or FILE-01. */
export function readProfileFile(file: string): Uint8Array {
  const stat = statOf(file)
  // A pipe or a device would be waited for without end, a link leads somewhere else.
  if (!stat.isFile()) throw refusal(file, '', 'not a regular file')
  if (stat.size > profileBytesMax)
    throw refusal(file, `${stat.size} bytes`, 'the file is too large')
  let bytes
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw unreadable(file, error)
  }
  refuseArchive(file, bytes)
  return bytes
}

/** PROFILE-19 for what begins as an archive does. */
export function refuseArchive(file: string, bytes: Uint8Array): void {
  if (archiveMarks.some((mark) => mark.every((b, i) => bytes[i] === b)))
    throw refusal(file, '', 'an archive: unpack it first')
}

/** Every JSON file and signature below a folder, in the order of their paths. */
export function readProfileFolder(root: string): readonly LibraryFile[] {
  const files: LibraryFile[] = []
  const walk = (folder: string, depth: number): void => {
    const here = join(root, folder)
    if (depth > depthMax) throw refusal(here, '', 'folders are nested too deep')
    let entries
    try {
      entries = readdirSync(here, { withFileTypes: true })
    } catch (error) {
      throw unreadable(here, error)
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path, depth + 1)
      else if (/\.json(\.sig)?$/.test(entry.name)) {
        if (files.length >= profileFilesMax)
          throw refusal(root, '', `more than ${profileFilesMax} files`)
        files.push({ path, bytes: readProfileFile(join(root, path)) })
      }
    }
  }
  walk('', 0)
  return files
}
