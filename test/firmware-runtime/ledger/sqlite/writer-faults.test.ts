// Write errors on a real database: a full one continues once there is room, a foreign head stops everything, and the error
// names the cause. Faults of a real disk are in test/crash/disk-faults.
import type { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openWriter } from '#base/sqlite/connection.ts'
import { LedgerWriter } from '#ledger/sqlite/ledger-writer.ts'
import { migrate, migrations } from '#ledger/sqlite/migrations/index.ts'
import type { LedgerHead } from '#ledger/ports/ledger.ts'
import { carRows, event, newFolder, removeFolders, testCrypto, testKey } from './ledger-kit.ts'

afterEach(removeFolders)

interface Bench {
  readonly db: DatabaseSync
  readonly writer: LedgerWriter
  readonly heads: LedgerHead[]
  closes: number
}

function bench(writeHead: () => void = () => undefined): Bench {
  const db = openWriter(join(newFolder(), 'ledger.db'), 'FULL')
  migrate(db, 0, migrations)
  const made = { db, heads: [] as LedgerHead[], closes: 0 }
  const writer = new LedgerWriter({
    db,
    nodeId: 'lot-1',
    key: { crypto: testCrypto, chainKey: testKey },
    head: { seq: 0, hash: '0'.repeat(64) },
    headFile: {
      write: (head) => {
        writeHead()
        made.heads.push(head)
      },
      close: () => void made.closes++,
    },
  })
  return Object.assign(made, { writer })
}

const large = event(2, 'x'.repeat(200_000))
const pagesOf = (db: DatabaseSync): number =>
  Number(db.prepare('PRAGMA page_count').get()?.['page_count'])

describe('a full database', () => {
  it('says so, wrote nothing, and takes rows again once there is room', () => {
    const { db, writer } = bench()
    writer.append([event(1)])
    const head = writer.head
    db.exec(`PRAGMA max_page_count = ${pagesOf(db)}`)
    for (let i = 0; i < 2; i++)
      expect(() => writer.append([event(9), large])).toThrow(
        expect.objectContaining({
          code: 'DATA-02',
          detail: expect.objectContaining({ note: expect.stringMatching(/full/) as string }),
        }),
      )
    expect([writer.head, db.isTransaction]).toEqual([head, false])
    db.exec('PRAGMA max_page_count = 100000')
    expect(writer.append([large]).map(({ seq }) => seq)).toEqual([2])
    expect([...writer.rows(0)].map(({ body }) => body)).toEqual([event(1).body, large.body])
    writer.close()
  })
})

describe('a row that breaks a rule', () => {
  it('is said in the words of the rule, and the writer goes on', () => {
    const { db, writer } = bench()
    writer.append(carRows(1))
    const { head } = writer
    // Not reported as a disk fault, which would make a person look for disk space.
    expect(() => writer.append(carRows(1).slice(0, 1))).toThrow(
      expect.not.objectContaining({ code: expect.stringMatching(/DATA|LEDGER/) as string }),
    )
    expect(() => writer.append(carRows(1).slice(0, 1))).toThrow(/UNIQUE/)
    expect([writer.head, db.isTransaction]).toEqual([head, false])
    writer.append([event(3)])
    writer.close()
  })
  it.each([
    ['kind', { kind: undefined }],
    ['kind', { kind: 5 }],
    ['body', { body: undefined }],
    ['body', { body: null }],
    ['time', { atMs: '5' }],
    ['amount', { amountFen: '5' }],
  ])('is no fault of the disk either where its %s is none', (_what, odd) => {
    const { db, writer } = bench()
    const row = { ...event(1), ...odd } as never
    expect(() => writer.append([event(1), row])).toThrow(/^assertion failed/)
    expect([writer.head.seq, db.isTransaction]).toEqual([0, false])
    expect(writer.append([event(1)]).map(({ seq }) => seq)).toEqual([1])
    writer.close()
  })
  it.each([
    ['in number', 'lot-1', 2],
    ['in hash alone', 'lot-1', 1],
  ])('while the last row is not ours, %s, stops everything', (_how, nodeId, seq) => {
    const { db, writer } = bench()
    writer.append(carRows(1).slice(0, 1))
    // Another process wrote: an extra row, or another hash for the last one.
    db.exec('DROP TRIGGER ledger_row_no_update')
    if (seq === 1) db.exec('UPDATE ledger_row SET hash = zeroblob(32) WHERE seq = 1')
    else
      db.exec(
        `INSERT INTO ledger_row (nodeId, seq, kind, atMs, body, hash)
         VALUES ('${nodeId}', ${seq}, 'event', 0, '{}', (SELECT hash FROM ledger_row))`,
      )
    const code = expect.objectContaining({ code: 'LEDGER-06' }) as Error
    const stay = { ...carRows(1)[0], atMs: 5 } as never
    expect(() => writer.append([stay])).toThrow(code)
    expect(() => writer.append([event(3)])).toThrow(code)
    writer.close()
  })
})

