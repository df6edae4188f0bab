// Cash taken and openings of the drawer since a count, from sums over blocks: equal to adding the entries one by one, and
// to the ledger itself.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { cashEntry, drawerAdder, drawerBehind, drawerSchema } from '#ledger/sqlite/drawer-index.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { counted, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterAll(removeFolders)

/** Row numbers across several blocks of 65,536 rows, with the block boundaries. */
const seqs = fc.oneof(
  fc.integer({ min: 1, max: 400_000 }),
  fc.constantFrom(65_535, 65_536, 131_071, 131_072, 131_073, 196_608),
)
const entry = fc.record({
  seq: seqs,
  atMs: fc.integer({ min: 0, max: 9 }),
  fen: fc.option(fc.integer({ min: 1, max: 9 })),
})

test('behind any count it is what the entries add up to one by one', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { selector: ({ seq }) => seq, maxLength: 60 }),
      fc.record({ seq: seqs, upto: seqs, before: fc.constantFrom(0, 200), atMs: fc.nat(9) }),
      (entries, { seq, upto, before, atMs }) => {
        const db = new DatabaseSync(':memory:')
        db.exec(drawerSchema)
        const add = drawerAdder(db)
        for (const one of [...entries, ...entries])
          add(
            one.fen === null
              ? { seq: one.seq, atMs: one.atMs, what: 'pulse sent', fen: 0 }
              : cashEntry(one.seq, one.atMs, one.fen),
          )
        const from = Math.max(0, seq - before)
        const found = drawerBehind(db, { from, upto, seq, atMs })
        db.close()
        const own = entries.filter(
          (one) => one.seq > from && one.seq <= upto && (one.seq > seq || one.atMs >= atMs),
        )
        const sent = own.filter(({ fen }) => fen === null).length
        expect(found).toEqual({
          takenFen: own.reduce((sum, { fen }) => sum + (fen ?? 0), 0),
          pulses: sent === 0 ? {} : { sent },
        })
      },
    ),
    { numRuns: 300 },
  )
})

const taken = (n: number, means: 'cash' | 'etc', orderId = `o${n}`): RowDraft => ({
  kind: 'payment',
  atMs: startMs + n,
  orderId,
  amountFen: 100 + n,
  body: { paymentId: `p${n}`, means, by: null, reason: null },
})
const pulse = (n: number, state: string): RowDraft => ({
  kind: 'event',
  atMs: startMs + n,
  body: { type: 'drawer', detail: JSON.stringify({ state }) },
})

test('the index beside a ledger says what the ledger says, as rows come', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  const [kept, plain] = [join(dir, 'index.db'), ':memory:'].map((indexFile) =>
    openLedgerReader({ ...optionsFor(dir), indexFile }),
  )
  const both = () => {
    const [own, other] = [kept, plain].map((reader) => reader?.dayTally(startMs).sinceCount)
    expect(own).toEqual(other)
    return own
  }
  ledger.append([taken(1, 'cash'), taken(2, 'etc'), pulse(3, 'sent'), taken(4, 'cash', 'n1-T4')])
  expect(both()).toMatchObject({ takenFen: 101, pulses: { sent: 1 } })
  ledger.append([pulse(5, 'noSale'), taken(6, 'cash')])
  expect(both()).toMatchObject({ takenFen: 207, pulses: { sent: 1, noSale: 1 } })
  ledger.append([counted(startMs + 5, { uptoSeq: 5 }), pulse(8, 'noSale')])
  expect(both()).toMatchObject({ takenFen: 106, pulses: { noSale: 1 } })
  for (const reader of [kept, plain]) reader?.close()
  ledger.close()
})
