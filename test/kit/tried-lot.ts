// The data folder of a lot with some cars, whose ledger a program of an older schema may have written.
import { readFileSync } from 'node:fs'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { keepTrust } from '#runtime/slots/trust-file.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { writeLot } from '#lane/folder/lot-file.ts'

import { carRows } from '../firmware-runtime/ledger/sqlite/ledger-kit.ts'
import { bareLot } from './bare-lot.ts'

interface TriedLot {
  readonly cars?: number
  /** Newest schema of the program that wrote it; absent: today's. */
  readonly schema?: number
}

/**
 * Every second car pays in cash, one more has not paid yet, and the record of the last one waits. Returns number and hash of
 * the last row.
 */
export function lotIn(
  dir: string,
  { cars = 6, schema = migrations.length }: TriedLot = {},
): { readonly rows: number; readonly headHash: string } {
  const { nodeId } = writeLot(dir, bareLot(), null)
  const { ledger } = openLedgerWith(
    {
      dir,
      nodeId,
      chainKey: chainKeyOf(dir, systemRandom()),
      crypto: openGmCrypto(),
      durability: 'full',
      version: '0.0.0-test',
      keyIsNew: true,
    },
    { synchronous: 'FULL', checkRows: 100, migrations: migrations.slice(0, schema) },
  )
  for (let car = 1; car <= cars; car++) ledger.append(carRows(car, car % 2 === 0))
  ledger.append(carRows(cars + 1).slice(0, 2))
  ledger.append(carRows(cars + 2).slice(0, -1))
  const { seq: rows, hash: headHash } = ledger.head
  ledger.close()
  return { rows, headHash }
}

/** What a lot with six cars and two is read as, but number and hash of its rows: 500 fen, and 100 for each number. */
export const figuresOfSix = {
  carsInside: 1,
  ordersOpen: 1,
  paidFen: 600 + 700 + 800 + 900 + 1000 + 1100 + 600,
  unsent: 1,
} as const

/** The folder takes updates of whom this root names. */
export function trustIn(dir: string, root: string): void {
  const seen = { timestamp: 0, snapshot: 0, targets: 0 }
  keepTrust(dir, { root: readFileSync(root, 'utf8'), seen })
}
