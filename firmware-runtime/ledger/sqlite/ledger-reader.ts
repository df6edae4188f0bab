// A read-only connection to a ledger for services, command line, checks and exports.
// It runs in the worker, never in the main thread (design.md section 2).
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { RefundByHand } from '#money/pure/pay/refund-by-hand.ts'
import type { ExitWithoutEntry } from '../pure/lot/stays-to-check.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { reportPart, type ReportPart } from '#money/pure/billing/report-part.ts'
import type { Crypto, SigningKey } from '#base/ports/crypto.ts'
import type {
  DayTally,
  EtcOfDay,
  HourOfDay,
  LedgerDay,
  PartRequest,
  SaleRef,
} from '../ports/ledger-service.ts'
import type {
  LedgerQuery,
  LedgerReader,
  LedgerTotals,
  LedgerVerdict,
  QueryKind,
  QueryPage,
} from '../ports/ledger-reader.ts'
import { newerNote } from './before-migration.ts'
import { applicationId, openReader, pragma } from '#base/sqlite/connection.ts'
import { storedRows } from './chain.ts'
import type { ClientKeys } from './checkpoints.ts'
import { dayTally } from './day-tally.ts'
import { etcOfDay } from './etc-of-day.ts'
import { inMemory } from '#base/sqlite/database-path.ts'
import { dayOf } from './day.ts'
import { exitsWithoutEntry } from './exits-without-entry.ts'
import { hoursOfDay } from './hours.ts'
import { letGoRows } from './let-go.ts'
import { refundsByHand } from './refunds-by-hand.ts'
import { invoiceRows } from './invoice-rows.ts'
import { saleRows } from './sale-rows.ts'
import { reportRows } from './report-rows.ts'
import { exportLines } from './export.ts'
import { readHeadFile } from './head-file.ts'
import { ledgerFiles } from './inspect.ts'
import { migrations, newestVersion } from './migrations/index.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import { openPlateIndex, type PlateIndex } from './plate-index.ts'
import { conditionOf, limitOf, lateStays, queryPage, type FoundQuery } from './queries.ts'
import { chainHash, ledgerRowOf, rowColumns, storedOfSql, zeroHash } from './row-text.ts'
import { ledgerSums } from './sums.ts'
import { totalsOf } from './totals.ts'
import { unreadableVerdict, verifyDb } from './verify.ts'

export interface ReaderOptions {
  readonly dir: string
  readonly nodeId: string
  readonly chainKey: Uint8Array
  readonly crypto: Crypto
  /** File of the plate index; absent: in memory, for a caller that only reads the folder. */
  readonly indexFile?: string
  /** Called when a check needs the keys; absent: checkpoints are not checked. */
  clientKeys?(): ClientKeys
}

/** The port, and methods for the adapters of this folder only. */
export interface OpenedReader extends LedgerReader, Disposable {
  /** JSON Lines for `ledger export`. */
  exportLines(signer: SigningKey | null): Generator<string>
  day(sinceMs: InstantMs): LedgerDay
  hoursOfDay(startMs: InstantMs): readonly HourOfDay[]
  letGoRows(fromMs: InstantMs, toMs: InstantMs): readonly LedgerRow[]
  exitsWithoutEntry(sinceMs: InstantMs): readonly ExitWithoutEntry[]
  refundsByHand(): readonly RefundByHand[]
  saleRows(ref: SaleRef): readonly LedgerRow[]
  invoiceRows(invoiceNo: string): readonly LedgerRow[]
  dayTally(sinceMs: InstantMs): DayTally
  /** Number and hash of the newest row; 0 and zeros for an empty ledger. */
  head(): { readonly seq: number; readonly hash: string }
  reportPart(request: PartRequest): ReportPart
  etcOfDay(startMs: InstantMs): readonly EtcOfDay[]
  /** The newest `limit` rows of a time span, oldest first. */
  span(fromMs: InstantMs, toMs: InstantMs, limit: number): readonly LedgerRow[]
  /** All rows after `afterSeq`, in order, for folds beside a running writer. */
  rows(afterSeq?: number): Generator<LedgerRow>
  /** Rows after `seq`, each checked against the chain; throws LEDGER-04 at the first that does not fit. */
  checkedRows(seq: number): Generator<LedgerRow>
  /** The rows behind `seq` as stored, in order. */
  storedAfter(seq: number): ReturnType<typeof storedRows>
}

const timelineSql = `
  SELECT ${rowColumns},
    (SELECT p.hash FROM ledger_row p WHERE p.nodeId = r.nodeId AND p.seq = r.seq - 1) AS prevHash
  FROM ledger_row r WHERE stayId = ? ORDER BY seq`

