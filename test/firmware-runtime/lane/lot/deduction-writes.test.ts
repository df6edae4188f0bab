// What an ETC deduction costs the disk, counted on the real ledger: transactions (each synced once), statements, pages of
// the WAL and syncs of the head. The same in a new lot and after hundreds of cars. Virtual time; no duration is measured.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { carRows, newFolder, optionsFor, removeFolders } from '../../ledger/sqlite/ledger-kit.ts'
import { loop, plate, plateEvent } from '../pure/lane-bench.ts'
import { inside, lateLot, newCard, type LateLot } from './late-scene.ts'

type Mode = 'card' | 'online'

const { fdatasyncSync } = fs
afterEach(() => {
  vi.restoreAllMocks()
  fs.fdatasyncSync = fdatasyncSync
  syncBuiltinESMExports()
})
afterAll(removeFolders)

/** The frames of a WAL, and how many of them end a transaction. */
function framesOf(wal: Buffer): { readonly pages: number; readonly commits: number } {
  const frameBytes = 24 + wal.readUInt32BE(8)
  const salt = wal.toString('hex', 16, 24)
  let [pages, commits] = [0, 0]
  for (let at = 32; at + frameBytes <= wal.length; at += frameBytes) {
    if (wal.toString('hex', at + 8, at + 16) !== salt) break
    pages++
    if (wal.readUInt32BE(at + 4) !== 0) commits++
  }
  return { pages, commits }
}

/** Records every statement SQLite receives from now on, and the rows it returns. */
function watchSql() {
  const seen = { statements: [] as string[], rowsRead: 0 }
  const word = (sql: string): string => sql.trim().split(/\s/, 1)[0] ?? ''
  const { exec } = DatabaseSync.prototype
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
    seen.statements.push(word(sql))
    exec.call(this, sql)
  })
  for (const name of ['run', 'get', 'all', 'iterate'] as const) {
    const real: unknown = StatementSync.prototype[name]
    const watched = function (this: StatementSync, ...values: unknown[]): unknown {
      seen.statements.push(word(this.sourceSQL))
      const given: unknown = Reflect.apply(real as () => unknown, this, values)
      if (Array.isArray(given)) seen.rowsRead += given.length
      return given
    }
    vi.spyOn(StatementSync.prototype, name).mockImplementation(watched as never)
  }
  return seen
}

/** Counts fdatasync calls of our files; those of SQLite's WAL count as commits. */
function watchSyncs() {
  const seen = { syncs: 0 }
  fs.fdatasyncSync = (fd) => {
    seen.syncs++
    fdatasyncSync(fd)
  }
  syncBuiltinESMExports()
  return seen
}

/** The real ledger, recording the row kinds of each transaction. */
class Watched implements Ledger {
  readonly nodeId: string
  /** Required by the scene; not read here. */
  readonly list: LedgerRow[] = []
  readonly transactions: string[] = []
  private readonly real: Ledger

  constructor(real: Ledger) {
    this.real = real
    this.nodeId = real.nodeId
  }

  get head() {
    return this.real.head
  }

  append(drafts: readonly RowDraft[]): readonly LedgerRow[] {
    this.transactions.push(drafts.map(({ kind }) => kind).join(' '))
    return this.real.append(drafts)
  }

  rows(afterSeq: number): Iterable<LedgerRow> {
    return this.real.rows(afterSeq)
  }

  rowsSm3(fromSeq: number, toSeq: number): string {
    return this.real.rowsSm3(fromSeq, toSeq)
  }

  close(): void {
    this.real.close()
  }
}

/** A car comes to the exit, pays by card or platform, and leaves. */
function leaves({ time, antenna, dispatch }: LateLot, n: number): void {
  const fromUs = time.nowUs
  antenna.put(newCard(n))
  dispatch(loop('arrive', 'on'))
  dispatch(plateEvent(plate))
  time.runTo(fromUs + 5e6)
  dispatch({ type: 'position', position: 'open' })
  dispatch(loop('under', 'on'))
  dispatch(loop('arrive', 'off'))
  dispatch(loop('under', 'off'))
  antenna.put(null)
  dispatch({ type: 'position', position: 'closed' })
  time.runTo(fromUs + 60e6)
}

