// Stores of a simulated year: entries not used for a while are kept in a temporary database instead of memory.
// The database is a nameless temporary SQLite file, deleted with the connection or the process.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Shelf } from '#base/pure/values/shelf.ts'

/** Entries a shelf keeps in memory; beyond that the oldest are moved to disk, an eighth at a time. */
const hotMax = 4_096
const pageRows = 256
/** SQLite page cache of all shelves together, KiB. */
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
  /** Names in memory that also have a row on disk. */
  readonly #loaded = new Set<string>()
  /** Number of names with a row on disk. */
  #stored = 0
  /** Name whose last lookup failed: storing it next needs no second lookup. */
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
    // Load an entry from disk first, so that it keeps its position.
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

  /** Moves the oldest entries from memory to disk. */
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
