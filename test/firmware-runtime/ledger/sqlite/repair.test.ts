// The lettered repair table: each disk state has exactly one letter, and each letter is reached.
// The states are in repair-cases.ts.
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger, openLedgerWith, type OpenedLedger } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { repairRowsFor, repairTable } from '#ledger/sqlite/repair.ts'
import type { DiskFacts } from '#ledger/sqlite/repair.ts'
import { whyIn } from '#base/pure/faults/faults.ts'
import { nextSchema } from '../../../crash/powercut/next-schema.ts'
import { event, optionsFor, removeFolders } from './ledger-kit.ts'
import { file, forge, goes, ledgerFolder, rowsAtFirst, stops } from './repair-cases.ts'
import { faultOf } from '../../../kit/refusals.ts'

afterEach(removeFolders)

const all = {
  db: ['absent', 'empty', 'older', 'current', 'newer', 'damaged', 'foreign'],
  wal: ['none', 'left'],
  head: ['absent', 'bad', 'torn', 'whole'],
  place: ['none', 'level', 'behind', 'ahead', 'differs'],
  chain: ['none', 'ok', 'broken'],
  others: ['none', 'some', 'newer'],
} as const

/** Whether `inspect` can report these facts: a position needs rows and a head, a chain needs the ledger table. */
function isPossible(f: DiskFacts): boolean {
  const speaks = f.head === 'torn' || f.head === 'whole'
  const ours = f.db === 'current' || f.db === 'older'
  if (ours !== (f.chain !== 'none')) return false
  if (ours) return speaks === (f.place !== 'none')
  if (f.db === 'empty' && speaks) return f.place === 'level' || f.place === 'ahead'
  return f.place === 'none'
}

function* everyState(): Generator<DiskFacts> {
  for (const db of all.db)
    for (const wal of all.wal)
      for (const head of all.head)
        for (const place of all.place)
          for (const chain of all.chain)
            for (const others of all.others) {
              const facts = { db, wal, head, place, chain, others }
              if (isPossible(facts)) yield facts
            }
}

describe('repair table', () => {
  it('has exactly one letter for every disk state', () => {
    const states = [...everyState()]
    const wrong = states.filter((facts) => repairRowsFor(facts).length !== 1)
    expect(states.length).toBeGreaterThan(100)
    expect(wrong).toEqual([])
  })

  it('has no letter without a state, no letter twice, and a reason for each', () => {
    const used = new Set([...everyState()].flatMap(repairRowsFor).map((r) => r.letter))
    expect([...used].toSorted()).toEqual(repairTable.map((r) => r.letter).toSorted())
    expect(used.size).toBe(repairTable.length)
    for (const row of repairTable) expect(row.why.en.length).toBeGreaterThan(20)
  })
})

describe('states that open', () => {
  it.each(goes)('$letter: $what', ({ letter, make, options }) => {
    const dir = make()
    const opened = openLedger(optionsFor(dir, options))
    expect(opened.repair.letter).toBe(letter)
    const seq = opened.ledger.head.seq
    expect([...opened.ledger.rows(0)]).toHaveLength(seq)
    expect(seq === 0 || seq >= rowsAtFirst).toBe(true)
    opened.ledger.append([event(99)])
    opened.ledger.close()
    const again = openLedger(optionsFor(dir))
    expect(again.repair.letter).toBe('B')
    expect(again.ledger.head.seq).toBe(seq + 1)
    again.ledger.close()
  })

  it('M: an older schema is brought up to date and keeps every row', () => {
    const dir = ledgerFolder()
    const internals = { synchronous: 'FULL', migrations: nextSchema, checkRows: 100 } as const
    const opened = openLedgerWith(optionsFor(dir), internals)
    expect(opened.repair.letter).toBe('M')
    expect([...opened.ledger.rows(0)]).toHaveLength(rowsAtFirst)
    opened.ledger.close()
  })
})

/** `checkAfterSeq`: the row of a stored fold state; the rows after it must all be checked (ADR 19). */
describe('rows after a kept state', () => {
  const openAfter = (dir: string, checkAfterSeq: number | undefined): OpenedLedger =>
    openLedgerWith(optionsFor(dir, { checkAfterSeq }), {
      synchronous: 'FULL',
      migrations,
      checkRows: 5,
    })
  const forged = (): string => {
    const dir = ledgerFolder()
    forge(dir, 'UPDATE ledger_row SET atMs = atMs + 1 WHERE seq = 10')
    return dir
  }

  it('are all checked, also where the end alone would be in order', () => {
    const fault = faultOf(() => openAfter(forged(), 9))
    expect([fault.code, fault.detail.note]).toEqual([
      'LEDGER-04',
      {
        en: expect.stringContaining('row 10') as string,
        zh: expect.stringContaining('10') as string,
      },
    ])
  })

  it.each([
    ['after the forged row', 10],
    ['nowhere', undefined],
  ])('a state that stands %s needs no more than the end', (_where, seq) => {
    const { ledger } = openAfter(forged(), seq)
    expect(ledger.head.seq).toBe(rowsAtFirst)
    ledger.close()
  })
})

it('a kept state beyond the ledger tells of rows that are gone, unless the head was taken away on purpose', () => {
  const dir = ledgerFolder()
  const beyond = { checkAfterSeq: rowsAtFirst + 1 }
  expect(faultOf(() => openLedger(optionsFor(dir, beyond))).code).toBe('LEDGER-03')
  rmSync(file(dir, 'ledger.head'))
  const opened = openLedger(optionsFor(dir, beyond))
  expect(opened.repair.letter).toBe('O')
  opened.ledger.close()
})

describe('states that STOP', () => {
  it.each(stops)('$letter $code: $what', ({ letter, code, make, options }) => {
    const dir = make()
    const names = ['ledger.db', 'ledger.db-wal', 'ledger.head'].filter(
      (n) => existsSync(file(dir, n)) && statSync(file(dir, n)).isFile(),
    )
    const before = names.map((n) => readFileSync(file(dir, n)).toString('hex'))
    const fault = faultOf(() => openLedger(optionsFor(dir, options)))
    expect(fault.code).toBe(code)
    expect(whyIn(fault.detail.note ?? '').slice(0, 2)).toBe(`${letter}:`)
    // The damaged files stay unchanged: they are evidence, and the next start must find the same fault.
    const after = names.map((n) => readFileSync(file(dir, n)).toString('hex'))
    expect(after).toEqual(before)
  })

  it('reaches every letter of the table, here or above', () => {
    const reached = new Set([...goes, ...stops].map((c) => c.letter).concat('M'))
    expect([...reached].toSorted()).toEqual(repairTable.map((r) => r.letter).toSorted())
  })
})
