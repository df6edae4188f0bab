// Signed checkpoints in a real ledger: each is verified when its certificate is present, and reported as unchecked
// otherwise. A forger with the chain key can make a complete chain, but not the signature.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { standInSigningKey, standInVerifyingKey } from '#base/crypto/stand-in.ts'
import type { ClientKeys } from '#ledger/sqlite/checkpoints.ts'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { dueCheckpoint } from '#lane/lot/upkeep/checkpoint-writer.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { event, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterEach(removeFolders)

const shiftMs = 8 * 3_600_000

function sign(ledger: Ledger, serial: string, n: number): void {
  const state = { lastSeq: 0, headSeq: 0, lastAtMs: startMs }
  const atMs = startMs + n * shiftMs
  const now = { head: ledger.head, atMs, quiet: true, nodeId: ledger.nodeId }
  ledger.append([
    present(dueCheckpoint(state, now, ledger, standInSigningKey(serial)), 'a shift began'),
  ])
}

/** Three rows and a checkpoint for each signer. */
function ledgerSignedBy(...serials: readonly string[]): string {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  serials.forEach((serial, n) => {
    ledger.append([event(3 * n), event(3 * n + 1), event(3 * n + 2)])
    sign(ledger, serial, n + 1)
  })
  ledger.append([event(99)])
  ledger.close()
  return dir
}

const keysOf = (...serials: readonly string[]): ClientKeys => ({
  state: 'present',
  keys: new Map(serials.map((serial) => [serial, standInVerifyingKey(serial)])),
})
const verdict = (dir: string, keys?: ClientKeys) =>
  verifyLedger({ ...optionsFor(dir), ...(keys === undefined ? {} : { clientKeys: () => keys }) })

/** The same rows in a new ledger, one of them changed: what a forger with the chain key can make. */
function forge(dir: string, change: (row: LedgerRow) => LedgerRow): string {
  const from = openLedger(optionsFor(dir))
  const rows = [...from.ledger.rows(0)]
  from.ledger.close()
  const to = newFolder()
  const { ledger } = openLedger(optionsFor(to))
  for (const row of rows) {
    const { kind, atMs, body } = change(row)
    ledger.append([{ kind, atMs, body } as LedgerRow])
  }
  ledger.close()
  return to
}

describe('verify', () => {
  it('checks each checkpoint against the certificate', () => {
    expect(verdict(ledgerSignedBy('A1', 'A1', 'A1'), keysOf('A1'))).toMatchObject({
      ok: true,
      checkpoints: { key: 'present', rows: 3, checked: 3 },
      faults: [],
    })
  })

  it('says that nothing was checked where there is no certificate', () => {
    expect(verdict(ledgerSignedBy('A1', 'A1'))).toMatchObject({
      ok: true,
      checkpoints: { key: 'absent', rows: 2, checked: 0 },
    })
    expect(verdict(ledgerSignedBy('A1'), { state: 'unreadable', keys: new Map() })).toMatchObject({
      ok: true,
      checkpoints: { key: 'unreadable', rows: 1, checked: 0 },
    })
  })

  it('sees a history rewritten with the chain key, from the next checkpoint on', () => {
    const dir = forge(ledgerSignedBy('A1', 'A1', 'A1'), (row) =>
      row.seq === 6 && row.kind === 'event'
        ? { ...row, body: { type: 'photosBack', detail: 'x' } }
        : row,
    )
    expect(verdict(dir)).toMatchObject({ ok: true, chain: 'ok' })
    expect(verdict(dir, keysOf('A1'))).toMatchObject({
      ok: false,
      chain: 'ok',
      faults: [
        { code: 'LEDGER-07', seq: 8 },
        { code: 'LEDGER-07', seq: 12 },
      ],
    })
  })

  it('sees a signature by another key under the same serial', () => {
    const dir = forge(ledgerSignedBy('A1', 'B2'), (row) =>
      row.kind === 'checkpoint' ? { ...row, body: { ...row.body, certSerial: 'A1' } } : row,
    )
    expect(verdict(dir, keysOf('A1')).faults).toEqual([{ code: 'LEDGER-07', seq: 8 }])
  })

  it('leaves those of a former certificate unchecked, unless it is kept too', () => {
    const dir = ledgerSignedBy('OLD', 'OLD', 'A1')
    expect(verdict(dir, keysOf('A1'))).toMatchObject({
      ok: true,
      checkpoints: { key: 'present', rows: 3, checked: 1 },
    })
    expect(verdict(dir, keysOf('A1', 'OLD'))).toMatchObject({
      ok: true,
      checkpoints: { rows: 3, checked: 3 },
    })
  })

  it('takes no unknown certificate behind a known one', () => {
    expect(verdict(ledgerSignedBy('A1', 'B2'), keysOf('A1')).faults).toEqual([
      { code: 'LEDGER-07', seq: 8 },
    ])
  })

  it.each(['{}', 'null', '{"headSeq":3}', '{"certSerial":"A1"}'])(
    'is not upset by a body %s',
    (body) => {
      const dir = ledgerSignedBy('A1')
      const db = new DatabaseSync(join(dir, 'ledger.db'))
      db.exec('DROP TRIGGER ledger_row_no_update')
      db.prepare('UPDATE ledger_row SET body = ? WHERE seq = 4').run(body)
      db.close()
      const found = verdict(dir, keysOf('A1'))
      expect(found).toMatchObject({ ok: false, chain: 'broken', firstBadSeq: 4 })
      expect(found.checkpoints).toMatchObject({ rows: 1 })
    },
  )
})
