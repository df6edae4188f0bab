// The files beside a ledger as one SQLite archive (sqlar): lot file, tariff, people, devices, keys.
// `sqlite3 -A` lists and unpacks it; pictures, logs and files that a start makes again are left out.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { databasePath } from '#base/sqlite/database-path.ts'
import { removePath } from '#base/files/held-path.ts'

/** Larger files are pictures or captures; a lot's folder never has more files than this. */
const fileBytesMax = 4 * 1024 * 1024
const filesMax = 2_000
const leftOut: readonly string[] = ['photos', 'logs', 'backup', 'run', 'sims', 'keys', 'measured']
const leftOutFile = /^(ledger\.|index\.db|fold\.cache)|\.(new|part)$/
/** Public files of `keys/`; the secret ones are in `keys.json` of the archive. */
const publicKeys: readonly string[] = ['receipt-public.pem', 'recovery.json']

const namesIn = (dir: string): readonly string[] => (existsSync(dir) ? readdirSync(dir) : [])

function* filesIn(dir: string, below: string): Generator<string> {
  for (const name of namesIn(join(dir, below)).toSorted()) {
    const path = below === '' ? name : `${below}/${name}`
    const found = lstatSync(join(dir, path))
    const isTop = below === ''
    if (found.isDirectory()) {
      if (!(isTop && leftOut.includes(name)) && name !== 'photos') yield* filesIn(dir, path)
    } else if (found.isFile() && found.size <= fileBytesMax && !(isTop && leftOutFile.test(name)))
      yield path
  }
}

/** Names in the archive with their source files. */
function contents(dir: string, more: ReadonlyMap<string, string>): Map<string, string> {
  const all = new Map(
    [...filesIn(dir, '')].slice(0, filesMax).map((name) => [name, join(dir, name)]),
  )
  for (const name of publicKeys)
    if (existsSync(join(dir, 'keys', name))) all.set(`keys/${name}`, join(dir, 'keys', name))
  for (const [name, file] of more) if (existsSync(file)) all.set(name, file)
  return all
}

interface ArchivePlan {
  readonly dir: string
  readonly to: string
  /** Further files by their names in the archive. */
  readonly more: ReadonlyMap<string, string>
  readonly keysJson: string
}

/** Makes the archive; it holds keys as plain text, so the caller seals it at once. */
export function packFolder({ dir, to, more, keysJson }: ArchivePlan): void {
  removePath(to, { force: true })
  using db = new DatabaseSync(databasePath(to))
  db.exec(`CREATE TABLE sqlar(name TEXT PRIMARY KEY, mode INT, mtime INT, sz INT, data BLOB)`)
  const put = db.prepare('INSERT INTO sqlar VALUES (?, ?, 0, ?, ?)')
  const add = (name: string, bytes: Uint8Array): void => {
    put.run(name, 0o100600, bytes.length, bytes)
  }
  db.exec('BEGIN')
  add('keys.json', new TextEncoder().encode(keysJson))
  for (const [name, file] of contents(dir, more)) add(name, readFileSync(file))
  db.exec('COMMIT')
}

/** Throws COPY-02 for a name that leads out of the folder. */
function mustStayInside(dir: string, name: string): string {
  const path = join(dir, name)
  const inside = relative(dir, path)
  if (inside === '' || inside.split(sep)[0] === '..' || isAbsolute(inside) || name.includes('\\'))
    throw new LaneFault('COPY-02', {
      file: name,
      note: t('有指向文件夹之外的名字', 'a name that leads out of the folder'),
    })
  return path
}

/** Unpacks into a folder; returns `keys.json` without writing it. */
export function unpackFolder(archive: string, dir: string): Uint8Array {
  const db = new DatabaseSync(databasePath(archive), { readOnly: true })
  let keys: Uint8Array | null = null
  try {
    for (const { name, data } of db.prepare('SELECT name, data FROM sqlar').iterate()) {
      if (typeof name !== 'string') throw new LaneFault('COPY-02', { file: archive })
      const bytes = data instanceof Uint8Array ? data : new Uint8Array()
      if (name === 'keys.json') {
        keys = bytes
        continue
      }
      const path = mustStayInside(dir, name)
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(path, bytes, { mode: 0o600 })
    }
  } finally {
    db.close()
  }
  if (keys === null)
    throw new LaneFault('COPY-02', { file: archive, note: t('里面没有密钥', 'no keys are in it') })
  return keys
}
