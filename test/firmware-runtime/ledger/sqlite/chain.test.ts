// The walk over the hash chain: where it begins, and that row numbers follow each other.
// What is reported about a broken chain is in verify.test.ts and repair.test.ts.
import type { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { checkChain } from '#ledger/sqlite/chain.ts'
import { openWriter } from '#base/sqlite/connection.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { chainHash, rowColumns, storedOfSql } from '#ledger/sqlite/row-text.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { event, newFolder, optionsFor, removeFolders, testCrypto, testKey } from './ledger-kit.ts'

afterEach(removeFolders)

const rows = 6
const options = { crypto: testCrypto, chainKey: testKey, nodeId: 'lot-1' }

function filled(): DatabaseSync {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  for (let n = 1; n <= rows; n++) ledger.append([event(n)])
  ledger.close()
  const db = openWriter(join(dir, 'ledger.db'), 'OFF')
  db.exec('DROP TRIGGER ledger_row_no_update; DROP TRIGGER ledger_row_no_delete')
  return db
}

it.each([0, 1, 3, rows])('after row %i counts and checks what follows it', (afterSeq) => {
  const db = filled()
  const found = checkChain(db, options, afterSeq)
  expect(found).toMatchObject({ rows: rows - afterSeq, firstBadSeq: null, last: { seq: rows } })
  db.close()
})

it('a row that a check begins at is missed when it is not there', () => {
  const db = filled()
  db.exec('DELETE FROM ledger_row WHERE seq = 3')
  expect(checkChain(db, options, 3)).toMatchObject({ rows: rows - 3, firstBadSeq: 4 })
  db.close()
})

it('a number that was passed over is seen, though its hash follows with the right key', () => {
  const db = filled()
  db.exec('DELETE FROM ledger_row WHERE seq > 3; UPDATE ledger_row SET seq = 4 WHERE seq = 3')
  const all = db.prepare(`SELECT ${rowColumns} FROM ledger_row ORDER BY seq`).all().map(storedOfSql)
  const [, second, fourth] = all
  const prevHash = present(second, 'three rows are there').hash
  const hash = chainHash(options, prevHash, present(fourth, 'three rows are there'))
  const bytes = present(bytesOfHex(hash), 'a hash is hex')
  db.prepare('UPDATE ledger_row SET hash = ? WHERE seq = 4').run(bytes)
  expect(checkChain(db, options, 0)).toMatchObject({ rows: 3, firstBadSeq: 4 })
  db.close()
})
