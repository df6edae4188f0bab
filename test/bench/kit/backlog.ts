// Makes a ledger with uploads that no platform has: paid card stays, row for row as the lanes write them.
// Written without syncs; the program under measurement is the real one.
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import { keepNow } from '#ledger/files/fold-keeping.ts'
import { loadCertFolder } from '#base/crypto/certs.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { dueCheckpoint, type CheckpointState } from '#lane/lot/upkeep/checkpoint-writer.ts'
import { frozenRows, type OutboxMaker } from '#lane/lot/queue/outbox-rows.ts'
import { openChain } from '#lane/folder/data-folder.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { builtId } from '../../../installers/dev/build-id.mjs'
import { type LotConfig } from '#base/pure/lot/config.ts'
import { bcdDateTimeOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { must, present } from '#base/pure/values/must.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { testTac } from '#simulators/shell/test-tac.ts'

const stayMs = 5_400_000
/** Below the 31 days after which a start asks a person about the clock. */
const spanMs = 28 * 86_400_000
const amountFen = 500
const psamTerminal = '370100000001'
/** About 1,300 rows, after which a checkpoint is due. */
const staysATransaction = 100

/** The rows of one stay paid by card, from entry to exit, as the lanes write them. */
function stayRows(maker: OutboxMaker, n: number, enteredAtMs: number): readonly RowDraft[] {
  const { nodeId, lotId } = maker.config
  const outMs = Math.floor((enteredAtMs + stayMs) / 1000) * 1000
  const timeBcd = bcdDateTimeOf(outMs)
  const plate = `测A${String(n).padStart(6, '0')}`
  const car = { plate, colour: 'green' } as const
  const [stayId, orderId] = [maker.mint('S'), maker.mint('O')]
  const deductionId = `${orderId}.D1`
  const cardNo = `45012399${String(n % 30_000).padStart(12, '0')}`
  const obuId = (0x8f00_0000 + n).toString(16).toUpperCase()
  const outTradeNo = `P${lotId}${nodeId}${timeBcd.slice(2)}${n}`.toUpperCase()
  const unit = {
    issuerHex: 'B2E2CAD437010001',
    statusHex: '2001',
    obuPlate: plate,
    vehicleClass: 1,
    cardVersion: 64,
    cardPlate: plate,
    cardExpire: '20330101',
  }
  const read = { obuId, cardNo, cardType: 23, balanceBeforeFen: 724_586 }
  const station0019Hex = '00'.repeat(36)
  const counters = { psamTerminal, psamSerial: n, transType: '09', timeBcd }
  const tac = testTac({ ...counters, amountFen })
  const proof = { ...counters, tac, cardSerial: n % 65_536, balanceAfterFen: 724_586 }
  const entry = { laneId: 'entry', stayId, atMs: enteredAtMs }
  const exit = { laneId: 'exit', stayId, atMs: outMs }
  const debit = { ...exit, orderId, deductionId, amountFen }
  const [inPass, paymentId] = [maker.mint('P'), maker.mint('M')]
  const obu = { ...unit, obuId, cardNo, cardType: 23, balanceFen: 724_586, station0019Hex }
  const facts = { ...debit, ...car, businessNo: outTradeNo, outTradeNo, enteredAtMs, obu, proof }
  const [upload] = frozenRows(maker, {
    kind: 'freeze',
    atMs: outMs,
    outboxId: maker.mint('U'),
    op: 'exitUpload',
    facts: { ...facts, offline: true },
  })
  must(upload !== undefined, 'a record is made')
  const outPass = maker.mint('P')
  const text = { zh: '首时段 60 分钟', en: 'First 60 min' }
  const times = { fromMs: enteredAtMs, toMs: outMs }
  const line = { ...times, rule: 'first', amountFen, text } as const
  const nobody = { by: null, reason: null }
  const commandBody = { command: 'open', result: 'told' } as const
  return [
    { kind: 'stayOpened', ...entry, body: { ...car, enteredAtMs, noEntry: false, photo: null } },
    { kind: 'pass', ...entry, body: { passId: inPass, cause: 'entry', ...nobody } },
    { kind: 'barrier', ...entry, body: { passId: inPass, ...commandBody } },
    { kind: 'event', ...entry, body: { type: 'passUsed', detail: 'entered' } },
    {
      kind: 'orderMade',
      ...exit,
      orderId,
      amountFen,
      body: { tariffId: 'demo-small-lot', ...times, lines: [line], plate, plateRaw: plate },
    },
    {
      kind: 'intent',
      ...debit,
      body: { chargeMode: 'card', outTradeNo, ...car, obuId: null, cardNo: null },
    },
    {
      kind: 'armed',
      ...exit,
      orderId,
      deductionId,
      body: { ...read, station0019Hex, writeHex: '45'.repeat(35), timeBcd, unit },
    },
    {
      kind: 'outcome',
      ...debit,
      body: { state: 'paid', source: 'b5', reason: 'paid', obuId, cardNo, proof },
    },
    { kind: 'payment', ...debit, body: { paymentId, means: 'etc', ...nobody } },
    upload,
    { kind: 'pass', ...exit, body: { passId: outPass, cause: 'etc', ...nobody } },
    { kind: 'barrier', ...exit, body: { passId: outPass, ...commandBody } },
    { kind: 'stayClosed', ...exit, orderId, body: { end: 'etc', leftAtMs: outMs } },
  ]
}

/** Signs a checkpoint of the rows so far, as the lot does while no car is present. */
function signed(
  { ledger, key, atMs }: { ledger: Ledger; key: SigningKey; atMs: number },
  last: CheckpointState,
): CheckpointState {
  const now = { head: ledger.head, atMs, quiet: true, nodeId: ledger.nodeId }
  const due = dueCheckpoint(last, now, ledger, key)
  if (due?.kind !== 'checkpoint') return last
  const [row] = ledger.append([due])
  const { headSeq } = due.body
  return { lastSeq: present(row, 'it is written').seq, headSeq, lastAtMs: null }
}

/**
 * Writes `count` stays whose uploads wait, and stores their folded state beside them. `uploadsOnly`: only the unsent
 * row of each stay, because a million whole stays are 13 million rows.
 */
export function writeBacklog(
  dir: string,
  config: LotConfig,
  stays: number,
  uploadsOnly = false,
): void {
  const crypto = openGmCrypto()
  // A start takes a kept state of its own version only: bench measures the built program.
  const { version } = builtId()
  const { nodeId } = config
  const { key: chainKey } = openChain(dir, systemRandom())
  const place = { dir, nodeId, crypto, chainKey }
  const opened = openLedger({ ...place, durability: 'simulated', version, keyIsNew: true })
  const { ledger } = opened
  const { certDir } = present(linkHere(dir, config), 'the lot has joined')
  const { signingKey: key } = loadCertFolder(certDir, crypto)
  let checkpoint: CheckpointState = { lastSeq: 0, headSeq: 0, lastAtMs: null }
  let lastId = 0
  const maker: OutboxMaker = {
    config,
    crypto,
    listVersion: 'sim',
    hasDestination: true,
    orderOf: () => undefined,
    dialect: dialectOf(config),
    dialectAt: () => dialectOf(config),
    mint: (letter) => `${nodeId}-${letter}${++lastId}`,
    policy: { filters: [], networks: null, isListed: () => false, chargedMs: () => null },
  }
  const firstMs = Date.now() - spanMs - 2 * stayMs
  const betweenMs = spanMs / stays
  const { mode, lotId, chargeMode } = config
  const boot = { repair: 'A', version, mode, lotId, chargeMode }
  ledger.append([{ kind: 'boot', atMs: firstMs, body: boot }])
  for (let n = 0; n < stays; n += staysATransaction) {
    const some = Array.from({ length: Math.min(staysATransaction, stays - n) }, (_, i) => n + i)
    const rows = some.flatMap((i) => stayRows(maker, i, firstMs + Math.floor(i * betweenMs)))
    ledger.append(uploadsOnly ? rows.filter(({ kind }) => kind === 'outbox') : rows)
    checkpoint = signed(
      { ledger, key, atMs: Math.floor(firstMs + n * betweenMs) + stayMs },
      checkpoint,
    )
  }
  const rowsAfter = (seq: number): ReturnType<typeof ledger.rows> => ledger.rows(seq)
  const kept = keepNow({ place: { ...place, program: version }, rowsAfter, sync: false })
  must(kept.ok, 'the state is kept')
  ledger.close()
}