const spanSql = `SELECT ${rowColumns} FROM ledger_row
  WHERE nodeId = ? AND atMs >= ? AND atMs < ? ORDER BY seq DESC LIMIT ?`

const headSql = `SELECT ${rowColumns} FROM ledger_row WHERE nodeId = ? ORDER BY seq DESC LIMIT 1`

function openDb(options: ReaderOptions): DatabaseSync {
  const files = ledgerFiles(options.dir)
  if (!existsSync(files.db)) {
    const code = existsSync(files.head) ? 'LEDGER-02' : 'FILE-01'
    throw new LaneFault(code, {
      file: files.db,
      note: t('没有 ledger.db', 'there is no ledger.db'),
    })
  }
  return openLedgerFile(files.db)
}

/** Throws FILE-01, LEDGER-01 or LEDGER-05 when the file is not a readable ledger. */
export function openLedgerFile(file: string): DatabaseSync {
  try {
    return known(openReader(file), file)
  } catch (error) {
    throw openFault(error, file) ?? error
  }
}

/** Closes the database and throws LEDGER-05 or LEDGER-01 for another application or a newer schema. */
function known(db: DatabaseSync, file: string): DatabaseSync {
  try {
    const version = Number(pragma(db, 'user_version'))
    if (pragma(db, 'application_id') !== applicationId)
      throw new LaneFault('LEDGER-05', { file, note: t('不是账本', 'it is not a ledger') })
    const newest = newestVersion(migrations)
    if (version <= newest) return db
    const place = { dir: dirname(file), file, schema: version, known: newest }
    throw new LaneFault('LEDGER-01', { file, note: newerNote(place) })
  } catch (error) {
    db.close()
    throw error
  }
}

const timelineOf = (db: DatabaseSync, stayId: string): readonly LedgerRow[] =>
  db
    .prepare(timelineSql)
    .all(stayId)
    .map((row) => {
      const before = storedOfSql({ hash: row['prevHash'] ?? null }).hash
      return ledgerRowOf(storedOfSql(row), before === '' ? zeroHash : before)
    })

function headOf(db: DatabaseSync, nodeId: string): { seq: number; hash: string } {
  const row = db.prepare(headSql).get(nodeId)
  if (row === undefined) return { seq: 0, hash: zeroHash }
  const { seq, hash } = storedOfSql(row)
  return { seq, hash }
}

function* rowsOf(db: DatabaseSync, nodeId: string, afterSeq: number): Generator<LedgerRow> {
  let prevHash = zeroHash
  for (const stored of storedRows(db, nodeId, Math.max(0, afterSeq - 1))) {
    if (stored.seq > afterSeq) yield ledgerRowOf(stored, prevHash)
    prevHash = stored.hash
  }
}

function* checkedRowsOf(
  db: DatabaseSync,
  { dir, nodeId, crypto, chainKey }: ReaderOptions,
  afterSeq: number,
): Generator<LedgerRow> {
  const key = { crypto, chainKey }
  let prev = { seq: 0, hash: zeroHash }
  for (const stored of storedRows(db, nodeId, Math.max(0, afterSeq - 1))) {
    // The row before the first one is the anchor: its hash is taken as stored.
    if (stored.seq > afterSeq) {
      if (stored.seq !== prev.seq + 1 || stored.hash !== chainHash(key, prev.hash, stored)) {
        const note = t(
          `第 ${stored.seq} 条与前后不连贯`,
          `row ${stored.seq} does not fit the chain`,
        )
        throw new LaneFault('LEDGER-04', { file: ledgerFiles(dir).db, note })
      }
      yield ledgerRowOf(stored, prev.hash)
    }
    prev = { seq: stored.seq, hash: stored.hash }
  }
}

/** A query for stays or plates, which payments do not name. */
const isOfStay = ({ plate, platePart, stayId }: LedgerQuery): boolean =>
  (plate ?? platePart ?? stayId) !== undefined

/** A column or index of a newer schema that the file does not have. */
const isGap = (error: unknown): boolean =>
  error instanceof Error && /^no such (?:index|column|table|view)\b/.test(error.message)

type Method = (...args: readonly unknown[]) => unknown

/** Throws LEDGER-11 for queries that an older schema cannot answer; other queries are answered. */
function ofOlder(reader: OpenedReader, file: string, version: number): OpenedReader {
  const guarded =
    (method: Method): Method =>
    (...args) => {
      try {
        return method(...args)
      } catch (error) {
        if (!isGap(error)) throw error
        const note = t(`文件里的结构版本是 ${version}`, `schema ${version} in the file`)
        throw new LaneFault('LEDGER-11', { file, note })
      }
    }
  const methods = Object.entries(reader).map(([name, one]) => [name, guarded(one as Method)])
  return { ...reader, ...(Object.fromEntries(methods) as Partial<OpenedReader>) }
}

