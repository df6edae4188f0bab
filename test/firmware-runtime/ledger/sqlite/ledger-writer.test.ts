// What the writer refuses: the three SQL verbs that change history, rows that break a rule, and a further write after an
// error with an unknown result. Faults of a real disk are in test/crash/disk-faults.
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openWriter } from '#base/sqlite/connection.ts'
import { LedgerWriter } from '#ledger/sqlite/ledger-writer.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { migrate, migrations } from '#ledger/sqlite/migrations/index.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import {
  carRows,
  event,
  newFolder,
  optionsFor,
  removeFolders,
  testCrypto,
  testKey,
} from './ledger-kit.ts'

afterEach(removeFolders)

function filled(): string {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  for (let n = 1; n <= 5; n++) ledger.append([event(n)])
  ledger.close()
  return dir
}

const columns = 'nodeId, seq, kind, atMs, body, hash'
const values = (seq: number): string => `('lot-1', ${seq}, 'event', 0, '{}', zeroblob(32))`

describe('append-only', () => {
  const verbs = [
    ['UPDATE', `UPDATE ledger_row SET atMs = 0 WHERE seq = 3`],
    ['UPDATE OR IGNORE', `UPDATE OR IGNORE ledger_row SET atMs = 0 WHERE seq = 3`],
    ['DELETE', `DELETE FROM ledger_row WHERE seq = 5`],
    ['DELETE of all', `DELETE FROM ledger_row`],
    ['REPLACE', `REPLACE INTO ledger_row (${columns}) VALUES ${values(3)}`],
    ['INSERT OR REPLACE', `INSERT OR REPLACE INTO ledger_row (${columns}) VALUES ${values(5)}`],
    ['INSERT with a gap', `INSERT INTO ledger_row (${columns}) VALUES ${values(7)}`],
    ['INSERT OR IGNORE twice', `INSERT OR IGNORE INTO ledger_row (${columns}) VALUES ${values(2)}`],
    [
      'upsert',
      `INSERT INTO ledger_row (${columns}) VALUES ${values(5)}
       ON CONFLICT (nodeId, seq) DO UPDATE SET atMs = 0`,
    ],
  ] as const

  it.each(verbs)('refuses %s on the connection of the product', (_, text) => {
    const db = openWriter(join(filled(), 'ledger.db'), 'FULL')
    expect(() => db.exec(text)).toThrow(/append-only/)
    expect(db.prepare('SELECT count(*) AS n FROM ledger_row').get()?.['n']).toBe(5)
    db.close()
  })

  it.each(verbs)('refuses %s also where recursive_triggers is off', (_, text) => {
    const db = new DatabaseSync(join(filled(), 'ledger.db'))
    expect(db.prepare('PRAGMA recursive_triggers').get()).toEqual({ recursive_triggers: 0 })
    expect(() => db.exec(text)).toThrow(/append-only/)
    expect(db.prepare('SELECT count(*) AS n FROM ledger_row').get()?.['n']).toBe(5)
    db.close()
  })
})

const intent = (change: Partial<RowDraft>): RowDraft => {
  const [draft] = carRows(1).filter((r) => r.kind === 'intent')
  return { ...draft, ...change } as RowDraft
}

describe.each(['full', 'simulated'] as const)('rows that break a rule, %s', (durability) => {
  const opened = (dir = newFolder()) => openLedger(optionsFor(dir, { durability }))
  const bad: readonly (readonly [string, RowDraft])[] = [
    ['a fraction of a fen', intent({ amountFen: 0.5 })],
    ['0.1 + 0.2', intent({ amountFen: 0.1 + 0.2 })],
    ['no number', intent({ amountFen: Number.NaN })],
    ['no number where an amount may be left out', { ...event(1), amountFen: Number.NaN }],
    ['a negative charge', intent({ amountFen: -1 })],
    ['more than a stay can cost', intent({ amountFen: 100_000_001 })],
    ['beyond 2^53', intent({ amountFen: 2 ** 60 })],
    ['a time before 1970', { ...event(1), atMs: -1 }],
    ['a fraction of a millisecond', { ...event(1), atMs: 1.5 }],
    ['an id with NUL', { ...event(1), stayId: 'a\0b' }],
    ['an id of half a character', { ...event(1), stayId: '\ud83d' }],
  ]

  it.each(bad)('refuses %s, whole batch, and goes on', (_, draft) => {
    const dir = newFolder()
    const { ledger } = opened(dir)
    ledger.append([event(1)])
    expect(() => ledger.append([event(2), draft])).toThrow()
    expect(ledger.head.seq).toBe(1)
    expect(ledger.append([event(3)])[0]?.seq).toBe(2)
    const bodies = [event(1).body, event(3).body]
    expect([...ledger.rows(0)].map((r) => r.body)).toEqual(bodies)
    ledger.close()
    const again = opened(dir)
    expect(again.repair.letter).toBe('B')
    expect([...again.ledger.rows(0)].map((r) => r.body)).toEqual(bodies)
    again.ledger.close()
  })

  it.each(['intent', 'payment', 'outbox', 'stayOpened'])(
    'refuses a second %s of one id',
    (kind) => {
      const { ledger } = opened()
      const drafts = carRows(5, false)
      ledger.append(drafts)
      expect(() => ledger.append(drafts.filter((d) => d.kind === kind))).toThrow(/UNIQUE/)
      ledger.close()
    },
  )

  it('lets an adjustment be negative and a refund not', () => {
    const { ledger } = opened()
    const body = { adjustmentId: 'a1', refersToSeq: 1, by: 'Guo', reason: 'test' }
    ledger.append([{ kind: 'adjustment', atMs: 0, amountFen: -500, body }])
    const refund = { refundId: 'r', outTradeNo: 'x', reason: '', operator: '', approvedBy: null }
    expect(() =>
      ledger.append([{ kind: 'refund', atMs: 0, amountFen: -500, body: refund }]),
    ).toThrow(/CHECK/)
    ledger.close()
  })
})

describe('after an error whose result is unknown', () => {
  /** A writer whose head file fails as a bad disk does. */
  function onBadDisk(): LedgerWriter {
    const db = openWriter(join(newFolder(), 'ledger.db'), 'FULL')
    migrate(db, 0, migrations)
    return new LedgerWriter({
      db,
      nodeId: 'lot-1',
      key: { crypto: testCrypto, chainKey: testKey },
      head: { seq: 0, hash: '0'.repeat(64) },
      headFile: {
        write: () => {
          throw new Error('EIO')
        },
        close: () => undefined,
      },
    })
  }

  it('refuses append, rows and flush with LEDGER-06, and still closes', () => {
    const writer = onBadDisk()
    writer.append([event(1)])
    for (const act of [
      () => writer.headWriter.flush(),
      () => writer.append([event(2)]),
      () => [...writer.rows(0)],
      () => writer.headWriter.flush(),
    ])
      expect(act).toThrow(expect.objectContaining({ code: 'LEDGER-06' }))
    writer.close()
    writer.close()
    expect(() => writer.append([event(3)])).toThrow(/closed/)
  })

  it('says LEDGER-06 when another program holds the file longer than it may wait', () => {
    const dir = filled()
    const { ledger } = openLedger(optionsFor(dir))
    const other = new DatabaseSync(join(dir, 'ledger.db'))
    other.exec('BEGIN IMMEDIATE')
    expect(() => ledger.append([event(6)])).toThrow(LaneFault)
    other.exec('ROLLBACK')
    other.close()
    ledger.close()
    const again = openLedger(optionsFor(dir))
    expect(again.ledger.head.seq).toBe(5)
    again.ledger.close()
  })
})
