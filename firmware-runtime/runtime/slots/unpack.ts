// Unpacks the archive of a signed release by its own rules: only folders and files below one top folder. The signature proved
// who made the archive; these rules hold as well where its makers erred.
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Parser } from 'tar/parse'
import { isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { syncFolder } from '#base/files/sync-folder.ts'

/** Node and the program press to a third; an archive that grows more is none of them. */
export const growsAtMost = 20
const entriesMax = 20_000
const pathMax = 300

/** A part of a path that both systems take as it is. */
const plainPart = /^(?!\.{1,2}$)[^\\:*?"<>|\p{Cc}]*[^\\:*?"<>|\p{Cc}. ]$/u
/** Names of devices of Windows, with any ending. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

const why = {
  path: t('路径不允许', 'this path is not allowed'),
  kind: t('只允许文件和文件夹', 'only files and folders are allowed'),
  top: t('不在同一个顶层文件夹里', 'it is not below the one top folder'),
  twice: t('同名出现两次', 'the name is there twice'),
  size: t('解压后太大', 'it unpacks to too many bytes'),
  count: t('文件太多', 'it holds too many files'),
  empty: t('里面没有文件', 'it holds no file'),
} satisfies Record<string, BilingualText>

interface Entry {
  readonly path: string
  readonly type: string
  readonly size: number
  readonly mode?: number | undefined
  on(event: 'data', take: (piece: Uint8Array) => void): unknown
  on(event: 'end', then: () => void): unknown
  resume(): unknown
}

/** What an archive may hold; each name is judged before anything of it is written. */
class Rules {
  private readonly archive: string
  private top: string | null = null
  /** By lower-case path, because a disk may not tell them apart. */
  private readonly seen = new Map<string, 'file' | 'folder'>()

  constructor(archive: string) {
    this.archive = archive
  }

  refused(note: BilingualText | string, value?: string): LaneFault {
    const { archive: file } = this
    return new LaneFault('UPDATE-10', { file, note, ...(value === undefined ? {} : { value }) })
  }

  /** The path below the top folder; '' for the top folder itself. */
  below({ path, type }: Entry): string {
    const isFolder = type === 'Directory'
    if (!isFolder && type !== 'File' && type !== 'OldFile') throw this.refused(why.kind, path)
    const parts = (isFolder ? path.replace(/\/$/, '') : path).split('/')
    if (path.length > pathMax || !parts.every(isPlain)) throw this.refused(why.path, path)
    const [top = '', ...rest] = parts
    this.top ??= top
    if (top !== this.top || (rest.length === 0 && !isFolder)) throw this.refused(why.top, path)
    this.note(rest, isFolder ? 'folder' : 'file', path)
    return rest.join('/')
  }

  private note(parts: readonly string[], is: 'file' | 'folder', path: string): void {
    for (let depth = 1; depth <= parts.length; depth++) {
      const key = parts.slice(0, depth).join('/').normalize('NFC').toLowerCase()
      const own = depth === parts.length ? is : 'folder'
      const former = this.seen.get(key)
      if (former !== undefined && (former === 'file' || own === 'file'))
        throw this.refused(why.twice, path)
      this.seen.set(key, own)
    }
    if (this.seen.size > entriesMax) throw this.refused(why.count, String(this.seen.size))
  }

  mustHoldFiles(): void {
    if (![...this.seen.values()].includes('file')) throw this.refused(why.empty)
  }
}

const isPlain = (part: string): boolean => plainPart.test(part) && !deviceName.test(part)

/** Writes entries below `to`, one at a time; a file is synced when its last byte came. */
class Writer {
  private readonly to: string
  private readonly folders: Set<string>
  private handle: number | null = null

  constructor(to: string) {
    this.to = to
    this.folders = new Set([to])
    mkdirSync(to, { mode: 0o755 })
  }

  write(entry: Entry, path: string): void {
    const place = join(this.to, path)
    const folder = entry.type === 'Directory' ? place : dirname(place)
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    this.folders.add(folder)
    if (entry.type === 'Directory') {
      entry.resume()
      return
    }
    const isProgram = ((entry.mode ?? 0) & 0o100) !== 0
    const handle = openSync(place, 'wx', isProgram ? 0o755 : 0o644)
    this.handle = handle
    entry.on('end', () => {
      fsyncSync(handle)
      this.close()
    })
    entry.on('data', (piece) => {
      for (let at = 0; at < piece.length;) at += writeSync(handle, piece, at)
    })
  }

  close(): void {
    if (this.handle !== null) closeSync(this.handle)
    this.handle = null
  }

  sync(): void {
    for (const folder of this.folders) syncFolder(folder)
  }
}

/**
 * Unpacks the content of the top folder into the new folder `to` and syncs it. `bytes`: signed length of the archive. What was
 * written stays there after a fault. Throws UPDATE-10 for an archive that breaks a rule, errors of the disk as they are.
 */
export async function unpack(archive: string, bytes: number, to: string): Promise<void> {
  const rules = new Rules(archive)
  const writer = new Writer(to)
  const wrong: unknown[] = []
  const parser = new Parser({ strict: true, brotli: false, zstd: false })
  parser.on('error', (error: unknown) => wrong.push(error))
  parser.on('ignoredEntry', ({ path }: Entry) => wrong.push(rules.refused(why.path, path)))
  parser.on('entry', (entry: Entry) => writer.write(entry, rules.below(entry)))
  const mustBeSound = (): void => {
    if (wrong.length > 0) throw wrong[0]
  }
  async function take(pieces: AsyncIterable<Buffer>): Promise<void> {
    let read = 0
    for await (const piece of pieces) {
      read += piece.length
      if (read > bytes * growsAtMost) throw rules.refused(why.size, `> ${bytes * growsAtMost}`)
      parser.write(piece)
      mustBeSound()
    }
    parser.end()
    mustBeSound()
  }
  try {
    await pipeline(createReadStream(archive), createGunzip(), take)
  } catch (error) {
    if (error instanceof LaneFault || isDiskError(error)) throw error
    throw rules.refused(error instanceof Error ? error.message : String(error))
  } finally {
    writer.close()
  }
  rules.mustHoldFiles()
  writer.sync()
}
