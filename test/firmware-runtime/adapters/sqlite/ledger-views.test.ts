// The views of a ledger as SQL reads them: columns of the contract, times as texts, and a TAC that came later.
// The witness is the sqlite3 command line.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { isoOf } from '../../../../firmware-runtime/core/values/instant.ts'
import { carRows, event, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'
import { lot, paidRow, reading } from './lot-kit.ts'

afterEach(removeFolders)

describe('the sqlite3 command line', () => {
  const has = spawnSync('sqlite3', ['--version']).status === 0
  it.skipIf(!has)('reads the views, and they have the columns of the contract', () => {
    const dir = lot()
    const ask = (text: string): unknown => {
      const made = spawnSync('sqlite3', ['-readonly', '-json', join(dir, 'ledger.db'), text], {
        encoding: 'utf8',
      })
      expect(made.stderr).toBe('')
      return JSON.parse(made.stdout)
    }
    const proof = JSON.stringify(paidRow.proof)
    expect(ask(`SELECT * FROM v_deduction WHERE deductionId = 'd5'`)).toEqual([
      { ...paidRow, proof },
    ])
    for (const view of ['v_stay', 'v_payment', 'v_refund', 'v_outbox'])
      expect(ask(`SELECT count(*) AS n FROM ${view}`)).toMatchObject([{}])
  })

  it('has times in SQL that are the texts of isoOf', () => {
    const times = [
      0,
      1,
      999,
      1_763_600_000_123,
      4_102_444_799_999,
      253_402_271_999_999,
      startMs + 7,
    ]
    const dir = newFolder()
    const { ledger } = openLedger(optionsFor(dir))
    ledger.append(times.map((atMs) => ({ ...event(1), atMs })))
    ledger.close()
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    const found = db.prepare('SELECT atIso FROM ledger_row ORDER BY seq').all()
    db.close()
    expect(found.map((r) => r['atIso'])).toEqual(times.map((t) => isoOf(t)))
  })
})

it('a TAC that came later is shown with its debit, and no fen is counted twice', () => {
  const proofRows = carRows(1).flatMap((row) => {
    if (row.kind !== 'outcome' || row.body.proof === null) return []
    const proof = { ...row.body.proof, tac: 'FFFFFFFF' }
    return [{ ...row, atMs: row.atMs + 9, body: { ...row.body, reason: 'tacTold', proof } }]
  })
  expect(proofRows).toHaveLength(1)
  const [before, after] = [lot(), lot(proofRows)]
  const look = (dir: string) =>
    reading(dir, (r) => {
      const { rows: _, ...totals } = r.totals()
      return { totals, paidFen: r.day(startMs).paidFen }
    })
  expect(look(after)).toEqual(look(before))
  const { rows } = reading(after, (r) => r.query('deduction', {}))
  expect(rows.find((row) => row['deductionId'] === 'd1')).toMatchObject({
    state: 'paid',
    proof: { tac: 'FFFFFFFF' },
  })
})