const cars = 8
/** One car per minute from 08:00 until the scene begins. */
const carsMax = 380

function writesOf(mode: Mode, carsBefore: number) {
  const dir = newFolder()
  const { ledger: real, watch } = openLedger(optionsFor(dir))
  real.append(Array.from({ length: carsBefore }, (_, n) => carRows(n)).flat())
  const ledger = new Watched(real)
  const lot = lateLot(mode, 'lane', { ledger })
  const { runtime, time, antenna } = lot
  const signedIn = { psamNo: '1', validUntilMs: runtime.nowMs() + 1e12, status: 1 }
  runtime.append([{ kind: 'signIn', atMs: runtime.nowMs(), laneId: 'exit', body: signedIn }])
  antenna.up()
  time.runTo(500_000)
  // As after the first minute: it knows the rows that it compares before a charge.
  for (let n = 0; n < 3; n++) watch?.look()
  real.append(carRows(500).slice(0, 1))
  for (let n = 0; n < 3; n++) watch?.look()
  const wal = () => framesOf(fs.readFileSync(join(dir, 'ledger.db-wal')))
  const sql = watchSql()
  const files = watchSyncs()
  const each = Array.from({ length: cars }, (_, n) => {
    inside(lot)
    const before = wal()
    const rowsRead = sql.rowsRead
    sql.statements.length = 0
    ledger.transactions.length = 0
    leaves(lot, n + 1)
    const now = wal()
    return {
      transactions: [...ledger.transactions],
      statements: sql.statements.length,
      rowsRead: sql.rowsRead - rowsRead,
      commits: now.commits - before.commits,
      pages: now.pages - before.pages,
    }
  })
  const { syncs } = files
  runtime.stop()
  ledger.close()
  return { each, syncs, opens: lot.opens.length }
}
/**
 * The rows of a deduction by transaction: the order; the intent, durable before anything is told to take money; in card mode, that
 * the antenna was armed; the outcome with everything that follows from it, before the boom opens; the barrier's result; the
 * platform's receipt (in online mode together with the outcome); that the car has left.
 */
const written: Readonly<Record<Mode, readonly string[]>> = {
  card: [
    'orderMade',
    'intent',
    'armed',
    'outcome payment outbox pass',
    'barrier',
    'outboxState',
    'event',
  ],
  online: ['orderMade', 'intent outbox', 'outcome payment outboxState pass', 'barrier', 'event'],
}
/** Settings of the connection, and the two rows. */
const lookStatements = 6
/** 27 to 55 pages of 2 KiB are usual: a row changes the last page of its table and of each of its indexes. */
const pagesMax = 70
/** For 80 or 88 rows, those of the entries included: the head may lag 32 rows behind. */
const headSyncs = 2

it.each<[Mode, number]>([
  ['card', 0],
  ['card', carsMax],
  ['online', 0],
  ['online', carsMax],
])('charged by %s, behind %i cars', (mode, carsBefore) => {
  const { each, syncs, opens } = writesOf(mode, carsBefore)
  const transactions = written[mode]
  // A BEGIN and a COMMIT per transaction, one statement per row; before the charge a new connection reads two rows.
  const rows = transactions.flatMap((kinds) => kinds.split(' ')).length
  const statements = 2 * transactions.length + rows + lookStatements
  for (const { pages, ...counts } of each) {
    const commits = transactions.length
    expect(counts).toEqual({ transactions, commits, statements, rowsRead: 0 })
    expect(pages).toBeLessThan(pagesMax)
  }
  expect([each.length, opens, syncs]).toEqual([cars, cars, headSyncs])
})
