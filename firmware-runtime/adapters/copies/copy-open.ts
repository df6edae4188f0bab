// Opens copies of a second place: puts the ledger together from a whole copy and the rows behind it, checks it from
// the first row, and unpacks the folder beside it. For the nightly test, and for a machine that takes over.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LaneFault } from '../../core/values/faults.ts'
import type { CopyPlan, CopyTested } from '../../ports/copy-service.ts'
import { boxFile, copyKeyOf } from '../secrets/folder-keys.ts'
import { openReader } from '../sqlite/connection.ts'
import { ledgerFiles } from '../sqlite/inspect.ts'
import { openHeadFile } from '../sqlite/head-file.ts'
import type { ReaderOptions } from '../sqlite/ledger-reader.ts'
import { rowColumns } from '../sqlite/row-text.ts'
import { verifyDb } from '../sqlite/verify.ts'
import { copyPlace, inScratch } from './copy-out.ts'
import { neededFor, readCopies, type CopyLine } from './copy-list.ts'
import { unpackFolder } from './folder-archive.ts'
import { openSealedFile, sha256File } from './sealed-file.ts'
import { databasePath } from '../sqlite/database-path.ts'

/** What opens copies: keys of the lot, from its machine or by its recovery key. */
export interface CopyKeys extends Pick<ReaderOptions, 'chainKey' | 'crypto' | 'nodeId'> {
  readonly copyKey: Uint8Array
}

/** COPY-02 where a file of the line is gone or is not the one that was put there. */
function mustBeWhole(place: string, line: CopyLine): void {
  const files = [
    [line.file, line.sha256],
    [line.folder, line.folderSha256],
  ] as const
  for (const [name, sha256] of files) {
    const file = join(place, name)
    if (!existsSync(file)) throw new LaneFault('COPY-02', { file, note: 'the file is gone' })
    if (sha256File(file) !== sha256)
      throw new LaneFault('COPY-02', { file, note: 'not the file that its line names' })
  }
}

/** Rows go in by the triggers of the ledger: the next number or nothing. */
function addRows(ledger: DatabaseSync, rows: string): void {
  const from = openReader(rows)
  try {
    const columns = rowColumns.split(', ').map(() => '?')
    const put = ledger.prepare(`INSERT INTO ledger_row (${rowColumns}) VALUES (${columns.join()})`)
    ledger.exec('BEGIN')
    for (const row of from.prepare(`SELECT ${rowColumns} FROM ledger_row ORDER BY seq`).iterate())
      put.run(...Object.values(row))
    ledger.exec('COMMIT')
  } finally {
    from.close()
  }
}

export interface OpenedCopy extends CopyTested {
  readonly line: CopyLine
  /** `keys.json` of the archive. */
  readonly keys: Uint8Array
}

/** The newest copy, put together in `target`, with its head file. COPY-02 when it is not sound. */
export function openCopy(
  place: string,
  { copyKey, ...chain }: CopyKeys,
  target: string,
): OpenedCopy {
  const { lines } = readCopies(place)
  const needed = neededFor(lines)
  const [base] = needed
  const line = needed.at(-1)
  if (base === undefined || line === undefined)
    throw new LaneFault('COPY-02', { file: place, note: 'there is no copy' })
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const files = ledgerFiles(target)
  // Two lines may name the same rows: the folder changed and the ledger did not.
  const once = needed.filter(({ file }, at) => needed.findIndex((one) => one.file === file) === at)
  for (const one of new Set([...once, line])) mustBeWhole(place, one)
  openSealedFile(join(place, base.file), files.db, copyKey)
  const ledger = new DatabaseSync(databasePath(files.db))
  try {
    for (const { file } of once.slice(1)) {
      const rows = join(target, 'rows.part')
      openSealedFile(join(place, file), rows, copyKey)
      addRows(ledger, rows)
      rmSync(rows)
    }
  } finally {
    ledger.close()
  }
  const head = { seq: line.toSeq, hash: line.headHash }
  const db = openReader(files.db)
  try {
    const headFile = { state: 'whole', head, nextSlot: 0 } as const
    const verdict = verifyDb(db, { ...chain, headFile })
    const unsound = verdict.faults.find(({ code }) => code !== 'LEDGER-07')
    if (unsound !== undefined || verdict.headSeq !== head.seq)
      throw new LaneFault('COPY-02', { file: place, note: unsound?.code ?? 'rows are missing' })
  } finally {
    db.close()
  }
  const headFile = openHeadFile(files.head, true)
  headFile.write(head)
  headFile.close()
  const archive = join(target, 'folder.part')
  openSealedFile(join(place, line.folder), archive, copyKey)
  const keys = unpackFolder(archive, target)
  rmSync(archive)
  const { seq: headSeq, hash: headHash } = head
  return { place, rows: headSeq, headSeq, headHash, atIso: line.atIso, line, keys }
}

/** The newest copy put together beside the lot and thrown away again: what could be restored, and that it is sound. */
export function testCopy(options: ReaderOptions, plan: CopyPlan): CopyTested {
  const { dir, chainKey, crypto, nodeId } = options
  const place = copyPlace(plan)
  const box = join(place, 'recovery.box')
  // Only the recovery key opens it, and no machine has that: it must be the one that was sealed here.
  if (!existsSync(box) || !readFileSync(box).equals(readFileSync(boxFile(dir))))
    throw new LaneFault('COPY-02', { file: box, note: 'not the box that was put there' })
  return inScratch(dir, 'copy-test.part', (scratch) => {
    const keys = { chainKey, crypto, nodeId, copyKey: copyKeyOf(dir) }
    const { rows, headSeq, headHash, atIso } = openCopy(place, keys, scratch)
    return { place, rows, headSeq, headHash, atIso }
  })
}
