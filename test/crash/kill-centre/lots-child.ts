// Several lots in one process: each appends rows to a ledger on disk and sends them to the centre, until it is killed.
// Arguments: folder, address of the door, number of lots. Prints their state as a JSON line. Its input: the number of a lot,
// which asks for pairing again, or an empty line, which ends the appending.
import { mkdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { keepMark } from '#ledger/centre/feed-file.ts'
import { feedBatch, feedDigest } from '#ledger/sqlite/feed-batch.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { FeedRows } from '#ledger/ports/feed-rows.ts'
import { openCentreFeed } from '#runtime/site/centre.ts'
import { event, optionsFor, testCrypto } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'
import { hurriedClock } from './pace.ts'
import type { LotSeen } from './scene.ts'

/** Payments, refunds and other rows of the last days: what the fold of the centre counts. */
function rowAt(lotId: string, n: number): RowDraft {
  const atMs = Date.now() - (n % 5) * 86_400_000
  const amountFen = 100 + (n % 7)
  const refundId = `${lotId}-R${n - (n % 10)}`
  if (n % 10 === 3) {
    const body = { refundId, reason: 'mistake', operator: 'li', approvedBy: null }
    return { kind: 'refund', atMs, amountFen, body }
  }
  if (n % 10 === 7)
    return { kind: 'refundState', atMs, body: { refundId, state: 'success', means: 'cash' } }
  if (n % 3 !== 0) return event(n)
  const means = (['etc', 'cash', 'qr'] as const)[n % 4] ?? 'cash'
  const body = { paymentId: `${lotId}-M${n}`, means, by: null, reason: null }
  return { kind: 'payment', atMs, amountFen, body }
}

const nodeId = 'n1'
const rowsMax = 40
const [root = '', url = '', count = ''] = process.argv.slice(2)

function whole<T>(steps: Generator<undefined, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}

function openLot(lotId: string) {
  const dir = join(root, lotId)
  mkdirSync(dir, { recursive: true })
  const options = optionsFor(dir, { nodeId })
  const { ledger, headWriter } = openLedgerWith(options, {
    synchronous: 'FULL',
    migrations,
    checkRows: 100,
  })
  const reader = openLedgerReader(options)
  const { sm3 } = testCrypto
  const rows: FeedRows = {
    feedBatch: async (from, max) => feedBatch(reader.storedAfter, from, max, sm3),
    feedDigest: async (toSeq, from) => whole(feedDigest(reader.storedAfter, toSeq, from, sm3)),
    feedKeep: async (at, mark) => keepMark(dir, nodeId, at, mark),
  }
  const onRows = new Set<() => void>()
  const lot = {
    get headSeq() {
      return ledger.head.seq
    },
    onRows,
  }
  const feed = openCentreFeed({
    dir,
    config: { lotId, nodeId, name: { zh: `停车场 ${lotId}`, en: lotId }, centre: { url } },
    lot,
    rows,
    mono: hurriedClock(),
    clock: systemWallClock(),
    tell: ({ code }) => process.stderr.write(`${lotId} ${code}\n`),
    failed(error) {
      throw error
    },
  })
  return {
    append() {
      const n = ledger.head.seq
      ledger.append(Array.from({ length: 1 + (n % rowsMax) }, (_, at) => rowAt(lotId, n + at)))
      if (n % 3 === 0) headWriter.flush()
      for (const call of onRows) call()
    },
    lotId,
    pairAgain: () => feed.pairAgain(),
    seen(): LotSeen {
      const { state, digits, reachedSeq, lastSeq, fault } = feed.view()
      return { lotId, state, digits, reachedSeq, lastSeq, fault: fault?.code ?? null }
    },
  }
}

const lots = Array.from({ length: Number(count) }, (_, at) => openLot(`GX${at + 1}`))
const appending = setInterval(() => {
  for (const lot of lots) if (Math.random() < 0.5) lot.append()
}, 25)
createInterface(process.stdin).on('line', (line) => {
  if (line === '') clearInterval(appending)
  for (const lot of lots) if (lot.lotId === line) lot.pairAgain()
})
setInterval(() => writeSync(1, `${JSON.stringify(lots.map((lot) => lot.seen()))}\n`), 100)
