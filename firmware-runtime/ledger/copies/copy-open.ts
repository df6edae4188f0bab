// Opens copies of a second place: puts the ledger together from a base copy and later rows, checks it from the first
// row, and unpacks the folder beside it. For the nightly test, and for restoring on a new machine.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { CopyDamage, CopyPlan, CopyTested } from '../ports/copy-service.ts'
import { boxFile, copyKeyOf } from '#base/secrets/folder-keys.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { ledgerFiles } from '../sqlite/inspect.ts'
import { openHeadFile } from '../sqlite/head-file.ts'
import type { ReaderOptions } from '../sqlite/ledger-reader.ts'
import { rowColumns } from '../sqlite/row-text.ts'
import { verifyDb } from '../sqlite/verify.ts'
import { copyPlace, inScratch } from './copy-out.ts'
import { boxNames, type CopyLine } from './copy-list.ts'
import { damageIn, folderOf, ledgerOf, note } from './copy-damage.ts'
import { unpackFolder } from './folder-archive.ts'
import { openSealedFile } from './sealed-file.ts'
import { databasePath } from '#base/sqlite/database-path.ts'
import { removePath } from '#base/files/held-path.ts'

/** Keys that open copies: from the lot's machine, or by its recovery key. */
export interface CopyKeys extends Pick<ReaderOptions, 'chainKey' | 'crypto' | 'nodeId'> {
  readonly copyKey: Uint8Array
}

/** The ledger's triggers accept only rows with consecutive numbers. */
function addRows(ledger: DatabaseSync, rows: string): void {
  using from = openReader(rows)
  const columns = rowColumns.split(', ').map(() => '?')
  const put = ledger.prepare(`INSERT INTO ledger_row (${rowColumns}) VALUES (${columns.join()})`)
  ledger.exec('BEGIN')
  for (const row of from.prepare(`SELECT ${rowColumns} FROM ledger_row ORDER BY seq`).iterate())
    put.run(...Object.values(row))
  ledger.exec('COMMIT')
}

export interface OpenedCopy extends CopyTested {
  readonly line: CopyLine
  /** Content of `keys.json` in the archive. */
  readonly keys: Uint8Array
  /** Damaged files found before this copy was opened, newest first. */
  readonly damaged: readonly CopyDamage[]
  /** Newer copies that cannot be opened: rows that only they have are lost. */
  readonly left: readonly Pick<CopyLine, 'n' | 'atIso' | 'fromSeq' | 'toSeq'>[]
}

const noCopy = t('没有副本', 'there is no copy')
const damageWords: Readonly<Record<CopyDamage['why'], BilingualText>> = {
  gone: t('文件不见了', 'the file is gone'),
  cut: t('文件不完整', 'the file was cut'),
  changed: t('文件被改过', 'the file was changed'),
  torn: t('文件末行不完整', 'its last line is torn'),
}

