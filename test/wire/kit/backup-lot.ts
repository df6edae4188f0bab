// A small lot with a real ledger for tests of copies and recovery, which can turn its folder into one of a lost
// machine: every key in it is then sealed to an identity that no longer exists.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { machineSecret, readSealed, writeSealed } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { Receipts } from '#lane/money/receipts.ts'
import { backupCommand } from '#runtime/commands/backup.ts'
import type { Command } from '#base/commands/command.ts'
import { emptyLot, foldRow, mintId } from '#ledger/pure/lot/lot.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { loadLot, writeLot } from '#lane/folder/lot-file.ts'
import { receiptKeyOf, sha256 } from '#money/desk/receipt/receipt-key.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { refusedLater } from '../../kit/refusals.ts'
import { runCommand } from '../../kit/run-command.ts'
import { bareLot } from '../../kit/bare-lot.ts'
import { readsOf } from '../../kit/read-ledger.ts'

const goneMachine = 'e'.repeat(64)

export class BackupLot {
  readonly root = mkdtempSync(join(tmpdir(), 'etc-lane-copies-'))
  readonly dir = join(this.root, 'lot')
  readonly place = join(this.root, 'place')
  private at = 0

  constructor(lotId = 'GX00077') {
    const name = { zh: '测试停车场', en: 'Test lot' }
    writeLot(
      this.dir,
      bareLot({
        mode: 'production',
        platform: 'later',
        capacity: 10,
        identity: { lotId, nodeId: 'n1', name },
      }),
      null,
    )
    this.rows(20)
    secretStore(this.dir, machineSecret()).write('cam', 'Simulated1')
  }

  rows(count: number): void {
    const ledger = ledgerIn(this.dir)
    for (let i = 0; i < count; i++) {
      const detail = `row ${this.at}`
      ledger.append([{ kind: 'event', atMs: this.at++, body: { type: 'photosBack', detail } }])
    }
    ledger.close()
  }

  /** The machine dies, and its disk is moved to this one. */
  machineGone(dir = this.dir): void {
    for (const [name, purpose] of [
      ['chain.key', 'chain'],
      ['secrets/cam.sealed', 'secret:cam'],
    ] as const) {
      const file = join(dir, 'keys', name)
      const plain = readSealed(file, purpose, machineSecret())
      if (plain !== null) writeSealed(file, plain, purpose, goneMachine)
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

export const ledgerIn = (dir: string): Ledger =>
  openLedger({
    dir,
    nodeId: 'n1',
    chainKey: chainKeyOf(dir, systemRandom()),
    crypto: openGmCrypto(),
    durability: 'full',
    version: 'test',
  }).ledger

/** Receipts of a folder, as a runtime that just opened it makes them. */
export function receiptsIn(dir: string, ledger: Pick<Ledger, 'append'>, atMs: number): Receipts {
  const read = readsOf(readerOptions(dir))
  return new Receipts({
    lotId: loadLot(dir).config.lotId,
    service: {
      timeline: (stayId) => read((reader) => reader.timeline(stayId)),
      query: (kind, filter) => read((reader) => reader.query(kind, filter)),
    },
    sha256,
    random: systemRandom(),
    key: () => receiptKeyOf(dir),
    nowMs: () => atMs,
    append: (rows) => void ledger.append(rows),
  })
}

/** A car that came in and paid cash: its ids in the lot, and its receipt. */
export async function cashCar(dir: string, atMs: number) {
  const ledger = ledgerIn(dir)
  const lot = emptyLot()
  for (const row of ledger.rows(0)) foldRow(lot, row)
  const mint = (letter: string): string => mintId(lot, { lotId: 'GX00012', nodeId: 'n1' }, letter)
  const ids = { stayId: mint('S'), orderId: mint('O'), paymentId: mint('Y') }
  const { stayId, orderId, paymentId } = ids
  const refs = { laneId: 'exit', stayId, orderId, amountFen: 500 }
  const plate = '桂A12345'
  const came = { plate, colour: 'blue', enteredAtMs: atMs, noEntry: false, photo: null } as const
  const costs = { tariffId: 't', fromMs: atMs, toMs: atMs, lines: [], plate, plateRaw: plate }
  const paid = { paymentId, means: 'cash', by: 'owner', reason: null } as const
  ledger.append([
    { kind: 'stayOpened', atMs, stayId, body: came },
    { kind: 'orderMade', atMs, ...refs, body: costs },
    { kind: 'payment', atMs, ...refs, body: paid },
  ])
  const given = await receiptsIn(dir, ledger, atMs).give(stayId)
  ledger.close()
  return { ids: Object.values(ids), no: `${given.day}-${given.receiptNo}`, text: given.qrText }
}

/** Runs a command line; returns its answer. */
export async function said(command: Command, args: readonly string[]): Promise<unknown> {
  const { json } = await runCommand(command, args)
  return json
}

export const refusal = async (command: Command, args: readonly string[]): Promise<string> =>
  (await refusedLater(said(command, args)))?.code ?? 'nothing was refused'

export function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file)
  const place = at < 0 ? bytes.length + at : at
  bytes[place] = (bytes[place] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

/** A digest of all files of a folder, which a refusal must not change. */
export function printOf(dir: string): string {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true })
  return (
    names
      // SQLite leaves an empty log and its index after a reader.
      .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((file) => !file.endsWith('-wal') || readFileSync(file).length > 0)
      .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
      .toSorted()
      .join('\n')
  )
}

/** A stay paid by ETC, of which 100 fen are requested back. */
export function paidByEtc(dir: string, outTradeNo: string): void {
  const ledger = ledgerIn(dir)
  const atMs = instantOfIso('2026-11-22T08:00:00+08:00')
  const plate = '桂A12345'
  const refs = { atMs, laneId: 'exit', stayId: 'n1-S7', orderId: 'n1-O7', deductionId: 'n1-D7' }
  const card = { obuId: '12345678', cardNo: null }
  const intent = { chargeMode: 'online', outTradeNo, plate, colour: 'blue', ...card } as const
  const paid = { state: 'paid', source: 'platform', reason: 'ok', proof: null, ...card } as const
  const people = { operator: '甲', approvedBy: '乙', byPeople: true } as const
  const back = { refundId: 'n1-R7', outTradeNo, reason: '多收', ...people }
  ledger.append([
    { kind: 'intent', ...refs, amountFen: 2000, body: intent },
    { kind: 'outcome', ...refs, amountFen: 2000, body: paid },
    { kind: 'refund', ...refs, amountFen: 100, body: back },
  ])
  ledger.close()
}

/** Its recovery key, put on a stick. */
export async function keyOf(one: BackupLot, to: string, ...more: string[]): Promise<string> {
  mkdirSync(one.place, { recursive: true })
  const args = ['key', '--data', one.dir, '--to', to, '--by', 'owner', '--reason', 'test', ...more]
  const { files } = (await said(backupCommand, args)) as { files: string[] }
  return files.join(',')
}
