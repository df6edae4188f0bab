// The ledger as a lane uses it: open, append, read back, close; what it refuses.
// Faults of the disk are in ledger-writer.test.ts, disk states at start in repair.test.ts.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { event, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterEach(removeFolders)

describe('openLedger', () => {
  it('gives back after reopening exactly what append returned', () => {
    const dir = newFolder()
    const first = openLedger(optionsFor(dir))
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
    first.ledger.close()
    const second = openLedger(optionsFor(dir))
    expect(second.repair.letter).toBe('B')
    expect([...second.ledger.rows(0)]).toEqual(written)
    expect([...second.ledger.rows(2)]).toEqual(written.slice(2))
    expect([...second.ledger.rows(3)]).toEqual([])
    expect(second.ledger.head).toEqual({ seq: 3, hash: written[2]?.hash })
    second.ledger.close()
  })

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
    ['production', '{"mode":"production"}'],
    ['no mode', '{}'],
    ['not an object', '3'],
    ['broken', '{'],
  ])('refuses simulated durability beside a lot.json: %s', (_, text) => {
    const dir = newFolder()
    writeFileSync(join(dir, 'lot.json'), text)
    expect(() => openLedger(optionsFor(dir, { durability: 'simulated' }))).toThrow()
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