/** Puts the ledger of these lines together in `target`, with its head file. Throws COPY-02 when it is damaged. */
function openLedgerOf(
  place: string,
  needed: readonly CopyLine[],
  { copyKey, ...chain }: CopyKeys,
  target: string,
): void {
  const [base] = needed
  const line = needed.at(-1)
  if (base === undefined || line === undefined)
    throw new LaneFault('COPY-02', { file: place, note: noCopy })
  const files = ledgerFiles(target)
  openSealedFile(join(place, base.file), files.db, copyKey)
  const ledger = new DatabaseSync(databasePath(files.db))
  try {
    // Two lines may name the same rows file: only the folder changed between them.
    for (const file of new Set(needed.map((one) => one.file))) {
      if (file === base.file) continue
      const rows = join(target, 'rows.part')
      openSealedFile(join(place, file), rows, copyKey)
      addRows(ledger, rows)
      removePath(rows)
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
      throw new LaneFault('COPY-02', {
        file: place,
        note: unsound?.code ?? t('缺少记录', 'rows are missing'),
      })
  } finally {
    db.close()
  }
  const headFile = openHeadFile(files.head, true)
  headFile.write(head)
  headFile.close()
}

/** Unpacks the folder of a copy into `target` and returns its keys. Throws COPY-02. */
function openFolderOf(place: string, line: CopyLine, keys: CopyKeys, target: string): Uint8Array {
  const archive = join(target, 'folder.part')
  openSealedFile(join(place, line.folder), archive, keys.copyKey)
  const found = unpackFolder(archive, target)
  removePath(archive)
  return found
}

/** `offer`: a damaged newest copy throws COPY-12 with the copy that `damaged` would use. */
export type CopyChoice = 'offer' | 'damaged'

/**
 * Puts the newest sound copy together in `target`. Throws COPY-02 when no copy is sound, COPY-12 when it is not the
 * newest one and `damaged` was not chosen. `strict`: only the newest copy.
 */
export function openCopy(
  place: string,
  keys: CopyKeys,
  target: string,
  choice: CopyChoice | 'strict',
): OpenedCopy {
  const found = damageIn(place)
  const tries = choice === 'strict' ? found.tries.slice(0, 1) : found.tries
  const damaged = [...found.damaged]
  const refuse = (code: 'COPY-02' | 'COPY-12', sound: string): never => {
    const [one] = damaged
    if (one === undefined) throw new LaneFault(code, { file: place, note: noCopy })
    const { file, why } = one
    // The API of a running lot shows the value only.
    const value = sound === '' ? file : `${file} ${why} → ${sound}`
    throw new LaneFault(code, { file: join(place, file), value, note: damageWords[why] })
  }
  for (const { needed, folders } of tries) {
    const line = needed.at(-1)
    const bad = [...needed.map(ledgerOf), ...folders.slice(0, 1).map(folderOf)].flatMap(found.look)
    note(damaged, bad)
    const folder = folders.find((one) => found.look(folderOf(one)).length === 0)
    const isBad = needed.map(ledgerOf).some((one) => found.look(one).length > 0)
    if (choice === 'strict' && damaged.some(({ why }) => why !== 'torn')) break
    if (line === undefined || folder === undefined || isBad) continue
    removePath(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true, mode: 0o700 })
    let opened: Uint8Array
    try {
      openLedgerOf(place, needed, keys, target)
      opened = openFolderOf(place, folder, keys, target)
    } catch (error) {
      if (!(error instanceof LaneFault) || error.code !== 'COPY-02') throw error
      const file = relative(place, error.detail.file ?? place)
      note(damaged, [{ file: file === '' ? line.file : file, why: 'changed' }])
      continue
    }
    const left = found.lines.filter(({ n }) => n > line.n)
    const { toSeq: headSeq, headHash, atIso } = line
    if (choice !== 'damaged' && damaged.some(({ why }) => why !== 'torn')) {
      const newest = Math.max(headSeq, ...left.map(({ toSeq }) => toSeq))
      refuse('COPY-12', `${line.n}: ${atIso} ${headSeq}/${newest}`)
    }
    const read = { opened: needed.length, older: found.lines.length - needed.length }
    const copy = { place, rows: headSeq, headSeq, headHash, atIso, ...read }
    return { ...copy, line, keys: opened, damaged, left }
  }
  return refuse('COPY-02', '')
}

/** Opens the newest copy beside the lot and deletes it again: proves that it can be restored. */
export function testCopy(options: ReaderOptions, plan: CopyPlan): CopyTested {
  const { dir, chainKey, crypto, nodeId } = options
  const place = copyPlace(plan)
  // Only the recovery key opens the boxes, and no machine has it: both must equal the box sealed here.
  const own = readFileSync(boxFile(dir))
  for (const box of boxNames.map((name) => join(place, name)))
    if (!existsSync(box) || !readFileSync(box).equals(own))
      throw new LaneFault('COPY-02', {
        file: box,
        value: basename(box),
        note: t('不是放在那里的那份', 'not the box that was put there'),
      })
  return inScratch(dir, 'copy-test.part', (scratch) => {
    const keys = { chainKey, crypto, nodeId, copyKey: copyKeyOf(dir) }
    const {
      line: _line,
      keys: _keys,
      damaged: _,
      left: _left,
      ...tested
    } = openCopy(place, keys, scratch, 'strict')
    return tested
  })
}
