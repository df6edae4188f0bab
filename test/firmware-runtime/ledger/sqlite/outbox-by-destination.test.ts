// Which records each destination has and which are waiting, queried from the ledger with the sqlite3 command line.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { carRows, removeFolders } from './ledger-kit.ts'
import { cars, lot } from './lot-kit.ts'

afterEach(removeFolders)
const has = spawnSync('sqlite3', ['--version']).status === 0

it.skipIf(!has)('counts records and fen of each destination by itself', () => {
  const [second] = carRows(5).filter((row) => row.kind === 'outbox')
  if (second?.kind !== 'outbox') throw new Error('a car leaves an outbox row')
  const body = { ...second.body, outboxId: 'b5-operator', destination: 'operator' }
  const dir = lot([{ ...second, body }])
  const columns = 'destination, state, count(*) AS n, sum(amountFen) AS fen'
  const text = `SELECT ${columns} FROM v_outbox GROUP BY destination, state ORDER BY destination`
  const file = join(dir, 'ledger.db')
  const made = spawnSync('sqlite3', ['-readonly', '-json', file, text], { encoding: 'utf8' })
  expect(made.stderr).toBe('')
  expect(JSON.parse(made.stdout)).toEqual([
    { destination: 'expansion', state: 'confirmed', n: cars, fen: expect.any(Number) },
    { destination: 'operator', state: 'new', n: 1, fen: second.amountFen },
  ])
})
