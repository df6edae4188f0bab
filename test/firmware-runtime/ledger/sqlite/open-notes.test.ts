// What a refused start reports about the ledger it found, and what a full check reports about its head file: exactly
// the numbers that a person compares.
import { rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { openHeadFile } from '#ledger/sqlite/head-file.ts'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { LaneFault, whyIn } from '#base/pure/faults/faults.ts'
import { event, newFolder, optionsFor, removeFolders } from './ledger-kit.ts'

afterEach(removeFolders)

function filled(rows: number): string {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  for (let n = 1; n <= rows; n++) ledger.append([event(n)])
  ledger.close()
  return dir
}

function change(dir: string, sql: string): void {
  const db = new DatabaseSync(join(dir, 'ledger.db'))
  db.exec('DROP TRIGGER ledger_row_no_update; DROP TRIGGER ledger_row_no_delete')
  db.exec(sql)
  db.close()
}

/** Code, file and note of the fault that stops the start. */
function stops(dir: string): { code: string; file: string; note: string } {
  try {
    openLedger(optionsFor(dir)).ledger.close()
  } catch (error) {
    if (error instanceof LaneFault) {
      const { file, note } = error.detail
      return { code: error.code, file: relative(dir, String(file)), note: whyIn(note ?? '') }
    }
  }
  throw new Error('it starts')
}

describe('the note of a start that stops', () => {
  it('names both ends and the first bad row', () => {
    const dir = filled(5)
    change(dir, `UPDATE ledger_row SET body = '{}' WHERE seq = 3`)
    expect(stops(dir)).toEqual({
      code: 'LEDGER-04',
      file: 'ledger.db',
      note: expect.stringMatching(
        /\(ledger at 5, head at 5, first bad row 3, schema \d+, program 0\.0\.0-test\)$/,
      ) as string,
    })
  })
  it('names no bad row and no damage where there is none', () => {
    const dir = filled(5)
    change(dir, 'DELETE FROM ledger_row WHERE seq > 3')
    expect(stops(dir).note).toMatch(/\(ledger at 3, head at 5, schema \d+, program 0\.0\.0-test\)$/)
  })
  it('names what SQLite says of a damaged file', () => {
    const dir = filled(5)
    writeFileSync(join(dir, 'ledger.db'), 'x'.repeat(8192))
    expect(stops(dir)).toEqual({
      code: 'LEDGER-05',
      file: 'ledger.db',
      note: expect.stringMatching(/head at 5, .*not a database.*, schema/) as string,
    })
  })
  it('names the head file of a ledger that is gone: it is what tells of it', () => {
    const dir = filled(5)
    rmSync(join(dir, 'ledger.db'))
    expect(stops(dir)).toMatchObject({ code: 'LEDGER-02', file: 'ledger.head' })
  })
  it('says that there is no head where there is none', () => {
    const dir = filled(5)
    rmSync(join(dir, 'ledger.head'))
    change(dir, `UPDATE ledger_row SET body = '{}' WHERE seq = 3`)
    expect(stops(dir).note).toMatch(/\(ledger at 5, head at none, first bad row 3, schema/)
  })
})

describe('a full check of the head file', () => {
  const faults = (dir: string): unknown => verifyLedger(optionsFor(dir)).faults
  it('finds nothing wrong with a ledger that has no row yet', () => {
    const dir = filled(0)
    expect(faults(dir)).toEqual([])
    rmSync(join(dir, 'ledger.head'))
    expect(faults(dir)).toEqual([])
  })
  it('misses the head of a ledger with rows', () => {
    const dir = filled(3)
    rmSync(join(dir, 'ledger.head'))
    expect(faults(dir)).toEqual([{ code: 'LEDGER-08', seq: null }])
  })
  it.each([
    [3, 'the last row'],
    [2, 'a row before it'],
    [0, 'no row'],
  ])('sees a head of row %i (%s) with another hash', (seq) => {
    const dir = filled(3)
    const head = openHeadFile(join(dir, 'ledger.head'), false)
    // The two slots are written alternately.
    for (let n = 0; n < 2; n++) head.write({ seq, hash: 'ab'.repeat(32) })
    head.close()
    expect(faults(dir)).toEqual([{ code: 'LEDGER-04', seq }])
  })
  it('sees a head of a row that is not there', () => {
    const dir = filled(3)
    const head = openHeadFile(join(dir, 'ledger.head'), false)
    for (let n = 0; n < 2; n++) head.write({ seq: 2, hash: 'ab'.repeat(32) })
    head.close()
    change(dir, 'DELETE FROM ledger_row WHERE seq = 2')
    expect(faults(dir)).toContainEqual({ code: 'LEDGER-04', seq: 2 })
  })
  it('names one bad row once, though rows of another node lie there too', () => {
    const dir = filled(3)
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    db.exec(`INSERT INTO ledger_row (nodeId, seq, kind, atMs, body, hash)
      VALUES ('intruder', 1, 'event', 0, '{}', zeroblob(32))`)
    const trigger = db
      .prepare(`SELECT sql FROM sqlite_schema WHERE name = 'ledger_row_no_update'`)
      .get()
    db.exec('DROP TRIGGER ledger_row_no_update')
    db.exec(`UPDATE ledger_row SET body = '{}' WHERE nodeId = 'lot-1' AND seq = 2`)
    db.exec(String(trigger?.['sql']))
    db.close()
    expect(faults(dir)).toEqual([{ code: 'LEDGER-04', seq: 2 }])
  })
})
