// Makes a sealed copy of a lot at its second place: the whole ledger from time to time, else the rows since the last
// copy.
// Existing files are never overwritten; copies that are ahead of this ledger stop it (COPY-05).
import { t } from '#base/pure/words/fault-text.ts'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { diskFault, orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { copyRoom, type CopyRoom } from '../pure/lot/disk-forecast.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { CopyMade, CopyPlan } from '../ports/copy-service.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { copyKeyOf, keysOf, recoveryHalf, sealBox } from '#base/secrets/folder-keys.ts'
import { bytesInMb } from '../files/upkeep-files.ts'
import { backupLedger, mustHaveRoom } from '../sqlite/backup.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { ledgerFiles } from '../sqlite/inspect.ts'
import type { ReaderOptions } from '../sqlite/ledger-reader.ts'
import { lowerHexOf, rowColumns } from '../sqlite/row-text.ts'
import {
  addCopy,
  boxNames,
  neededFor,
  nextNumber,
  readCopies,
  soundLines,
  unnamedOf,
  type CopyLine,
} from './copy-list.ts'
import { folderOf, ledgerOf, type NamedFile } from './copy-damage.ts'
import { packFolder } from './folder-archive.ts'
import { sealFile } from './sealed-file.ts'
import { databasePath } from '#base/sqlite/database-path.ts'
import { removePath } from '#base/files/held-path.ts'

/** Number of row copies after a base copy: those of a day. */
const rowCopiesMax = 96
const numberDigits = 5

/** Name of a lot's folder at a second place. */
export const lotFolder = ({ lotId, nodeId }: Pick<CopyPlan, 'lotId' | 'nodeId'>): string =>
  `${lotId}-${nodeId}`
export const copyPlace = (plan: Pick<CopyPlan, 'to' | 'lotId' | 'nodeId'>): string =>
  join(plan.to, lotFolder(plan))

/** Folder in which a copy is put together. */
interface CopyTarget {
  /** The folder to write to; it has the list of copies, if one exists. */
  readonly place: string
  /** The second place as shown to people. */
  readonly name: string
  /** Length of a file at the second place; null when it does not exist. */
  bytesOf(file: string): number | null
}

/** Folder for unsealed files of a copy being made: inside the data folder, deleted afterwards. */
export function inScratch<T>(dir: string, name: string, work: (scratch: string) => T): T {
  const scratch = join(dir, 'backup', name)
  const remove = (): void => removePath(scratch, { recursive: true, force: true })
  remove()
  mkdirSync(scratch, { recursive: true, mode: 0o700 })
  let answer: T
  try {
    answer = work(scratch)
  } catch (error) {
    remove()
    throw error
  }
  if (answer instanceof Promise) return answer.finally(remove) as T
  remove()
  return answer
}

interface Head {
  readonly seq: number
  readonly hash: string
}

function headAt(db: DatabaseSync, nodeId: string, seq: number | null): Head | null {
  const found = db
    .prepare(
      `SELECT seq, hash FROM ledger_row WHERE nodeId = ?1 AND seq = coalesce(?2, (
         SELECT max(seq) FROM ledger_row WHERE nodeId = ?1))`,
    )
    .get(nodeId, seq)
  if (found === undefined || !(found['hash'] instanceof Uint8Array)) return null
  return { seq: Number(found['seq']), hash: lowerHexOf(found['hash']) }
}

/** Packs the rows after `fromSeq` into an SQLite file of their own. */
function packRows(ledger: string, nodeId: string, fromSeq: number, to: string): Head | null {
  const from = openReader(ledger)
  const db = new DatabaseSync(databasePath(to))
  try {
    db.exec(
      `CREATE TABLE ledger_row(nodeId TEXT, seq INTEGER, kind TEXT, atMs INTEGER, laneId TEXT,
       stayId TEXT, orderId TEXT, deductionId TEXT, amountFen INTEGER, body TEXT, hash BLOB)`,
    )
    const put = db.prepare(`INSERT INTO ledger_row VALUES (${'?, '.repeat(10)}?)`)
    from.exec('BEGIN')
    db.exec('BEGIN')
    const rows = from.prepare(
      `SELECT ${rowColumns} FROM ledger_row WHERE nodeId = ? AND seq > ? ORDER BY seq`,
    )
    for (const row of rows.iterate(nodeId, fromSeq)) put.run(...Object.values(row))
    db.exec('COMMIT')
    const head = headAt(db, nodeId, null)
    from.exec('COMMIT')
    return head
  } finally {
    db.close()
    from.close()
  }
}

/** Throws COPY-01 when the place is missing or refuses a file. */
function openPlace(plan: CopyPlan): string {
  const place = copyPlace(plan)
  orDiskFault({ file: plan.to, otherwise: 'COPY-01', whenFull: 'COPY-01' }, () => {
    if (!statSync(plan.to).isDirectory())
      throw new LaneFault('COPY-01', { file: plan.to, note: t('不是文件夹', 'not a folder') })
    mkdirSync(place, { recursive: true, mode: 0o700 })
  })
  return place
}

/** Digests of the last copy of this process, so that the same files are not sent again. */
const stateFile = (dir: string): string => join(dir, 'backup', 'copy-state.json')

function sentBefore(dir: string): { readonly folder?: unknown; readonly sha256?: unknown } {
  const file = stateFile(dir)
  const found = existsSync(file) ? parsed(readFileSync(file, 'utf8')) : null
  return typeof found === 'object' && found !== null ? found : {}
}

interface Sending {
  readonly options: ReaderOptions
  readonly plan: CopyPlan
  readonly target: CopyTarget
  readonly scratch: string
  readonly number: string
  readonly key: Uint8Array
}

/** Throws COPY-03 or COPY-05 when the existing copies are not a beginning of this ledger. */
function mustFit(
  lines: readonly CopyLine[],
  { dir }: ReaderOptions,
  plan: CopyPlan,
  file: string,
): void {
  const last = lines.at(-1)
  if (last === undefined) return
  const { lotId, nodeId } = plan
  if (last.lotId !== lotId || last.nodeId !== nodeId)
    throw new LaneFault('COPY-03', { file, value: `${last.lotId} ${last.nodeId}` })
  if (plan.begin) return
  using db = openReader(ledgerFiles(dir).db)
  const own = last.toSeq === 0 ? null : headAt(db, nodeId, last.toSeq)
  if (last.toSeq > 0 && own?.hash !== last.headHash)
    throw new LaneFault('COPY-05', { file, value: `row ${last.toSeq}` })
}

type LedgerPart = Pick<
  CopyLine,
  'kind' | 'file' | 'sha256' | 'bytes' | 'fromSeq' | 'toSeq' | 'headHash'
>

async function sendLedger(
  { options, plan, target, scratch, number, key }: Sending,
  fromSeq: number | null,
): Promise<LedgerPart | null> {
  const plain = join(scratch, 'ledger.db')
  const kind = fromSeq === null ? 'base' : 'rows'
  let head: Head | null
  if (fromSeq === null) {
    mustHaveRoom(options.dir)
    const { verdict } = await backupLedger({ ...options, to: plain })
    head = { seq: verdict.headSeq, hash: verdict.headHash }
  } else head = packRows(ledgerFiles(options.dir).db, plan.nodeId, fromSeq, plain)
  if (head === null) return null
  const file = `${number}-${kind}.etcseal`
  const to = join(target.place, file)
  const sha256 = sealFile(plain, to, key)
  const { size: bytes } = statSync(to)
  const { seq: toSeq, hash: headHash } = head
  return { kind, file, sha256, bytes, fromSeq: fromSeq ?? 0, toSeq, headHash }
}

/** Sends the archive of the folder; returns that of the last line when nothing changed. */
function sendFolder(
  { options, plan, target, scratch, number, key }: Sending,
  last: CopyLine | null,
): Pick<CopyLine, 'folder' | 'folderSha256' | 'folderBytes'> & { readonly isNew: boolean } {
  const { dir } = options
  const plain = join(scratch, 'folder.sqlar')
  const keys = keysOf({ dir, ...plan })
  packFolder({ dir, to: plain, more: plan.more, keysJson: JSON.stringify(keys) })
  const plainBytes = readFileSync(plain)
  const print = createHash('sha256').update(plainBytes).update(target.name).digest('hex')
  const sent = sentBefore(dir)
  if (last !== null && sent.folder === print && sent.sha256 === last.folderSha256) {
    const { folder, folderSha256, folderBytes } = last
    return { folder, folderSha256, folderBytes, isNew: false }
  }
  const folder = `${number}-folder.etcseal`
  const to = join(target.place, folder)
  const sha256 = sealFile(plain, to, key)
  writeFileSync(stateFile(dir), `${JSON.stringify({ folder: print, sha256 })}\n`, { mode: 0o600 })
  return { folder, folderSha256: sha256, folderBytes: statSync(to).size, isNew: true }
}

function roomAt(place: string, dir: string): CopyRoom {
  const { type, bavail, bsize } = statfsSync(place)
  const [freeMb, ledgerMb] = [bavail * bsize, statSync(ledgerFiles(dir).db).size].map((bytes) =>
    Math.floor(bytes / bytesInMb),
  )
  return copyRoom(type, freeMb ?? 0, ledgerMb ?? 0)
}

function dropOld(place: string): void {
  for (const name of unnamedOf(readCopies(place), readdirSync(place))) removePath(join(place, name))
}

/** The first file that new rows would build on and that is missing or cut; null when all are whole. */
const missingOf = (chain: readonly CopyLine[], target: CopyTarget): string | null =>
  [...chain.map(ledgerOf), ...chain.slice(-1).map(folderOf)].find(
    ({ file, bytes = 1 }: NamedFile) => (target.bytesOf(file) ?? -1) < bytes,
  )?.file ?? null

/** Throws RECOVERY-05, COPY-01, COPY-02, COPY-03, COPY-05, or a fault of the ledger. */
export async function copyOut(
  options: ReaderOptions,
  plan: CopyPlan,
  atIso: string,
): Promise<CopyMade> {
  mustHaveKey(options.dir)
  const place = openPlace(plan)
  try {
    const bytesOf = (file: string): number | null =>
      statSync(join(place, file), { throwIfNoEntry: false })?.size ?? null
    const made = await putCopy(options, plan, { place, name: place, bytesOf }, atIso)
    if (made.file !== null) dropOld(place)
    return { ...made, room: roomAt(place, options.dir) }
  } catch (error) {
    throw diskFault(error, { file: place }, 'COPY-01', 'COPY-01')
  }
}

function mustHaveKey(dir: string): NonNullable<ReturnType<typeof recoveryHalf>> {
  const half = recoveryHalf(dir)
  if (half === null) throw new LaneFault('RECOVERY-05', { file: dir })
  return half
}

/** Makes the next copy in the target folder; its line is written last. */
export function putCopy(
  options: ReaderOptions,
  plan: CopyPlan,
  target: CopyTarget,
  atIso: string,
): Promise<CopyMade> {
  const { dir } = options
  const { place, name } = target
  const half = mustHaveKey(dir)
  return inScratch(dir, 'copy.part', async (scratch) => {
    const list = readCopies(place)
    const lines = plan.begin ? (list.chains.at(-1) ?? []) : soundLines(place, list)
    mustFit(lines, options, plan, name)
    const last = lines.at(-1) ?? null
    const chain = neededFor(lines)
    const mends = plan.begin ? null : missingOf(chain, target)
    const whole = plan.begin || chain.length === 0 || chain.length > rowCopiesMax || mends !== null
    const number = String(nextNumber(list)).padStart(numberDigits, '0')
    const key = copyKeyOf(dir)
    const sending = { options, plan, target, scratch, number, key }
    // The box holds the copy key: it is written before any file sealed with that key.
    const box = sealBox({ dir, ...plan })
    if (box !== null) for (const one of boxNames) writeWhole(join(place, one), box)
    writeWhole(join(place, 'recovery.json'), `${JSON.stringify(half)}\n`)
    const ledger = await sendLedger(sending, whole ? null : (last?.toSeq ?? null))
    // A base copy has a folder archive of its own, so that a damaged archive affects no other base.
    const { isNew, ...folder } = sendFolder(sending, whole ? null : last)
    const nothing = { place: name, file: null, mends: null, isWhole: false, rows: 0, atIso }
    if (ledger === null && !isNew && last !== null)
      return { ...nothing, headSeq: last.toSeq, headHash: last.headHash }
    const { lotId, nodeId } = plan
    const from = ledger ?? unchanged(last)
    const id = { atIso, lotId, nodeId, keyId: half.id }
    const line = addCopy(place, { ...id, ...from, ...folder }, list.brokenAt !== null)
    const { file, toSeq: headSeq, headHash } = line
    const rows = ledger === null ? 0 : headSeq - line.fromSeq
    return { place: name, file, mends, isWhole: whole, rows, headSeq, headHash, atIso }
  })
}

/** A line for a changed folder with an unchanged ledger: it names the existing rows file. */
function unchanged(last: CopyLine | null): LedgerPart {
  if (last === null)
    throw new LaneFault('COPY-01', { note: t('账本还没有记录', 'the ledger has no row yet') })
  const { kind, file, sha256, bytes, fromSeq, toSeq, headHash } = last
  return { kind, file, sha256, bytes, fromSeq, toSeq, headHash }
}
