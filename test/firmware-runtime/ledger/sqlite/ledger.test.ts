// The ledger as a lane uses it: open, append, read back, close; what it refuses.
// Faults of the disk are in ledger-writer.test.ts, disk states at start in repair.test.ts.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readHeadFile } from '#ledger/sqlite/head-file.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations, newestVersion } from '#ledger/sqlite/migrations/index.ts'
import { isSchemaWhole } from '#ledger/sqlite/schema-check.ts'
import { markSuspect } from '#ledger/sqlite/whole-check.ts'
import { event, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterEach(removeFolders)

describe('openLedger', () => {
  it.each(['full', 'simulated'] as const)(
    'gives back after reopening what append returned, %s',
    (durability) => {
      const dir = newFolder()
      const first = openLedger(optionsFor(dir, { durability }))
      const written = [
        ...first.ledger.append([event(1), event(2, ' 测A12345 "quoted" \u0000 \u{1F697}')]),
        ...first.ledger.append([
          {
            kind: 'intent',
            atMs: startMs,
            laneId: 'exit',
            stayId: 's1',
            orderId: 'o1',
            deductionId: 'd1',
            amountFen: 500,
            body: {
              chargeMode: 'online',
              outTradeNo: 't1',
              plate: '测A12345',
              colour: 'blue',
              obuId: null,
              cardNo: null,
            },
          },
        ]),
      ]
      expect(first.repair.letter).toBe('A')
      expect(written.map((r) => r.seq)).toEqual([1, 2, 3])
      expect([...first.ledger.rows(0)]).toEqual(written)
      // A reader beside it sees every row that the head file names.
      first.headWriter.flush()
      expect(readHeadFile(join(dir, 'ledger.head')).head?.seq).toBe(3)
      const reader = openReader(join(dir, 'ledger.db'))
      expect(reader.prepare('SELECT count(*) AS n FROM ledger_row').get()?.['n']).toBe(3)
      reader.close()
      first.ledger.close()
      const second = openLedger(optionsFor(dir))
      expect(second.repair.letter).toBe('B')
      expect([...second.ledger.rows(0)]).toEqual(written)
      expect([...second.ledger.rows(2)]).toEqual(written.slice(2))
      expect([...second.ledger.rows(3)]).toEqual([])
      expect(second.ledger.head).toEqual({ seq: 3, hash: written[2]?.hash })
      second.ledger.close()
    },
  )

  it('starts an empty ledger at seq 0 and appends nothing for no drafts', () => {
    const { ledger } = openLedger(optionsFor(newFolder()))
    expect(ledger.head).toEqual({ seq: 0, hash: '0'.repeat(64) })
    expect(ledger.append([])).toEqual([])
    expect([...ledger.rows(0)]).toEqual([])
    ledger.close()
  })

  it('keeps the head file at most 32 rows behind without anybody flushing', () => {
    const { ledger, headWriter } = openLedger(optionsFor(newFolder()))
    for (let n = 1; n <= 100; n++) {
      ledger.append([event(n)])
      expect(headWriter.rowsBehind).toBeLessThan(32)
    }
    headWriter.flush()
    expect(headWriter.rowsBehind).toBe(0)
    ledger.close()
  })

  it.each([
    ['production', '{"mode":"production"}', /belongs to the harness/],
    ['no mode', '{}', /belongs to the harness/],
    ['not an object', '3', /belongs to the harness/],
    ['broken', '{', /JSON/],
  ])('refuses simulated durability beside a lot.json: %s', (_, text, why) => {
    const dir = newFolder()
    writeFileSync(join(dir, 'lot.json'), text)
    expect(() => openLedger(optionsFor(dir, { durability: 'simulated' }))).toThrow(why)
    // The same folder also opens with a sync per row.
    openLedger(optionsFor(dir)).ledger.close()
  })

  it('refuses simulated durability beside a lot.json that cannot be read', () => {
    const dir = newFolder()
    mkdirSync(join(dir, 'lot.json'))
    const open = (): unknown => openLedger(optionsFor(dir, { durability: 'simulated' }))
    expect(open).toThrow(/cannot be read/)
  })

  it('says DATA-01 of a folder that is not there, and makes none', () => {
    const dir = join(newFolder(), 'gone')
    const detail = expect.objectContaining({ file: dir }) as object
    const fault = expect.objectContaining({ code: 'DATA-01', detail }) as Error
    expect(() => openLedger(optionsFor(dir))).toThrow(fault)
    expect(existsSync(dir)).toBe(false)
  })

  it('has a head file before the first row, and after a start that makes it again', () => {
    const dir = newFolder()
    const file = join(dir, 'ledger.head')
    const first = openLedger(optionsFor(dir))
    expect(readHeadFile(file).head).toEqual(first.ledger.head)
    expect(first.repair.note.en).toMatch(/^A: .*ledger at 0, head at none/)
    first.ledger.append([event(1)])
    first.ledger.close()
    writeFileSync(file, 'x'.repeat(8192))
    const again = openLedger(optionsFor(dir))
    expect(readHeadFile(file).head).toEqual(again.ledger.head)
    expect(again.repair.note.en).toMatch(/^G: .*ledger at 1, head at none/)
    again.ledger.close()
    const last = openLedger(optionsFor(dir))
    expect(last.repair).toMatchObject({ letter: 'B', note: { en: 'the last run closed in order' } })
    last.ledger.close()
  })

  it('forgets the suspicion of an earlier run once a start has checked everything', () => {
    const dir = newFolder()
    openLedger(optionsFor(dir)).ledger.close()
    markSuspect(dir, 'a page was not as it should be')
    openLedger(optionsFor(dir)).ledger.close()
    expect(existsSync(join(dir, 'ledger.suspect'))).toBe(false)
  })

  it('opens no ledger whose rows a migration changed', () => {
    const dir = newFolder()
    const { ledger } = openLedger(optionsFor(dir))
    ledger.append([event(1), event(2)])
    ledger.close()
    const up = ['DROP TRIGGER ledger_row_no_delete', 'DELETE FROM ledger_row WHERE seq = 2']
    const version = newestVersion(migrations) + 1
    const open = (): unknown =>
      openLedgerWith(optionsFor(dir), {
        synchronous: 'FULL',
        migrations: [...migrations, { version, name: 'wrong', up }],
        checkRows: 10,
      })
    expect(open).toThrow(/nobody wrote between/)
  })

  it.each(['flush', 'close'] as const)('has every index of searches after %s, simulated', (act) => {
    const dir = newFolder()
    const path = join(dir, 'ledger.db')
    const { ledger, headWriter } = openLedger(optionsFor(dir, { durability: 'simulated' }))
    ledger.append([event(1)])
    const look = openReader(path)
    expect(isSchemaWhole(look, newestVersion(migrations))).toBe(false)
    if (act === 'flush') headWriter.flush()
    else ledger.close()
    expect(isSchemaWhole(look, newestVersion(migrations))).toBe(true)
    look.close()
    ledger.close()
  })

  it('allows simulated durability in a demo folder', () => {
    const dir = newFolder()
    writeFileSync(join(dir, 'lot.json'), '{"mode":"demo"}')
    const { ledger } = openLedger(optionsFor(dir, { durability: 'simulated' }))
    ledger.append([event(1)])
    expect(ledger.head.seq).toBe(1)
    ledger.close()
  })
})
