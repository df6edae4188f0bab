// The full check: what it reports about an intact ledger, and that it names the place of every change.
// SQLite has no page checksum; chain, head file and integrity_check together detect each flip.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { event, newFolder, optionsFor, removeFolders } from './ledger-kit.ts'
import { cars, lot, reading } from './lot-kit.ts'
import { flip } from './repair-cases.ts'

afterEach(removeFolders)

describe('verify', () => {
  it('says ok with head, sums and schema', () => {
    const dir = lot()
    const rows = cars * 7 + 3 + 1
    const verdict = verifyLedger(optionsFor(dir))
    expect(verdict).toEqual({
      ok: true,
      rows,
      headSeq: rows,
      headHash: verdict.headHash,
      headFile: { seq: rows, hash: verdict.headHash },
      chain: 'ok',
      firstBadSeq: null,
      sums: reading(dir, (r) => {
        const { amountFen, payments } = r.totals()
        return { paidFen: amountFen, takenFen: payments['cash']?.amountFen }
      }),
      schemaVersion: 14,
      checkpoints: { key: 'absent', rows: 0, checked: 0 },
      faults: [],
    })
  })

  it('reads beside a writer at work', () => {
    const dir = lot()
    const { ledger } = openLedger(optionsFor(dir))
    reading(dir, (r) => {
      for (let n = 0; n < 50; n++) {
        ledger.append([event(n)])
        expect(r.verify()).toMatchObject({ ok: true, headSeq: ledger.head.seq })
      }
    })
    ledger.close()
  })

  it.each([
    ['an amount', `UPDATE ledger_row SET amountFen = 1 WHERE seq = 3`, 3],
    ['a body', `UPDATE ledger_row SET body = '{}' WHERE seq = 9`, 9],
    ['blanks in a body', `UPDATE ledger_row SET body = body || ' ' WHERE seq = 9`, 9],
    ['a lane', `UPDATE ledger_row SET laneId = 'x' WHERE seq = 20`, 20],
    ['a time', `UPDATE ledger_row SET atMs = atMs + 1 WHERE seq = 21`, 21],
    ['a hash', `UPDATE ledger_row SET hash = zeroblob(32) WHERE seq = 21`, 21],
    ['a missing row', `DELETE FROM ledger_row WHERE seq = 30`, 31],
    ['a missing first row', `DELETE FROM ledger_row WHERE seq = 1`, 2],
  ])('names the first row where %s was changed', (_, change, seq) => {
    const dir = lot()
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    db.exec('DROP TRIGGER ledger_row_no_update; DROP TRIGGER ledger_row_no_delete')
    db.exec(change)
    db.close()
    const verdict = verifyLedger(optionsFor(dir))
    expect(verdict).toMatchObject({ ok: false, chain: 'broken', firstBadSeq: seq })
    expect(verdict.faults).toContainEqual({ code: 'LEDGER-04', seq })
  })

  it('sees rows cut off at the end by the head file, as the chain alone cannot', () => {
    const dir = lot()
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    const trigger = db
      .prepare(`SELECT sql FROM sqlite_schema WHERE name = 'ledger_row_no_delete'`)
      .get()
    db.exec('DROP TRIGGER ledger_row_no_delete; DELETE FROM ledger_row WHERE seq > 80')
    db.exec(String(trigger?.['sql']))
    db.close()
    expect(verifyLedger(optionsFor(dir))).toMatchObject({
      ok: false,
      chain: 'ok',
      faults: [{ code: 'LEDGER-03', seq: 88 }],
    })
  })

  it.each([
    ['a trigger was dropped', 'DROP TRIGGER ledger_row_no_update'],
    ['an index was dropped', 'DROP INDEX outcome_of'],
    ['a view was altered', 'DROP VIEW v_payment; CREATE VIEW v_payment AS SELECT 1'],
    ['a table was added', 'CREATE TABLE t (a)'],
  ])('says LEDGER-05 when %s', (_, change) => {
    const dir = lot()
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    db.exec(change)
    db.close()
    expect(verifyLedger(optionsFor(dir))).toMatchObject({
      ok: false,
      faults: [{ code: 'LEDGER-05', seq: null }],
    })
  })

  it('sees rows of another node that were put in', () => {
    const dir = lot()
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    db.exec(`INSERT INTO ledger_row (nodeId, seq, kind, atMs, body, hash)
      VALUES ('intruder', 1, 'event', 0, '{}', zeroblob(32))`)
    db.close()
    expect(verifyLedger(optionsFor(dir))).toMatchObject({ ok: false, chain: 'broken' })
  })

  it.each([
    ['LEDGER-02', 'removed', null],
    ['LEDGER-05', 'text', 'x'.repeat(8192)],
  ])('says %s for a database that is %s', (code, _, text) => {
    const dir = lot()
    const path = join(dir, 'ledger.db')
    if (text === null) rmSync(path)
    else writeFileSync(path, text)
    expect(verifyLedger(optionsFor(dir))).toMatchObject({
      ok: false,
      rows: 0,
      faults: [{ code, seq: null }],
    })
  })

  it('says LEDGER-01 for a newer schema and FILE-01 for a folder without a ledger', () => {
    const dir = lot()
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(verifyLedger(optionsFor(dir)).faults).toEqual([{ code: 'LEDGER-01', seq: null }])
    expect(() => verifyLedger(optionsFor(newFolder()))).toThrow(/FILE-01/)
  })

  // A flip in free space does no harm: rows and totals must then be equal.
  it('sees every harmful bit flip in the database file', () => {
    const dir = lot()
    const path = join(dir, 'ledger.db')
    const clean = readFileSync(path)
    const rowsOf = (): string =>
      reading(dir, (r) => JSON.stringify([[...r.exportLines(null)], r.totals()]))
    const expected = rowsOf()
    let seen = 0
    for (let i = 0; i < 300; i++) {
      flip(path, (i * 7_919 + 101) % clean.length)
      const verdict = verifyLedger(optionsFor(dir))
      if (!verdict.ok) seen++
      else expect(rowsOf(), `flip ${i}`).toBe(expected)
      writeFileSync(path, clean)
    }
    expect(seen).toBeGreaterThan(50)
  })
})
