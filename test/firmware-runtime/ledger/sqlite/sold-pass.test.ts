// A sold pass in a real ledger: its payment, without stay and lane, is in the sums by means and in the list of payments,
// also when they come from the index beside the ledger.
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { newFolder, optionsFor, removeFolders, startMs, testCrypto } from './ledger-kit.ts'

afterAll(removeFolders)

it('counts in the takings of its means, and stands in the list', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir, { durability: 'simulated' }))
  const by = 'anna'
  const body = { paymentId: 'n1-M1', means: 'cash', by, reason: 'month', sold: 'M-1' } as const
  ledger.append([{ kind: 'payment', atMs: startMs, amountFen: 30_000, body }])
  ledger.close()
  for (const indexFile of [join(dir, 'index.db'), ':memory:']) {
    const { nodeId, chainKey } = optionsFor(dir)
    const reader = openLedgerReader({ dir, nodeId, chainKey, crypto: testCrypto, indexFile })
    const taken = [{ word: 'cash', count: 1, amountFen: 30_000 }]
    expect(reader.sums({ fromMs: startMs, toMs: startMs + 1 }).payments).toEqual(taken)
    expect(reader.sums({}).payments).toEqual(taken)
    const { rows } = reader.query('payment', { by })
    expect(rows).toMatchObject([{ paymentId: 'n1-M1', stayId: null, means: 'cash' }])
    reader.close()
  }
})
