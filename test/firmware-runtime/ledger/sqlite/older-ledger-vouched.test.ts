// A ledger that came back, checked by a program of its own: Python, OpenSSL and docs/ledger-format.md, none of our code. The
// signed checkpoints of both versions hold in the file of the older program.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { loadCertFolder } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { toOlderLedger } from '#ledger/sqlite/older-ledger.ts'
import { dueCheckpoint } from '#lane/lot/upkeep/checkpoint-writer.ts'
import { present } from '#base/pure/values/must.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { openPki } from '#simulators/platform/certificates/pki.ts'
import { chooseSuite } from '#simulators/platform/certificates/sm2-suite.ts'
import { gmSuite } from '#simulators/platform/certificates/suite.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import { carRows, startMs } from './ledger-kit.ts'
import { newKinds, nextMigrations } from './newer-ledger-kit.ts'

const dir = folderOfFile('etc-lane-back-')
const certDir = join(dir, 'certs')
const program = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'ledger-check.py')
const crypto = openGmCrypto()
const chainKey = new Uint8Array(32).fill(7)
const key = { dir, nodeId: 'n1', chainKey, crypto }
let lastSeq = 0

/** Three cars and a checkpoint over them. */
function day(ledger: Ledger, first: number): void {
  for (let car = first; car < first + 3; car++) ledger.append(carRows(car))
  const { signingKey } = loadCertFolder(certDir, crypto)
  const state = { lastSeq, headSeq: Math.max(0, lastSeq - 1), lastAtMs: startMs }
  const now = { head: ledger.head, atMs: startMs + first * 86_400_000, quiet: true, nodeId: 'n1' }
  const [row] = ledger.append([present(dueCheckpoint(state, now, ledger, signingKey), 'a day')])
  lastSeq = row?.seq ?? 0
}

function judged(file: string): unknown {
  const ran = spawnSync('python3', [program, file, join(certDir, 'client.pem')], {
    encoding: 'utf8',
  })
  expect(ran.stderr).toBe('')
  return JSON.parse(ran.stdout)
}

it('a ledger that came back has all checkpoints, for a program that is not ours', () => {
  mkdirSync(certDir)
  openPki(certDir, gmSuite(chooseSuite()), Date.now())
  const options = { ...key, durability: 'full', version: 'test' } as const
  const before = openLedger(options).ledger
  day(before, 1)
  before.close()
  const internals = { synchronous: 'FULL', checkRows: 100, migrations: nextMigrations } as const
  const { ledger } = openLedgerWith(options, internals)
  ledger.append(newKinds)
  day(ledger, 10)
  day(ledger, 20)
  const { head } = ledger
  ledger.close()
  expect(toOlderLedger({ ...key, newer: '0.1.30', migrations })).toMatchObject({ head })
  const file = join(dir, 'ledger.db')
  expect(judged(file)).toMatchObject({ ok: true, rows: head.seq, checked: 3, faults: [] })
  // The checker sees a row that is not as it was.
  using db = new DatabaseSync(file)
  db.exec('DROP TRIGGER ledger_row_no_update')
  db.exec(`UPDATE ledger_row SET atMs = atMs + 1 WHERE seq = ${head.seq - 3}`)
  expect(judged(file)).toMatchObject({ ok: false })
})
