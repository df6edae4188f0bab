// Shelves of a simulated year: what was not touched for a while lies in a temporary database, not in memory.
// The file is SQLite's own, without a name, and gone with the connection or the process.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Shelf } from '../../core/values/shelf.ts'

/** Names a shelf holds in memory; then the oldest go to disk, an eighth at a time. */
const hotMax = 4_096
const pageRows = 256
/** Of all shelves together, in KiB: what SQLite keeps in memory. */
const cacheKb = 8_192

interface Statements {
  readonly get: StatementSync
  readonly first: StatementSync
  readonly again: StatementSync
  readonly page: StatementSync
}

class DiskShelf<V> implements Shelf<V> {
  readonly #db: DatabaseSync
  readonly #sql: Statements
  readonly #hotMax: number
  readonly #hot = new Map<string, V>()
  /** Names in memory that have their place on disk already. */
  readonly #loaded = new Set<string>()
  /** Names with a place on disk. */
  #stored = 0
  /** Just asked for and not there: whoever puts it down next needs no second look. */
  #missed: string | null = null

  constructor(db: DatabaseSync, table: string, hot: number) {
    this.#db = db
    this.#hotMax = hot
    db.exec(`CREATE TABLE ${table} (place INTEGER PRIMARY KEY, name TEXT UNIQUE, text TEXT) STRICT`)
    this.#sql = {
      get: db.prepare(`SELECT text FROM ${table} WHERE name = ?`),
      first: db.prepare(`INSERT INTO ${table} (place, name, text) VALUES (?, ?, ?)`),
      again: db.prepare(`UPDATE ${table} SET text = ? WHERE name = ?`),
      page: db.prepare(
        `SELECT name, text FROM ${table} WHERE place > ? AND place <= ? ORDER BY place`,
      ),
    }
  }

  get size(): number {
    return this.#stored + this.#hot.size - this.#loaded.size
  }

  get(name: string): V | undefined {
    const hot = this.#hot.get(name)
    if (hot !== undefined) return hot
    const text = this.#stored === 0 ? undefined : this.#sql.get.get(name)?.['text']
    if (typeof text !== 'string') {
      this.#missed = name
      return undefined
    }
    const value = JSON.parse(text) as V
    this.#loaded.add(name)
    this.#keep(name, value)
    return value
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  set(name: string, value: V): void {
    // What lies on disk is taken back first, so that it keeps its place.
    if (this.#missed !== name) this.get(name)
    this.#missed = null
    this.#keep(name, value)
  }

  *values(): Generator<V> {
    const last = this.#stored
    const fresh = [...this.#hot].flatMap(([name, value]) => (this.#loaded.has(name) ? [] : [value]))
    for (let after = 0; after < last; after += pageRows)
      for (const { name, text } of this.#sql.page.all(after, Math.min(after + pageRows, last)))
        yield this.#hot.get(String(name)) ?? (JSON.parse(String(text)) as V)
    yield* fresh
  }

  #keep(name: string, value: V): void {
    this.#hot.set(name, value)
    if (this.#hot.size > this.#hotMax) this.#store(Math.ceil(this.#hotMax / 8))
  }

  /** Takes the oldest names out of memory. */
  #store(count: number): void {
    let left = count
    this.#db.exec('BEGIN')
    for (const [name, value] of this.#hot) {
      if (left-- === 0) break
      const text = JSON.stringify(value)
      if (this.#loaded.delete(name)) this.#sql.again.run(text, name)
      else this.#sql.first.run(++this.#stored, name, text)
      this.#hot.delete(name)
    }
    this.#db.exec('COMMIT')
  }
}

export class DiskShelves {
  readonly #db = new DatabaseSync('')
  readonly #hotMax: number
  #made = 0

  constructor(hot = hotMax) {
    this.#hotMax = hot
    this.#db.exec(`PRAGMA journal_mode = OFF; PRAGMA cache_size = -${cacheKb}`)
  }

  readonly shelf = <V>(): Shelf<V> =>
    new DiskShelf<V>(this.#db, `shelf${++this.#made}`, this.#hotMax)

  close(): void {
    this.#db.close()
  }
}
