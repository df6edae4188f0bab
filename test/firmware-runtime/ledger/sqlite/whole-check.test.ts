// The complete check of a ledger longer than a start checks, with real files: a flipped byte of an index is found while the
// lanes run, and by the next start; an intact ledger continues.
import { existsSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { damageOf, isLong, markSuspect } from '#ledger/sqlite/whole-check.ts'
import { event, newFolder, optionsFor, removeFolders } from './ledger-kit.ts'
import { file, indexFlipped } from './repair-cases.ts'

afterEach(removeFolders)

function longFolder(): string {
  const dir = newFolder()
  const fast = { synchronous: 'OFF', migrations, checkRows: 10 } as const
  const { ledger } = openLedgerWith(optionsFor(dir), fast)
  const long = 'x'.repeat(30_000)
  for (let n = 0; n < 30; n++)
    ledger.append(Array.from({ length: 10 }, (_, i) => event(n, long + i)))
  ledger.close()
  expect(isLong(dir)).toBe(true)
  return dir
}

const started = (dir: string): string => {
  try {
    const { ledger, repair } = openLedger(optionsFor(dir))
    ledger.close()
    return repair.letter
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

it('a fault in an index is found beside the lanes, and stops the start after it', () => {
  const dir = indexFlipped('event_at', longFolder())
  expect(started(dir)).toMatch(/^[BI]$/)
  const found = damageOf(dir)
  expect(found).toMatch(/event_at/)
  markSuspect(dir, found ?? '')
  expect(started(dir)).toMatch(/^LEDGER-05.*K: /)
  // On every attempt.
  expect(started(dir)).toMatch(/^LEDGER-05.*K: /)
})

it('a sound ledger is sound, and a mark left beside it costs one check', () => {
  const dir = longFolder()
  expect(damageOf(dir)).toBeNull()
  markSuspect(dir, 'somebody thought so')
  expect(started(dir)).toMatch(/^[BI]$/)
  expect(existsSync(file(dir, 'ledger.suspect'))).toBe(false)
})

it('is answered while the lanes write', () => {
  const dir = longFolder()
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append([event(900)])
  expect(damageOf(dir)).toBeNull()
  ledger.append([event(901)])
  ledger.close()
})
