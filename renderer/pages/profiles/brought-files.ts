// Files that a person drops or chooses, single or as whole folders, cut into parts for the API.
// Only bytes and the names within the chosen folder leave this file, never a path of this machine.
import type { ProfilePart } from '#devices/calls/profiles.ts'
import { base64Of } from '#base/pure/data/base64.ts'

export interface Brought {
  readonly name: string
  readonly file: Blob
}

/** Limit of the runtime, which checks again. */
const fileBytesMax = 1_048_576
/** 36,000 bytes are 48,000 characters of base64, the limit of one call. */
const sliceBytes = 36_000
const partsInCallMax = 20
const filesMax = 200
const depthMax = 4

const isOfLibrary = (name: string): boolean => /\.json(\.sig)?$/.test(name)

/** A file of a chosen folder has its path within that folder; the first part, the folder's own name, is removed. */
export function fromInput(list: FileList | null): Brought[] {
  return [...(list ?? [])].flatMap((file): Brought[] => {
    const inFolder = file.webkitRelativePath
    if (inFolder === '') return [{ name: file.name, file }]
    return isOfLibrary(file.name) ? [{ name: inFolder.split('/').slice(1).join('/'), file }] : []
  })
}

const entriesOf = (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  return new Promise((done, failed) => {
    // readEntries returns about 100 entries a call, and an empty list at the end.
    const more = (): void =>
      reader.readEntries((some) => {
        all.push(...some)
        if (some.length === 0 || all.length > filesMax) done(all)
        else more()
      }, failed)
    more()
  })
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

async function walk(
  folder: FileSystemDirectoryEntry,
  at: string,
  depth: number,
): Promise<Brought[]> {
  const found: Brought[] = []
  for (const entry of await entriesOf(folder)) {
    const name = `${at}${entry.name}`
    if (isFolder(entry) && depth < depthMax)
      found.push(...(await walk(entry, `${name}/`, depth + 1)))
    else if (isFile(entry) && isOfLibrary(entry.name))
      found.push({
        name,
        file: await new Promise<File>((done, failed) => entry.file(done, failed)),
      })
  }
  return found
}

/** All files of a drop. The entries must be taken before the first `await`, after which they are gone. */
export async function fromDrop(data: DataTransfer | null): Promise<Brought[]> {
  const entries = [...(data?.items ?? [])].map((item) => item.webkitGetAsEntry())
  const files = [...(data?.files ?? [])]
  const folders = entries.filter((entry) => entry !== null).filter(isFolder)
  const names = new Set(folders.map(({ name }) => name))
  const found: Brought[] = files
    .filter((file) => !names.has(file.name))
    .map((file) => ({ name: file.name, file }))
  for (const folder of folders) found.push(...(await walk(folder, '', 0)))
  return apart(found)
}

/**
 * Gives files of the same name from several folders a name of their own, so that each gets a verdict and none
 * silently replaces another (P08).
 */
function apart(brought: readonly Brought[]): Brought[] {
  const times = new Map<string, number>()
  return brought.map(({ name, file }) => {
    const n = (times.get(name) ?? 0) + 1
    times.set(name, n)
    return { name: n === 1 ? name : `${n}/${name}`, file }
  })
}

/** The parts of all files for successive calls; small files share a call. */
export async function* calls(files: readonly Brought[]): AsyncGenerator<ProfilePart[]> {
  let parts: ProfilePart[] = []
  let bytes = 0
  for (const { name, file } of files) {
    const isLarge = file.size > fileBytesMax
    const content = isLarge ? new Uint8Array() : new Uint8Array(await file.arrayBuffer())
    for (let at = 0; at === 0 || at < content.length; at += sliceBytes) {
      const slice = content.subarray(at, at + sliceBytes)
      // Each part's base64 is rounded up to a multiple of 4 characters, at most 2 more bytes.
      if (parts.length >= partsInCallMax || bytes + slice.length + 2 * parts.length > sliceBytes) {
        yield parts
        parts = []
        bytes = 0
      }
      const size = isLarge ? file.size : content.length
      parts.push({ name, bytes: size, at, base64: base64Of(slice) })
      bytes += slice.length
    }
  }
  if (parts.length > 0) yield parts
}
