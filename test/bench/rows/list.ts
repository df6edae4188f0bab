// A status list of a million numbers: built from items in any order, queried for one number, and its memory.
// The peer is an in-memory SQLite table with the number as its key: items in one transaction, a prepared query.
import { DatabaseSync } from 'node:sqlite'
import { ListChanges, ListedNumbers, merged } from '#ledger/pure/etc/listed-numbers.ts'
import { must, present } from '#base/pure/values/must.ts'
import { perSecond, resultOf, rounds, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'

const count = 1_000_000
const fromMs = 1_795_156_200_000
const batch = 2_000
const roundMs = 60
const mib = 1024 * 1024

/** Each number once, in an unsorted order; every second query is for a number that is not in the list. */
const numberOf = (n: number): string => `4501${String((n * 7_919) % (2 * count)).padStart(16, '0')}`

function listed(): ListedNumbers {
  const changes = new ListChanges()
  for (let n = 0; n < count; n++) changes.add({ no: numberOf(n), fromMs, op: 'add' })
  return merged(new ListedNumbers(), changes)
}

function inSqlite(): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE listed (no TEXT PRIMARY KEY, fromSec INT) WITHOUT ROWID; BEGIN')
  const insert = db.prepare('INSERT INTO listed VALUES (?, ?)')
  for (let n = 0; n < count; n++) insert.run(numberOf(n), fromMs / 1000)
  db.exec('COMMIT')
  return db
}

/** The result of the work, and its time in ms. */
function timed<T>(work: () => T): { readonly made: T; readonly ms: number } {
  const startNs = process.hrtime.bigint()
  const made = work()
  return { made, ms: Number(process.hrtime.bigint() - startNs) / 1e6 }
}

const pagesOf = (db: DatabaseSync, pragma: 'page_count' | 'page_size'): number =>
  Number(Object.values(present(db.prepare(`PRAGMA ${pragma}`).get(), 'a pragma answers'))[0])

async function lookUps(list: ListedNumbers, db: DatabaseSync): Promise<[number, number][]> {
  const question = db.prepare('SELECT fromSec FROM listed WHERE no = ?')
  let at = 0
  const ask = (has: (no: string) => boolean): number => {
    let found = 0
    for (let n = 0; n < batch; n++) {
      at = (at + 104_729) % (2 * count)
      if (has(numberOf(at))) found++
    }
    must(found > 0 && found < batch, 'some are listed, some are not')
    return batch
  }
  return rounds(
    roundsOf(11),
    () => perSecond(roundMs, () => ask((no) => list.has(no, fromMs))),
    () => perSecond(roundMs, () => ask((no) => question.get(no) !== undefined)),
  )
}

async function run(): Promise<readonly BenchResult[]> {
  const peerName = 'a table of SQLite in memory, the number its key'
  const ours = timed(listed)
  const peer = timed(inSqlite)
  must(ours.made.size === count, 'each number is listed once')
  const name = 'status list of a million'
  const taken = { metric: `${name}, built`, unit: 'ms', peerName, better: 'lower' } as const
  const asked = { metric: `${name}, asked`, unit: 'numbers/s', peerName, better: 'higher' } as const
  const held = { metric: `${name}, memory`, unit: 'MB', peerName, better: 'lower' } as const
  const heldMb = ours.made.records.length / mib
  const peerMb = (pagesOf(peer.made, 'page_count') * pagesOf(peer.made, 'page_size')) / mib
  const results = [
    resultOf(taken, [[ours.ms, peer.ms]]),
    resultOf(asked, await lookUps(ours.made, peer.made)),
    resultOf(held, [[heldMb, peerMb]]),
  ]
  peer.made.close()
  return results
}

export const listRow: BenchRow = { run }
