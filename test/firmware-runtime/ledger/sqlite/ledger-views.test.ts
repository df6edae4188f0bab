// The views of a ledger as SQL reads them: columns of the contract, times as texts, and a TAC that came later.
// The witness is the sqlite3 command line.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { carRows, event, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'
import { lot, paidRow, reading } from './lot-kit.ts'
import { carObu } from '../../lane/pure/open/open-kit.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

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

describe('the plate of a stay that began without one', () => {
  const opened = (n: number, plate: string | null = null): RowDraft =>
    cameIn(`z${n}`, startMs, { atMs: startMs, laneId: 'mag', plate, spaceId: `A0${n}` })
  const zero = (n: number, obuPlate: string | null): RowDraft => ({
    kind: 'zeroRecord',
    atMs: startMs + 1,
    laneId: 'pile',
    stayId: `z${n}`,
    body: { spaceId: `A0${n}`, obu: { ...carObu, obuPlate }, proof: null, why: '', by: null },
  })
  const camera = (n: number, plate: string): RowDraft => ({
    kind: 'plateRead',
    atMs: startMs + 2,
    laneId: 'cam',
    stayId: `z${n}`,
    body: { plate, plateRaw: plate, colour: 'green', photo: null },
  })
  it.each<[string, readonly RowDraft[], string | null, string]>([
    ['is that of its OBU', [opened(1), zero(1, '测Z77001')], '测Z77001', 'blue'],
    ['is none where the OBU has none', [opened(1), zero(1, null)], null, 'blue'],
    [
      'is what a camera read after an OBU without one',
      [opened(1), zero(1, null), camera(1, '测Z77002')],
      '测Z77002',
      'green',
    ],
    [
      'is that of the first reading',
      [opened(1), zero(1, '测Z77001'), camera(1, '测Z77002')],
      '测Z77001',
      'blue',
    ],
    [
      'is that of a camera before the OBU',
      [opened(1), camera(1, '测Z77002'), zero(1, '测Z77001')],
      '测Z77002',
      'green',
    ],
    ['stays its own', [opened(1, '测Z77003'), zero(1, '测Z77001')], '测Z77003', 'blue'],
  ])('%s, as in the fold', (_name, rows, plate, colour) => {
    const dir = lot(rows)
    const state = emptyLot()
    for (const row of rows) foldRow(state, { ...row, nodeId: 'n', seq: 1, prevHash: '', hash: '' })
    expect(state.stays.get('z1')).toMatchObject({ plate })
    reading(dir, (r) => {
      const of = (filter: object) => r.query('stay', filter).rows.map((row) => row['stayId'])
      const found = r.query('stay', {}).rows.find((row) => row['stayId'] === 'z1')
      expect(found).toMatchObject({ plate, colour })
      if (plate === null) return
      expect(of({ plate })).toEqual(['z1'])
    })
  })
})

it('entries without an exit and exits without an entry are counted with what was taken for them', () => {
  const refs = { atMs: startMs, laneId: 'exit' }
  const taken = (stayId: string, amountFen: number): RowDraft => ({
    kind: 'payment',
    ...refs,
    stayId,
    amountFen,
    body: { paymentId: `M${stayId}`, means: 'cash', by: '甲', reason: '现金' },
  })
  const over = (stayId: string): RowDraft => ({
    kind: 'stayClosed',
    ...refs,
    stayId,
    body: { end: 'other', leftAtMs: startMs },
  })
  const before = reading(lot([]), (r) => r.totals().unpaired)
  const dir = lot([
    cameIn('u1', startMs, { atMs: startMs, plate: '测Z77001' }),
    cameIn('u2', startMs, { atMs: startMs, plate: '测Z77002', noEntry: true }),
    taken('u2', 1_500),
    over('u2'),
    cameIn('u3', startMs, { atMs: startMs, plate: '测Z77003' }),
    over('u3'),
    cameIn('u4', startMs, { atMs: startMs, plate: '测Z77004', spaceId: 'A01' }),
  ])
  const { entriesWithoutExit, exitsWithoutEntry } = reading(dir, (r) => r.totals().unpaired)
  expect(entriesWithoutExit.count - before.entriesWithoutExit.count).toBe(1)
  expect([exitsWithoutEntry.count, exitsWithoutEntry.amountFen]).toEqual([
    before.exitsWithoutEntry.count + 1,
    before.exitsWithoutEntry.amountFen + 1_500,
  ])
})
