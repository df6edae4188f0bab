// Rows of a ledger from a given time on, and of earlier rows those that are still valid: sign-ins, and the orders of later
// charges.
import { afterAll, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { rowsBefore, rowsSince } from '#ledger/sqlite/rows-since.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { cardFacts } from '../../acceptance/pure/scene.ts'
import { newFolder, optionsFor, removeFolders } from './ledger-kit.ts'

afterAll(removeFolders)

it('starts, sign-ins and the order of a charge are of the rows before it, and nothing else is', () => {
  const { rows } = cardFacts()
  const intent = present(
    rows.find(({ kind }) => kind === 'intent'),
    'an intent',
  )
  // Its order was made one second before.
  const made = rows
    .slice(0, rows.indexOf(intent) + 2)
    .map((row) => (row === intent ? { ...row, atMs: row.atMs + 1_000 } : row))
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append(
    made.map(
      ({ nodeId: _n, seq: _s, prevHash: _p, hash: _h, ...draft }: LedgerRow) => draft as RowDraft,
    ),
  )
  ledger.close()
  const since = rowsSince(dir, intent.atMs + 1_000)
  expect(since[0]?.kind).toBe('intent')
  const before = rowsBefore(dir, since)
  expect(before.map(({ kind }) => kind)).toEqual([
    'boot',
    'signIn',
    'signIn',
    'stayOpened',
    'orderMade',
  ])
  expect(before.at(-1)?.orderId).toBe(intent.orderId)
  expect(rowsBefore(dir, [])).toEqual([])
})
