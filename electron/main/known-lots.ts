// The car parks that this machine has opened, for the start page: their folders, stored beside Studio's settings.
// A folder whose lot is gone is not offered. A list that is damaged, or that a virus scanner holds, prevents no start.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { KnownLot } from '#runtime/api/start.ts'

const lotsMax = 8

/** A damaged list, or a file of another kind, counts as empty. */
function foldersIn(file: string): readonly string[] {
  if (!existsSync(file)) return []
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Null where the system refused, for example because another program holds the file. */
function unlessRefused<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

/** The lot's Chinese name from its lot file; without a readable one the folder. */
function nameOf(dir: string): string {
  try {
    const lot: unknown = JSON.parse(readFileSync(join(dir, 'lot.json'), 'utf8'))
    const { name } = lot as { name?: { zh?: unknown } }
    return typeof name?.zh === 'string' ? name.zh : dir
  } catch (error) {
    if (error instanceof Error) return dir
    throw error
  }
}

export class KnownLots {
  private readonly file: string

  constructor(file: string) {
    this.file = file
  }

  list(): readonly KnownLot[] {
    const there = (unlessRefused(() => foldersIn(this.file)) ?? []).filter((dir) =>
      existsSync(join(dir, 'lot.json')),
    )
    return there.map((dir) => ({ dir, name: nameOf(dir) }))
  }

  /** Puts the folder first. Where the disk refuses, the list stays as it was. */
  remember(dir: string): void {
    unlessRefused(() => {
      const all = [dir, ...foldersIn(this.file).filter((one) => one !== dir)].slice(0, lotsMax)
      mkdirSync(dirname(this.file), { recursive: true })
      writeFileSync(`${this.file}.new`, JSON.stringify(all))
      renameSync(`${this.file}.new`, this.file)
    })
  }
}
