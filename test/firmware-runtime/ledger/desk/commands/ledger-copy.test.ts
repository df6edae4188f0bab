// A copy of a ledger, checked with only the copy, the client certificate and docs/ledger-format.md:
// Python and OpenSSL, none of our code. The forger has the chain key and rebuilds the whole chain.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadCertFolder } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { dueCheckpoint } from '#lane/lot/upkeep/checkpoint-writer.ts'
import { dayMs, instantOf } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { openPki } from '#simulators/platform/certificates/pki.ts'
import { chooseSuite } from '#simulators/platform/certificates/sm2-suite.ts'
import { gmSuite } from '#simulators/platform/certificates/suite.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-copy-')
const certDir = join(dir, 'certs')
const copy = join(dir, 'copy.db')
const program = join(import.meta.dirname, '../../../../fixtures/ledger-check.py')
const crypto = openGmCrypto()
const startMs = instantOf(2026, 11, 20)
const chainKey = new Uint8Array(32).fill(7)

interface Judged {
  readonly ok: boolean
  readonly checked: number
  readonly vouched: Readonly<Record<string, number>>
  readonly faults: readonly { readonly seq: number; readonly why: string }[]
}

function judged(file: string): Judged {
  const ran = spawnSync('python3', [program, file, join(certDir, 'client.pem')], {
    encoding: 'utf8',
  })
  expect(ran.stderr).toBe('')
  const said = JSON.parse(ran.stdout) as Judged
  expect(ran.status).toBe(said.ok ? 0 : 1)
  return said
}

const openedIn = (folder: string) =>
  openLedger({ dir: folder, nodeId: 'n1', chainKey, crypto, durability: 'full', version: 'test' })
    .ledger

/** Every kind of character that JSON can write in more than one way. */
const note = '测A12345 "\\\u0001\b\f\n\r\t/\u007f\u2028é😀'
const event = (n: number): RowDraft => ({
  kind: 'event',
  atMs: startMs + n,
  laneId: n % 2 === 0 ? note : 'exit',
  body: { type: 'photosBack', detail: `${n} ${note}` },
})

beforeAll(() => {
  execFileSync('mkdir', ['-p', certDir])
  openPki(certDir, gmSuite(chooseSuite()), Date.now())
  const ledger = openedIn(dir)
  const { signingKey } = loadCertFolder(certDir, crypto)
  let lastSeq = 0
  for (let day = 1; day <= 3; day++) {
    ledger.append([0, 1, 2, 3].map((n) => event(10 * day + n)))
    const state = { lastSeq, headSeq: Math.max(0, lastSeq - 1), lastAtMs: startMs }
    const now = { head: ledger.head, atMs: startMs + day * dayMs, quiet: true, nodeId: 'n1' }
    const [row] = ledger.append([present(dueCheckpoint(state, now, ledger, signingKey), 'a day')])
    lastSeq = row?.seq ?? 0
  }
  ledger.append([event(99)])
  ledger.close()
  copyFileSync(join(dir, 'ledger.db'), copy)
})

/** The copy with something changed by hand. */
function changed(sql: string): string {
  const file = join(dir, 'changed.db')
  copyFileSync(copy, file)
  const db = new DatabaseSync(file)
  const triggers = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all()
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`)
  db.exec('PRAGMA ignore_check_constraints = ON')
  db.exec(sql)
  db.close()
  return file
}

/** The same rows in a new ledger with a valid chain, one of them changed. */
function forged(change: (row: LedgerRow) => LedgerRow): string {
  const from = openedIn(dir)
  const rows = [...from.rows(0)]
  from.close()
  const folder = mkdtempSync(join(dir, 'forged-'))
  const to = openedIn(folder)
  for (const row of rows) to.append([change(row) as RowDraft])
  to.close()
  return join(folder, 'ledger.db')
}

describe('a copy, checked by another program', () => {
  it('holds as it was written, up to the last checkpoint', () => {
    expect(judged(copy)).toEqual({
      ok: true,
      rows: 16,
      checked: 3,
      vouched: { n1: 14 },
      faults: [],
    })
  })
  it.each([
    ['an amount', `UPDATE ledger_row SET amountFen = 1 WHERE seq = 2`, [5]],
    [
      'one letter of a body',
      `UPDATE ledger_row SET body = replace(body, '21', '29') WHERE seq = 7`,
      [10],
    ],
    ['a row that is gone', `DELETE FROM ledger_row WHERE seq = 12`, [15]],
    ['a checkpoint that is gone', `DELETE FROM ledger_row WHERE seq = 10`, [15]],
  ])('%s is seen, and where', (_, sql, seqs) => {
    const { faults } = judged(changed(sql))
    expect([...new Set(faults.map(({ seq }) => seq))]).toEqual(seqs)
  })
  it('what is not vouched for yet is not claimed', () => {
    expect(judged(changed(`UPDATE ledger_row SET amountFen = 1 WHERE seq = 16`)).vouched).toEqual({
      n1: 14,
    })
  })
  it('a history made anew with the chain key is seen', () => {
    const file = forged((row) =>
      row.seq === 7 && row.kind === 'event'
        ? { ...row, body: { type: 'photosBack', detail: 'x' } }
        : row,
    )
    expect(judged(file).faults.map(({ seq }) => seq)).toContain(10)
  })
  it('a rewritten range is seen also where its checkpoint tells the new sum', () => {
    const sql = `UPDATE ledger_row SET body = json_set(body, '$.rowsSm3', '${'0'.repeat(64)}') WHERE seq = 10`
    const whys = judged(changed(sql)).faults.filter(({ seq }) => seq === 10)
    expect(whys.map(({ why }) => why)).toEqual(['rows', 'signature'])
  })
})
