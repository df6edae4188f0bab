// Facts of passages on disk: DIR/passing/LANE/DAY.csv, appended beside the hot path, some 40 bytes per car.
// The first 14 days since the reference began and the newest 35 days are kept; days between are deleted.
import { appendFile, mkdir } from 'node:fs/promises'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { parsed } from '#base/pure/data/json.ts'
import type { PassingStore } from '../ports/passing-store.ts'
import { factOf, lineOf, type PassingFact } from '../pure/passing/facts.ts'
import type { PassingDay, PassingSince } from '../pure/passing/review.ts'
import { LateFile } from '#base/files/late-file.ts'
import { writeWhole } from '#devices/files/settings-files.ts'
import { removePath } from '#base/files/held-path.ts'

/** Ten thousand cars. */
const dayBytesMax = 512 * 1024
const waitingMax = 5_000
const keep = { newest: 35, first: 14 } as const
const dayFile = /^(\d{4}-\d{2}-\d{2})\.csv$/
const sinceShape = z.strictObject({
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  skip: z.int().min(0),
})

const folderOf = (dir: string, laneId: string): string => join(dir, 'passing', laneId)
const sinceFile = (dir: string, laneId: string): string => join(folderOf(dir, laneId), 'since.json')

const namesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => dayFile.test(name))
        .toSorted()
    : []

/** For a running or a stopped lot; a line torn by a power cut is left out. */
export function readPassing(dir: string, laneId: string): readonly PassingDay[] {
  const folder = folderOf(dir, laneId)
  return namesIn(folder).map((name) => ({
    day: name.slice(0, 10),
    facts: readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line): PassingFact[] => {
        const fact = factOf(line)
        return fact === null ? [] : [fact]
      }),
  }))
}

/** From when facts count; null when all days count or the file cannot be read. */
export function readSince(dir: string, laneId: string): PassingSince | null {
  const file = sinceFile(dir, laneId)
  if (!existsSync(file)) return null
  const read = sinceShape.safeParse(parsed(readFileSync(file, 'utf8')))
  return read.success ? read.data : null
}

export class PassingFiles extends LateFile implements PassingStore {
  private readonly dir: string
  private readonly begun = new Map<string, number>()
  private waiting: { readonly file: string; readonly lines: readonly string[] }[] = []

  constructor(dir: string) {
    super()
    this.dir = dir
  }

  add(laneId: string, day: string, facts: readonly PassingFact[]): void {
    if (facts.length === 0) return
    if (this.waiting.length >= waitingMax) this.dropped += facts.length
    else {
      const file = join(folderOf(this.dir, laneId), `${day}.csv`)
      this.waiting.push({ file, lines: facts.map(lineOf) })
    }
  }

  days(laneId: string): readonly PassingDay[] {
    return this.orElse([], () => readPassing(this.dir, laneId))
  }

  since(laneId: string): PassingSince | null {
    return this.orElse(null, () => readSince(this.dir, laneId))
  }

  /** For a lane an unreadable folder counts as empty. */
  private orElse<T>(otherwise: T, read: () => T): T {
    try {
      return read()
    } catch {
      return otherwise
    }
  }

  countFrom(laneId: string, since: PassingSince): void {
    writeWhole(sinceFile(this.dir, laneId), since)
  }

  protected override async write(): Promise<void> {
    const { waiting } = this
    this.waiting = []
    for (const [file, parts] of Map.groupBy(waiting, (one) => one.file))
      await this.append(
        file,
        parts.flatMap(({ lines }) => lines),
      )
  }

  private async append(file: string, lines: readonly string[]): Promise<void> {
    const text = `${lines.join('\n')}\n`
    try {
      const known = this.begun.get(file)
      const before = known ?? (existsSync(file) ? statSync(file).size : 0)
      // The last line before a restart may be torn: a line feed keeps the first new line apart from it.
      const whole = known === undefined && before > 0 ? `\n${text}` : text
      const after = before + whole.length
      if (after > dayBytesMax) {
        this.dropped += lines.length
        return
      }
      if (known === undefined) {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        this.clear(dirname(file))
      }
      await appendFile(file, whole, { mode: 0o600 })
      this.begun.set(file, after)
    } catch {
      // A full or read-only disk must not delay a car: lost facts are counted.
      this.dropped += lines.length
    }
  }

  private clear(folder: string): void {
    const names = namesIn(folder)
    const since = this.since(folder.slice(join(this.dir, 'passing').length + 1))?.day ?? ''
    const first = names.filter((name) => name.slice(0, 10) >= since).slice(0, keep.first)
    const kept = new Set([...first, ...names.slice(-keep.newest)])
    for (const name of names) if (!kept.has(name)) removePath(join(folder, name), { force: true })
  }
}
