// A lot with copies and a centre: it sends its rows to a real door, its machine is lost, and a copy becomes a lot again.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { feedBatch, feedDigest } from '#ledger/sqlite/feed-batch.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { rowColumns } from '#ledger/sqlite/row-text.ts'
import { dueCheckpoint } from '#lane/lot/upkeep/checkpoint-writer.ts'
import { backupCommand } from '#runtime/commands/backup.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { present } from '#base/pure/values/must.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { FeedRows } from '#ledger/ports/feed-rows.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { openCentreFeed } from '#runtime/site/centre.ts'
import { eventually } from '../kit/eventually.ts'
import { runCommand } from '../kit/run-command.ts'
import { BackupLot, keyOf, ledgerIn, said } from '../wire/kit/backup-lot.ts'
import type { Scene } from './door/door-kit.ts'

const crypto = openGmCrypto()
const fast = 10
const mono: MonoClock = {
  nowUs: () => performance.now() * 1_000 * fast,
  after(delayMs, fn) {
    const timer = setTimeout(fn, delayMs / fast)
    return () => clearTimeout(timer)
  },
}
const checkpointKey = crypto.signingKey(crypto.keyPair(), '0A')
const who = ['--by', 'owner', '--reason', 'test'] as const
export const digitsRow = `SELECT pairing_id, digits FROM desk.pairing WHERE state = 'pending' AND lot_id = $1`

export class GivenLot extends BackupLot {
  readonly lotId: string
  readonly fresh = join(this.root, 'fresh')
  key = ''
  private readonly scene: Scene

  constructor(scene: Scene, lotId: string) {
    super(lotId)
    this.lotId = lotId
    this.scene = scene
    this.names(scene.door.url)
  }

  /** Writes the address of a centre into the lot file. */
  names(url: string): void {
    const file = join(this.dir, 'lot.json')
    const lot = parsed(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...lot, centre: { url } }))
  }

  checkpoint(): void {
    const ledger = ledgerIn(this.dir)
    const last = [...ledger.rows(0)].findLast(({ kind }) => kind === 'checkpoint')
    const headSeq = last?.kind === 'checkpoint' ? last.body.headSeq : 0
    const { head, nodeId } = ledger
    const state = { lastSeq: 0, headSeq, lastAtMs: null }
    const now = { head: { ...head, seq: head.seq }, atMs: Date.now(), quiet: true, nodeId }
    // As if a thousand rows had come.
    const due = dueCheckpoint({ ...state, lastSeq: head.seq - 1_000 }, now, ledger, checkpointKey)
    ledger.append([present(due, 'a checkpoint is due')])
    ledger.close()
  }

  async copy(): Promise<void> {
    if (this.key === '') this.key = await keyOf(this, join(this.root, 'stick'))
    await said(backupCommand, ['now', '--data', this.dir, '--to', this.place])
  }

  /** Sends all rows of a folder to the door, as a running lot does. */
  async send(dir = this.dir): Promise<void> {
    const { config } = loadLot(dir)
    using reader = openLedgerReader(readerOptions(dir))
    const rows: FeedRows = {
      feedBatch: (from, most) =>
        Promise.resolve(feedBatch(reader.storedAfter, from, Math.min(most, 40), crypto.sm3)),
      feedDigest: (toSeq, from) => {
        const reading = feedDigest(reader.storedAfter, toSeq, from, crypto.sm3)
        for (;;) {
          const { done, value } = reading.next()
          if (done === true) return Promise.resolve(value)
        }
      },
      feedKeep: () => Promise.resolve(),
    }
    const failures: unknown[] = []
    const feed = openCentreFeed({
      dir,
      config: { ...config, centre: { url: this.scene.door.url } },
      lot: { headSeq: reader.head().seq, onRows: new Set() },
      rows,
      mono,
      clock: { nowMs: () => Date.now() },
      tell: (fault) => failures.push(fault),
      failed: (error) => failures.push(error),
    })
    try {
      await eventually(async () => {
        await this.accept()
        return feed.view().backlog
      }).toBe(0)
    } finally {
      await feed.close()
    }
    if (failures.length > 0) throw failures[0]
  }

  /** A person accepts the request of the lot that waits; returns its digits. */
  async accept(): Promise<string | null> {
    const { rows } = await this.scene.centre.owner(digitsRow, [this.lotId])
    const [one] = rows
    if (one?.digits === undefined || one.digits === null) return null
    await this.scene.decide(one.pairing_id, true)
    return one.digits
  }

  /** Every row of a folder's ledger as stored. */
  stored(dir = this.dir): readonly string[] {
    using db = openReader(join(dir, 'ledger.db'))
    return db
      .prepare(
        `SELECT ${rowColumns.replace('hash', 'hex(hash) AS hash')} FROM ledger_row ORDER BY seq`,
      )
      .all()
      .map((row) => JSON.stringify(row))
  }

  lost(): void {
    rmSync(this.dir, { recursive: true })
  }

  async restore() {
    const from = join(this.place, `${this.lotId}-n1`)
    const of = ['--data', this.fresh, '--from', from, '--recovery-key', this.key]
    const { json } = await runCommand(backupCommand, ['restore', ...of, ...who])
    return json
  }

  fetch(...more: string[]) {
    return runCommand(ledgerCommand, [...['fetch-back', '--data', this.fresh, ...more], ...who])
  }

  /** Restored, paired and fetched. */
  async fetched() {
    await this.fetch('--no-wait')
    await this.accept()
    return (await this.fetch('--no-wait')).json
  }
}
