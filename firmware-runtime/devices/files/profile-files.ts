// Reads profile files from a disk without trusting it: sizes before contents, no links, no devices,
// no archives, and never more files than a library can have.
import { t } from '#base/pure/words/fault-text.ts'
import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import type { LibraryFile } from '../ports/profile-files.ts'

/** The strict reader accepts no more. A profile with full frame tables is a tenth of it. */
export const profileBytesMax = 1_048_576
const profileFilesMax = 500
/** All files of a folder together: the whole built-in library is a fraction of it. */
const folderBytesMax = 16 * 1_048_576
/** Entries of any kind below a folder: a library never has more. */
const entriesMax = 5_000
/** `<kind>/<vendor>/<model>.json` below a root. */
const depthMax = 4

/** Magic bytes of zip, gzip, bzip2, xz, 7z, zstd. */
const archiveMarks: readonly (readonly number[])[] = [
  [0x50, 0x4b],
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x28, 0xb5, 0x2f, 0xfd],
]

const refusal = (file: string, value: string, note: Why): LaneFault =>
  new LaneFault('PROFILE-19', { file, value, note })

const statOf = (file: string) => orDiskFault({ file, otherwise: 'FILE-01' }, () => lstatSync(file))

export const isFolder = (path: string): boolean => statOf(path).isDirectory()

/** Reads one regular file of limited size. Throws PROFILE-19 or FILE-01. */
export function readProfileFile(file: string): Uint8Array {
  const stat = statOf(file)
  // Reading a pipe or a device could block for ever, and a link leads elsewhere.
  if (!stat.isFile()) throw refusal(file, '', t('不是普通文件', 'not a regular file'))
  if (stat.size > profileBytesMax)
    throw refusal(file, `${stat.size} bytes`, t('文件太大', 'the file is too large'))
  const bytes = orDiskFault({ file, otherwise: 'FILE-01' }, () => readFileSync(file))
  refuseArchive(file, bytes)
  return bytes
}

/** Throws PROFILE-19 for a file that begins like an archive. */
export function refuseArchive(file: string, bytes: Uint8Array): void {
  if (archiveMarks.some((mark) => mark.every((b, i) => bytes[i] === b)))
    throw refusal(file, '', t('是压缩包,请先解开', 'an archive: unpack it first'))
}

/**
 * True for a name that looks like a path on any system: `..`, a root, a drive, a backslash, invisible characters. Names
 * are only labels here, but such a name is reported.
 */
export const isOddName = (name: string): boolean =>
  /^\/|^[A-Za-z]:|\\/.test(name) ||
  name.split('/').some((part) => part === '..' || part === '.') ||
  [...name].some((c) => c < ' ' || c === '\u007f')

/** Names that are equal on a disk without case, which most lane PCs have. */
function refuseTwins(names: readonly string[], root: string): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const key = name.normalize('NFC').toLowerCase()
    const twin = seen.get(key)
    if (twin !== undefined)
      throw refusal(root, name, t(`与 ${twin} 只有大小写不同`, `differs from ${twin} only by case`))
    seen.set(key, name)
  }
}

/** Entries of one folder by name; throws for links and odd names. */
function entriesOf(folder: string, most: number): readonly Dirent[] {
  const entries = orDiskFault({ file: folder, otherwise: 'FILE-01' }, () =>
    readdirSync(folder, { withFileTypes: true }),
  )
  if (entries.length > most)
    throw refusal(folder, '', t(`超过 ${entriesMax} 项`, `more than ${entriesMax} entries`))
  for (const { name } of entries)
    if (isOddName(name))
      throw refusal(folder, name, t('名字指向别处', 'a name that leads elsewhere'))
  const link = entries.find((entry) => entry.isSymbolicLink())
  if (link !== undefined)
    throw refusal(join(folder, link.name), '', t('链接指向别处', 'a link leads elsewhere'))
  refuseTwins(
    entries.map(({ name }) => name),
    folder,
  )
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Every JSON file and signature below a folder, in the order of their paths. */
export function readProfileFolder(root: string): readonly LibraryFile[] {
  const files: LibraryFile[] = []
  let [entries, size] = [0, 0]
  const walk = (folder: string, depth: number): void => {
    const here = join(root, folder)
    if (depth > depthMax)
      throw refusal(here, '', t('文件夹层数太多', 'folders are nested too deep'))
    const found = entriesOf(here, entriesMax - entries)
    entries += found.length
    for (const entry of found) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path, depth + 1)
      else if (/\.json(\.sig)?$/.test(entry.name)) {
        if (files.length >= profileFilesMax)
          throw refusal(
            root,
            '',
            t(`超过 ${profileFilesMax} 个文件`, `more than ${profileFilesMax} files`),
          )
        const bytes = readProfileFile(join(root, path))
        size += bytes.length
        if (size > folderBytesMax)
          throw refusal(
            root,
            '',
            t(`超过 ${folderBytesMax} 字节`, `more than ${folderBytesMax} bytes`),
          )
        files.push({ path, bytes })
      }
    }
  }
  walk('', 0)
  return files
}
