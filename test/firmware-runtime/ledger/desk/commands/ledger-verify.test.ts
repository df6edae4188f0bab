// `ledger verify` on a real data folder: signed checkpoints against the lot's client certificate.
// The keys and certificates are those that a simulated platform makes; the forger also has the chain key.
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { systemRandom } from '#base/time/system-clocks.ts'
import { loadCertFolder } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { dueCheckpoint } from '#lane/lot/upkeep/checkpoint-writer.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { openPki } from '#simulators/platform/certificates/pki.ts'
import { chooseSuite } from '#simulators/platform/certificates/sm2-suite.ts'
import { gmSuite } from '#simulators/platform/certificates/suite.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runCommand } from '../../../../kit/run-command.ts'
import { bareLot } from '../../../../kit/bare-lot.ts'

const dir = folderOfFile('etc-lane-verify-')
const certDir = join(dir, 'keys', 'test-platform')
const pem = join(certDir, 'client.pem')

const crypto = openGmCrypto()
const startMs = instantOf(2026, 11, 20)
const shiftMs = 8 * 3_600_000

function opened() {
  const chainKey = chainKeyOf(dir, systemRandom())
  const options = { dir, nodeId: 'n1', chainKey, crypto, version: 'test' }
  return openLedger({ ...options, durability: 'full' }).ledger
}

beforeAll(() => {
  openPki(certDir, gmSuite(chooseSuite()), startMs)
  const lot = bareLot({
    platform: { url: 'https://127.0.0.1:1', caFile: 'ca.pem', certDir, appId: 'TEST0001' },
    capacity: 10,
  })
  writeLot(dir, lot, null)
  const ledger = opened()
  const { signingKey } = loadCertFolder(certDir, crypto)
  for (let shift = 1; shift <= 3; shift++) {
    const atMs = startMs + shift * shiftMs
    ledger.append([{ kind: 'event', atMs, body: { type: 'photosBack', detail: String(shift) } }])
    const state = { lastSeq: 0, headSeq: 0, lastAtMs: startMs }
    const now = { head: ledger.head, atMs, quiet: true, nodeId: 'n1' }
    ledger.append([present(dueCheckpoint(state, now, ledger, signingKey), 'a shift began')])
  }
  ledger.close()
})

const run = (verb: string) => runWith(verb, '--data', dir)
async function runWith(
  ...words: readonly string[]
): Promise<{ code: number; json: Record<string, unknown> }> {
  const { code, json } = await runCommand(ledgerCommand, [...words])
  return { code, json }
}

describe('ledger verify', () => {
  it('checks each signed checkpoint', async () => {
    expect(await run('verify')).toMatchObject({
      code: 0,
      json: { ok: true, checkpoints: { key: 'present', rows: 3, checked: 3 }, faults: [] },
    })
  })

  it('goes on without the certificate, and says so', async () => {
    renameSync(pem, `${pem}.away`)
    expect(await run('verify')).toMatchObject({
      code: 0,
      json: { ok: true, checkpoints: { key: 'absent', rows: 3, checked: 0 } },
    })
    writeFileSync(pem, 'no certificate')
    expect((await run('verify')).json['checkpoints']).toMatchObject({ key: 'unreadable' })
    renameSync(`${pem}.away`, pem)
  })

  it('judges a file alone by the certificate alone, and what its signatures do not cover is told', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'etc-lane-vouched-'))
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }))
    const file = join(elsewhere, 'copy.db')
    copyFileSync(join(dir, 'ledger.db'), file)
    const by = (cert: string) => runWith('verify', '--copy', file, '--checkpoints', '--cert', cert)
    expect(await by(pem)).toMatchObject({
      code: 0,
      json: {
        ok: true,
        nodeId: 'n1',
        rows: 6,
        checkpoints: { rows: 3, checked: 3 },
        vouched: { rows: 5, lastSeq: 5, notVouched: 1 },
        faults: [],
      },
    })
    // A certificate that is not the lot's verifies no checkpoint, and that is no pass.
    openPki(elsewhere, gmSuite(chooseSuite()), startMs)
    expect(await by(join(elsewhere, 'client.pem'))).toMatchObject({
      code: 1,
      json: { ok: false, checkpoints: { checked: 0 }, faults: [{ code: 'LEDGER-07', seq: null }] },
    })
    const db = new DatabaseSync(file)
    const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`)
    db.exec(`UPDATE ledger_row SET body = replace(body, '"2"', '"5"') WHERE seq = 3`)
    for (const { sql } of triggers) db.exec(String(sql))
    db.close()
    expect(await by(pem)).toMatchObject({
      code: 1,
      json: { ok: false, faults: [4, 6].map((seq) => ({ code: 'LEDGER-07', seq })) },
    })
    await expect(
      runWith('verify', '--copy', join(elsewhere, 'none.db'), '--checkpoints', '--cert', pem),
    ).rejects.toMatchObject({ code: 'FILE-01' })
    await expect(
      runWith('verify', '--copy', pem, '--checkpoints', '--cert', pem),
    ).rejects.toMatchObject({ code: 'LEDGER-05' })
    await expect(runWith('verify', '--copy', file, '--checkpoints')).rejects.toMatchObject({
      code: 'ARG-01',
    })
  })

  it('says LEDGER-07 and where, when one does not hold; a backup is made all the same', async () => {
    const ledger = opened()
    const headHash = ledger.head.hash
    const body = { headSeq: 6, headHash, signature: '3006020101020101', certSerial: serialOf() }
    ledger.append([{ kind: 'checkpoint', atMs: startMs + 4 * shiftMs, body }])
    ledger.close()
    expect(await run('verify')).toMatchObject({
      code: 1,
      json: {
        ok: false,
        chain: 'ok',
        checkpoints: { rows: 4, checked: 4 },
        faults: [{ code: 'LEDGER-07', seq: 7 }],
      },
    })
    const { code, json } = await run('backup')
    expect([code, json['ok'], json['faults']]).toEqual([1, false, [{ code: 'LEDGER-07', seq: 7 }]])
    expect(readFileSync(String(json['file'])).length).toBeGreaterThan(0)
  })
})

describe('a ledger that cannot be judged', () => {
  const head = join(dir, 'ledger.head')
  const db = join(dir, 'ledger.db')

  it('is not called broken when it is gone', async () => {
    renameSync(db, `${db}.away`)
    await expect(run('verify')).rejects.toMatchObject({ code: 'LEDGER-02' })
    renameSync(`${db}.away`, db)
  })

  it('has a word of its own for a head file that is gone', async () => {
    renameSync(head, `${head}.away`)
    const { json } = await run('verify')
    expect(json).toMatchObject({ ok: false, chain: 'ok', headFile: null })
    expect(json['faults']).toContainEqual({ code: 'LEDGER-08', seq: null })
    renameSync(`${head}.away`, head)
  })
})

const serialOf = (): string => loadCertFolder(certDir, crypto).client.certSerial
