// A ledger of many passages as a busy lot leaves them, and the same facts in bare SQLite tables with an index each.
// Cars come evenly over their days; plates come back, amounts and people repeat.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openGmCrypto } from '../../../firmware-runtime/adapters/crypto/gm-crypto.ts'
import { openLedger } from '../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { dayMs, instantOf } from '../../../firmware-runtime/core/values/instant.ts'
import type { RowDraft } from '../../../firmware-runtime/core/values/ledger-row.ts'

export const firstMs = instantOf(2026, 1, 1)
/** 2,000,000 in a year. */
const perDay = 2_000_000 / 365
const gapMs = dayMs / perDay

export const lotPlace = (dir: string) => ({
  dir,
  nodeId: 'n1',
  chainKey: new Uint8Array(32).fill(7),
})

const options = (dir: string, durability: 'full' | 'simulated') => ({
  ...lotPlace(dir),
  crypto: openGmCrypto(),
  durability,
  version: 'bench',
})

const provinces = [...'桂粤湘黔滇琼川渝京沪']
const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ']
/** 150,000 cars, in no order. */
export function plateOf(n: number): string {
  const car = (n * 7_919) % 150_000
  const head = `${provinces[car % 10] ?? ''}${letters[car % 24] ?? ''}`
  return `${head}${String((car * 48_271) % 100_000).padStart(5, '0')}`
}
export const atOf = (n: number): number => Math.floor(firstMs + n * gapMs)
export const fenOf = (n: number): number => 100 * (1 + ((n * 31) % 60))
export const meansOf = (n: number): 'etc' | 'cash' | 'qr' =>
  n % 10 < 7 ? 'etc' : n % 10 < 9 ? 'qr' : 'cash'
export const personOf = (n: number): string | null =>
  meansOf(n) === 'cash' ? `值班员${(n * 17) % 12}` : null
export const laneOf = (n: number): string => `exit-${1 + (n % 4)}`

/** What one paid car leaves behind, without its upload. */
export function passageRows(n: number): readonly RowDraft[] {
  const atMs = atOf(n)
  const plate = plateOf(n)
  const refs = { laneId: laneOf(n), stayId: `n1-S${n}`, orderId: `n1-O${n}` }
  const amountFen = fenOf(n)
  const charge = { ...refs, deductionId: `n1-D${n}`, amountFen }
  const inMs = atMs - 3_600_000
  const [means, by] = [meansOf(n), personOf(n)]
  const card = { obuId: '02001234', cardNo: '45011200000000012345' }
  const etc: readonly RowDraft[] =
    means === 'etc'
      ? [
          {
            kind: 'intent',
            atMs,
            ...charge,
            body: { chargeMode: 'online', outTradeNo: `X${n}`, plate, colour: 'blue', ...card },
          },
          {
            kind: 'outcome',
            atMs,
            ...charge,
            body: { state: 'paid', source: 'platform', reason: 'paid', ...card, proof: null },
          },
        ]
      : []
  const odd: readonly RowDraft[] =
    n % 50 === 0
      ? [
          {
            kind: 'exception',
            atMs,
            ...refs,
            body: { exceptionType: 'obuNotRead', reason: 'obuNotRead', detail: '' },
          },
        ]
      : []
  return [
    {
      kind: 'stayOpened',
      atMs,
      laneId: 'entry',
      stayId: refs.stayId,
      body: { plate, colour: 'blue', enteredAtMs: inMs, noEntry: false, photo: null },
    },
    {
      kind: 'orderMade',
      atMs,
      ...refs,
      amountFen,
      body: { tariffId: 'day', fromMs: inMs, toMs: atMs, lines: [], plate, plateRaw: plate },
    },
    ...odd,
    ...etc,
    {
      kind: 'payment',
      atMs,
      ...refs,
      amountFen,
      body: { paymentId: `n1-M${n}`, means, by, reason: null },
    },
    {
      kind: 'stayClosed',
      atMs,
      ...refs,
      body: { end: means === 'etc' ? 'etc' : 'other', leftAtMs: atMs },
    },
  ]
}

const batch = 1_000

export function writeLot(dir: string, passages: number): void {
  mkdirSync(dir, { recursive: true })
  const { ledger } = openLedger(options(dir, 'simulated'))
  for (let from = 0; from < passages; from += batch) {
    const count = Math.min(batch, passages - from)
    ledger.append(Array.from({ length: count }, (_, n) => passageRows(from + n)).flat())
  }
  ledger.close()
}

/** Opened as a lane opens it: each commit is synced. */
export const openLane = (dir: string) => openLedger(options(dir, 'full'))

/** One table, an index for each question, and nothing of a ledger. */
export function writeBare(dir: string, passages: number): DatabaseSync {
  const db = new DatabaseSync(join(dir, 'bare.db'))
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE passage (id INTEGER PRIMARY KEY, atMs INTEGER, plate TEXT, lane TEXT, means TEXT, person TEXT, fen INTEGER) STRICT;
    BEGIN`)
  const add = db.prepare('INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)')
  for (let n = 0; n < passages; n++)
    add.run(n, atOf(n), plateOf(n), laneOf(n), meansOf(n), personOf(n), fenOf(n))
  db.exec(`COMMIT;
    CREATE INDEX at ON passage (atMs);
    CREATE INDEX plate ON passage (plate, atMs);
    CREATE INDEX sums ON passage (atMs, means, fen);
    CREATE INDEX means ON passage (means, atMs);
    CREATE INDEX person ON passage (person, atMs);
    CREATE INDEX fen ON passage (fen, atMs)`)
  return db
}