describe('an error that tells nothing of what was written', () => {
  const stopped = expect.objectContaining({ code: 'LEDGER-06' }) as Error
  it('stops everything until the ledger is opened again', () => {
    const { db, writer } = bench()
    writer.append([event(1)])
    db.exec('PRAGMA query_only = 1')
    expect(() => writer.append([event(2)])).toThrow(stopped)
    db.exec('PRAGMA query_only = 0')
    expect(() => writer.append([event(2)])).toThrow(stopped)
    writer.close()
  })
  it('stops everything too where a refused row cannot be taken back', () => {
    const { db, writer } = bench()
    writer.append(carRows(1).slice(0, 1))
    const exec = (): never => {
      throw new Error('EIO')
    }
    Object.assign(db, { exec })
    expect(() => writer.append(carRows(1).slice(0, 1))).toThrow(stopped)
    expect(() => writer.append(carRows(2).slice(0, 1))).toThrow(stopped)
    writer.close()
  })
  it('stops nothing where the database took the refused row back by itself', () => {
    const { db, writer } = bench()
    db.exec(`CREATE TRIGGER gone BEFORE INSERT ON ledger_row WHEN NEW.seq = 1
      BEGIN SELECT RAISE(ROLLBACK, 'not this one'); END`)
    expect(() => writer.append([event(1)])).toThrow(/not this one/)
    db.exec('DROP TRIGGER gone')
    expect(writer.append([event(1)]).map(({ seq }) => seq)).toEqual([1])
    writer.close()
  })
})

describe('a head that cannot be written', () => {
  it('is named with its cause, and later acts name that an earlier one failed', () => {
    const { writer } = bench(() => {
      throw new Error('EIO')
    })
    writer.append([event(1)])
    const note = (text: RegExp): Error =>
      expect.objectContaining({
        code: 'LEDGER-06',
        message: expect.stringMatching(text) as string,
      }) as Error
    expect(() => writer.headWriter.flush()).toThrow(note(/result is not known: Error: EIO$/))
    expect(() => writer.append([event(2)])).toThrow(note(/an earlier write failed/))
    expect(() => writer.rowsSm3(0, 1)).toThrow(note(/an earlier write failed/))
    writer.close()
  })
  it('is written once for what is new, never for nothing, and closed with the ledger', () => {
    const made = bench()
    const { writer, heads } = made
    writer.headWriter.flush()
    expect(heads).toEqual([])
    writer.append([event(1)])
    writer.headWriter.flush()
    writer.headWriter.flush()
    expect(heads).toEqual([writer.head])
    writer.append([event(2)])
    writer.close()
    expect([heads.map(({ seq }) => seq), made.closes]).toEqual([[1, 2], 1])
    expect(() => writer.headWriter.flush()).toThrow(/closed/)
  })
})