/** Throws FILE-01, LEDGER-01, LEDGER-02 or LEDGER-05 when no ledger can be read. */
export function openLedgerReader(options: ReaderOptions): OpenedReader {
  const db = openDb(options)
  const reader = readerOf(db, options)
  const version = Number(pragma(db, 'user_version'))
  if (version === newestVersion(migrations)) return reader
  return ofOlder(reader, ledgerFiles(options.dir).db, version)
}

function readerOf(db: DatabaseSync, options: ReaderOptions): OpenedReader {
  const { nodeId, dir, indexFile = inMemory } = options
  let plates: PlateIndex | null = null
  const index = (): PlateIndex => (plates ??= openPlateIndex(db, nodeId, indexFile))
  const close = (): void => {
    plates?.close()
    db.close()
  }
  const found = (filter: LedgerQuery): FoundQuery => {
    const { platePart } = filter
    const late = { ...filter, lateStays: lateStays(db, filter) }
    return platePart === undefined ? late : { ...late, plates: index().search(platePart) }
  }
  /** Payments by person, amount, means or lane are found by the index alone. */
  const ofPage = (kind: QueryKind, filter: LedgerQuery): FoundQuery => {
    const { by, amountFen, means, laneId } = filter
    const isFact = (by ?? amountFen ?? means ?? laneId) !== undefined
    if (kind !== 'payment' || !isFact || isOfStay(filter)) return found(filter)
    const seqs = index().payments({ ...filter, limit: limitOf(filter.limit) + 1 })
    return seqs === null ? filter : { ...filter, seqs }
  }
  return {
    query: <K extends QueryKind>(kind: K, filter: LedgerQuery): QueryPage<K> =>
      queryPage(db, nodeId, kind, ofPage(kind, filter)),
    sums(filter) {
      const terms = found(filter)
      const payments = isOfStay(filter) ? null : index().sums(filter)
      return ledgerSums(db, (kind) => conditionOf(nodeId, kind, terms), payments)
    },
    timeline: (stayId) => timelineOf(db, stayId),
    totals: (): LedgerTotals => totalsOf(db),
    verify: () => verifyDb(db, { ...options, headFile: readHeadFile(ledgerFiles(dir).head) }),
    rows: (afterSeq = 0) => rowsOf(db, nodeId, afterSeq),
    checkedRows: (seq) => checkedRowsOf(db, options, seq),
    storedAfter: (seq) => storedRows(db, nodeId, seq),
    day: (sinceMs) => dayOf(db, nodeId, sinceMs),
    hoursOfDay: (startMs) => hoursOfDay(db, startMs),
    letGoRows: (fromMs, toMs) => letGoRows(db, fromMs, toMs),
    exitsWithoutEntry: (sinceMs) => exitsWithoutEntry(db, sinceMs),
    refundsByHand: () => refundsByHand(db),
    saleRows: (ref) => saleRows(db, nodeId, ref),
    invoiceRows: (invoiceNo) => invoiceRows(db, nodeId, invoiceNo),
    dayTally: (sinceMs) => dayTally(db, sinceMs, (behind) => index().drawer(behind)),
    head: () => headOf(db, nodeId),
    reportPart: ({ span, ...setting }) => reportPart(reportRows(db, nodeId, span), span, setting),
    etcOfDay: (startMs) => etcOfDay(db, startMs),
    span: (fromMs, toMs, limit) =>
      db
        .prepare(spanSql)
        .all(nodeId, fromMs, toMs, limit)
        .toReversed()
        .map((row) => ledgerRowOf(storedOfSql(row), zeroHash)),
    exportLines: (signer) => exportLines(db, { nodeId, crypto: options.crypto, signer }),
    close,
    [Symbol.dispose]: close,
  }
}

/** For `ledger verify`: a verdict also for a missing, damaged or newer ledger. Throws FILE-01. */
export function verifyLedger(options: ReaderOptions): LedgerVerdict {
  let reader: OpenedReader | null = null
  try {
    reader = openLedgerReader(options)
    return reader.verify()
  } catch (error) {
    const { head, db } = ledgerFiles(options.dir)
    const fault = openFault(error, db)
    if (fault === null || !fault.code.startsWith('LEDGER')) throw fault ?? error
    return unreadableVerdict(fault, head, options.clientKeys?.().state ?? 'absent')
  } finally {
    reader?.close()
  }
}
