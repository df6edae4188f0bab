// The car parks that this machine has opened, for the start page: their folders, stored beside Studio's settings.
// A folder whose lot is gone is not offered; a damaged list does not prevent the start.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { KnownLot } from '../../firmware-runtime/api/start.ts'

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
    const there = foldersIn(this.file).filter((dir) => existsSync(join(dir, 'lot.json')))
    return there.map((dir) => ({ dir, name: nameOf(dir) }))
  }

  /** Puts the folder first. */
  remember(dir: string): void {
    const all = [dir, ...foldersIn(this.file).filter((one) => one !== dir)].slice(0, lotsMax)
    mkdirSync(dirname(this.file), { recursive: true })
    writeFileSync(`${this.file}.new`, JSON.stringify(all))
    renameSync(`${this.file}.new`, this.file)
  }
}
