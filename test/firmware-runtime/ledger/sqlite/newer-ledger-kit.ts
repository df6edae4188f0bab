// A ledger that a next version migrated and wrote on, made with the migrations of this program and one more.
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { toOlderLedger } from '#ledger/sqlite/older-ledger.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { carRows, newFolder, optionsFor, testCrypto, testKey } from './ledger-kit.ts'

/** Harmless, as a next version may have it. */
const nextMigration = {
  version: migrations.length + 1,
  name: 'next',
  up: [
    'CREATE INDEX next_at ON ledger_row (kind, atMs)',
    'CREATE VIEW v_next AS SELECT seq FROM ledger_row',
  ],
}
export const nextMigrations = [...migrations, nextMigration]

export const bootOf = (version: string): RowDraft => ({
  kind: 'boot',
  atMs: 1_800_000_000_000,
  body: { repair: 'B', version, mode: 'demo', lotId: 'GX00012', chargeMode: 'online' },
})

/** Of kinds and types that this program does not know. */
export const newKinds = [
  { kind: 'drone', atMs: 1_800_000_000_001, body: { over: 'lane 1' } },
  { kind: 'event', atMs: 1_800_000_000_002, body: { type: 'droneLanded', detail: '' } },
] as unknown as readonly RowDraft[]

export interface NewerLedger {
  readonly dir: string
  /** Rows before the migration. */
  readonly before: number
  readonly rows: number
  readonly hash: string
}

interface Written {
  readonly carsBefore?: number
  readonly carsAfter?: number
  readonly more?: readonly RowDraft[]
  /** Leaves the log of the newer file, as a killed program does. */
  readonly close?: boolean
}

/** Version 0.1.29 wrote it, version 0.1.30 migrated it and went on. */
export function newerLedger(
  { carsBefore = 3, carsAfter = 4, more = [], close = true }: Written = {},
  dir = newFolder(),
): NewerLedger {
  const options = optionsFor(dir)
  const first = openLedger(options).ledger
  first.append([bootOf('0.1.29')])
  for (let car = 1; car <= carsBefore; car++) first.append(carRows(car))
  const before = first.head.seq
  first.close()
  const internals = { synchronous: 'FULL', checkRows: 100, migrations: nextMigrations } as const
  const { ledger, headWriter } = openLedgerWith(options, internals)
  ledger.append([bootOf('0.1.30')])
  for (let car = 1; car <= carsAfter; car++) ledger.append(carRows(carsBefore + car, car % 2 === 0))
  if (more.length > 0) ledger.append(more)
  const { seq: rows, hash } = ledger.head
  headWriter.flush()
  if (close) ledger.close()
  return { dir, before, rows, hash }
}

/** A way back of a ledger in a process of its own, which is killed when the step is done. */
export function killedAt(dir: string, killed: string): void {
  const key = { nodeId: 'lot-1', chainKey: testKey, crypto: testCrypto }
  const reached = (step: string): void => {
    if (step === killed) process.kill(process.pid, 'SIGKILL')
  }
  toOlderLedger({ ...key, dir, newer: '0.1.30', migrations, reached })
}
