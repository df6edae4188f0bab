// What the ledger tests share: a folder that is removed, a crypto port over node:crypto, rows.
// The key is a constant of these tests and of nothing else.
import { createHash, createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LedgerOptions } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { instantOfIso } from '../../../../firmware-runtime/core/values/instant.ts'
import type { RowDraft } from '../../../../firmware-runtime/core/values/ledger-row.ts'
import type { Crypto } from '../../../../firmware-runtime/ports/crypto.ts'

export const testCrypto: Crypto = {
  kind: 'real',
  sm3: (data) => createHash('sm3').update(data).digest(),
  hmacSm3: (key, data) => createHmac('sm3', key).update(data).digest(),
}

export const testKey = new Uint8Array(32).fill(0x5a)

const folders: string[] = []

export function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'etc-ledger-'))
  folders.push(dir)
  return dir
}

export function removeFolders(): void {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true })
}

export const optionsFor = (dir: string, change: Partial<LedgerOptions> = {}): LedgerOptions => ({
  dir,
  nodeId: 'lot-1',
  chainKey: testKey,
  crypto: testCrypto,
  durability: 'full',
  version: '0.0.0-test',
  ...change,
})

export const startMs = instantOfIso('2026-11-20T08:00:00+08:00')

export const event = (n: number, detail = ''): RowDraft => ({
  kind: 'event',
  atMs: startMs + n * 1000,
  body: { type: 'test', detail: `${n}${detail}` },
})
