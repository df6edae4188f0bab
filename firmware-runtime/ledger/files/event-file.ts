// The event stream on disk: logs/events.jsonl, appended beside the hot path and bounded by rotation.
// For explanations only: a power cut may lose its last moments; the ledger is the proof.
import { appendFile } from 'node:fs/promises'
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parsed } from '#base/pure/data/json.ts'
import { LateFile } from '#base/files/late-file.ts'
import { renamePathAsync } from '#base/files/held-path.ts'

interface EventFileRow {
  readonly seq: number
}

export const eventFileNames = (dir: string): { now: string; before: string } => ({
  now: join(dir, 'logs', 'events.jsonl'),
  before: join(dir, 'logs', 'events.1.jsonl'),
})

interface EventFileLimits {
  readonly fileBytesMax: number
  readonly waitingMax: number
  readonly flushMs: number
}

const standardLimits: EventFileLimits = {
  fileBytesMax: 16 * 1024 * 1024,
  waitingMax: 20_000,
  flushMs: 200,
}
const tailBytes = 64 * 1024

/** Number of the last whole line, so that numbering continues after a restart; 0 without one. */
export function lastEventSeq(dir: string): number {
  const { now, before } = eventFileNames(dir)
  return seqAtEnd(now) ?? seqAtEnd(before) ?? 0
}

function seqAtEnd(file: string): number | null {
  if (!existsSync(file)) return null
  const fd = openSync(file, 'r')
  try {
    const { size } = fstatSync(fd)
    const bytes = Buffer.alloc(Math.min(size, tailBytes))
    readSync(fd, bytes, 0, bytes.length, size - bytes.length)
    const found = bytes.toString('utf8').match(/\{"seq":\d+(?=,[^\n]*\}\n)/g)
    const last = found?.at(-1)
    return last === undefined ? null : Number(last.slice('{"seq":'.length))
  } finally {
    closeSync(fd)
  }
}

export class EventFile extends LateFile {
  private readonly dir: string
  private readonly limits: EventFileLimits
  private waiting: string[] = []
  private bytes: number

  constructor(dir: string, limits: Partial<EventFileLimits> = {}) {
    super()
    this.dir = dir
    this.limits = { ...standardLimits, ...limits }
    const { now } = eventFileNames(dir)
    this.bytes = existsSync(now) ? statSync(now).size : 0
  }

  add(row: EventFileRow): void {
    if (this.waiting.length >= this.limits.waitingMax) {
      this.dropped++
      return
    }
    this.waiting.push(`${JSON.stringify(row)}\n`)
    this.writeSoon(this.limits.flushMs)
  }

  protected override async write(): Promise<void> {
    const lines = this.waiting
    if (lines.length === 0) return
    this.waiting = []
    const { now, before } = eventFileNames(this.dir)
    const text = lines.join('')
    try {
      if (this.bytes > this.limits.fileBytesMax) {
        await renamePathAsync(now, before)
        this.bytes = 0
      }
      await appendFile(now, text, { mode: 0o600 })
      this.bytes += Buffer.byteLength(text)
    } catch {
      // A full or read-only disk must not delay a car: lost events are counted and shown.
      this.dropped += lines.length
    }
  }
}

/** The newest events on disk, oldest first: those of the last stretch of the file. */
export function newestEvents(dir: string): readonly unknown[] {
  const { now } = eventFileNames(dir)
  if (!existsSync(now)) return []
  const fd = openSync(now, 'r')
  try {
    const { size } = fstatSync(fd)
    const bytes = Buffer.alloc(Math.min(size, 4 * tailBytes))
    readSync(fd, bytes, 0, bytes.length, size - bytes.length)
    // The first line may be cut off, and the last one torn.
    return bytes
      .toString('utf8')
      .split('\n')
      .flatMap((line) => parsed(line) ?? [])
  } finally {
    closeSync(fd)
  }
}
