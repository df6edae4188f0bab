// Traces of passages on disk: photos/DAY/passages.jsonl, appended beside the hot path.
// They are in the folder of their day's photos, so that deleting a day deletes both.
import { parsed } from '#base/pure/data/json.ts'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PassageTrace } from '#base/ports/passage-traces.ts'
import { LateFile } from '#base/files/late-file.ts'

const dayShape = /^\d{4}-\d{2}-\d{2}$/

export const passageFile = (dir: string, day: string): string =>
  join(dir, 'photos', day, 'passages.jsonl')

interface PassageFileLimits {
  /** For one day: six times what 2,000 cars with all their frames and turns need. */
  readonly dayBytesMax: number
  /** For one stay: a car that stands for hours repeats the same traces. */
  readonly stayTracesMax: number
  /** Number of stays whose traces are counted; those seen longest ago start again. */
  readonly staysMax: number
  readonly waitingMax: number
  readonly flushMs: number
}

const standardLimits: PassageFileLimits = {
  dayBytesMax: 256 * 1024 * 1024,
  stayTracesMax: 2_000,
  staysMax: 5_000,
  waitingMax: 20_000,
  flushMs: 200,
}

export class PassageFile extends LateFile {
  private readonly dir: string
  private readonly limits: PassageFileLimits
  private readonly counts = new Map<string, number>()
  private readonly bytes = new Map<string, number>()
  private waiting: { readonly day: string; readonly text: string }[] = []

  constructor(dir: string, limits: Partial<PassageFileLimits> = {}) {
    super()
    this.dir = dir
    this.limits = { ...standardLimits, ...limits }
  }

  /** `day` as `YYYY-MM-DD`. Never throws and never waits, because a trace is not required. */
  add(day: string, trace: PassageTrace): void {
    if (this.waiting.length >= this.limits.waitingMax || !this.mayHaveMore(trace.stayId)) {
      this.dropped++
      return
    }
    const { stayId, kind, value } = trace
    this.waiting.push({ day, text: `${JSON.stringify({ stayId, kind, value })}\n` })
    this.writeSoon(this.limits.flushMs)
  }

  private mayHaveMore(stayId: string): boolean {
    const count = (this.counts.get(stayId) ?? 0) + 1
    this.counts.delete(stayId)
    this.counts.set(stayId, count)
    const [oldest] = this.counts.keys()
    if (this.counts.size > this.limits.staysMax && oldest !== undefined) this.counts.delete(oldest)
    return count <= this.limits.stayTracesMax
  }

  protected override async write(): Promise<void> {
    const { waiting } = this
    this.waiting = []
    for (const [day, traces] of Map.groupBy(waiting, (trace) => trace.day))
      await this.append(day, traces.map(({ text }) => text).join(''), traces.length)
  }

  private async append(day: string, text: string, count: number): Promise<void> {
    const file = passageFile(this.dir, day)
    try {
      const known = this.bytes.get(day)
      const before = known ?? (existsSync(file) ? statSync(file).size : 0)
      // The last line before a restart may be torn: a line feed keeps the first new line apart from it.
      const lines = known === undefined && before > 0 ? `\n${text}` : text
      const after = before + Buffer.byteLength(lines)
      if (after > this.limits.dayBytesMax) {
        this.dropped += count
        return
      }
      await mkdir(dirname(file), { recursive: true })
      await appendFile(file, lines, { mode: 0o600 })
      if (known === undefined) this.bytes.clear()
      this.bytes.set(day, after)
    } catch {
      // A full or read-only disk must not delay a car: lost traces are counted.
      this.dropped += count
    }
  }
}

/** Null for a line torn by a power cut. */
const traceOf = (line: string): PassageTrace | null => parsed(line) as PassageTrace | null

async function readDays(
  dir: string,
  days: readonly string[],
  isWanted: (line: string) => boolean,
): Promise<PassageTrace[]> {
  const found: PassageTrace[] = []
  for (const day of days) {
    const file = passageFile(dir, day)
    if (!dayShape.test(day) || !existsSync(file)) continue
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const trace = isWanted(line) ? traceOf(line) : null
      if (trace !== null) found.push(trace)
    }
  }
  return found
}

/** For the worker: reads a day's file from beginning to end. */
export function readPassage(
  dir: string,
  stayId: string,
  days: readonly string[],
): Promise<readonly PassageTrace[]> {
  const mark = `{"stayId":${JSON.stringify(stayId)},`
  return readDays(dir, days, (line) => line.startsWith(mark))
}

/** Traces of several stays, each day read once. */
export function readPassages(
  dir: string,
  stayIds: ReadonlySet<string>,
  days: readonly string[],
): Promise<readonly PassageTrace[]> {
  return readDays(dir, days, (line) => stayIds.has(/^\{"stayId":"([^"]+)"/.exec(line)?.[1] ?? ''))
}

/** All traces of a kind on these days, for judging all passages at once. */
export async function readTraces(
  dir: string,
  kind: PassageTrace['kind'],
  days: readonly string[],
): Promise<readonly PassageTrace[]> {
  const all = await readDays(dir, days, (line) => line !== '')
  return all.filter((trace) => trace.kind === kind)
}
