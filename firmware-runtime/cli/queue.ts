// `etc-lane queue status | drain | export | import`: what the platform has not confirmed yet.
// A live folder is asked through its runtime; otherwise the queue is the fold of the ledger's rows.
import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { systemMonoClock, systemWallClock } from '../adapters/clocks/system-clocks.ts'
import { openGmCrypto } from '../adapters/crypto/gm-crypto.ts'
import { openLedgerReader } from '../adapters/sqlite/ledger-reader.ts'
import type { QueueStatusView } from '../api/views.ts'
import { queueStatus } from '../app/control/board.ts'
import {
  transferLines,
  transferSums,
  readTransfer,
  type TransferSource,
} from '../app/lot/offline-transfer.ts'
import { emptyFolded, foldInto, type Folded as State } from '../core/fold/folded.ts'
import { LaneFault } from '../core/values/faults.ts'
import { act, commandOf } from './acts.ts'
import { clientOf, folderOf, jsonText, readerOptions, type RuntimeClient } from './client.ts'
import { writeLines } from './ledger.ts'
import { recoveryKeyIn } from './recovery.ts'
import { loadLot } from '../runtime/folder/lot-file.ts'
import { writeAudit } from '../runtime/folder/audit-beside.ts'
import { adoptFolder } from '../runtime/backup/restore.ts'
import { readText } from '../runtime/folder/read-file.ts'
import { openSite } from '../runtime/site/site.ts'

interface Folded extends State {
  /** Frozen bodies by outboxId. */
  readonly bodies: ReadonlyMap<string, { readonly body: string; readonly bodySm3: string }>
}

function folded(dir: string): Folded {
  const reader = openLedgerReader(readerOptions(dir))
  try {
    const state = emptyFolded()
    const bodies = new Map<string, { body: string; bodySm3: string }>()
    for (const row of reader.rows()) {
      foldInto(state, row, 0)
      if (row.kind === 'outbox')
        bodies.set(row.body.outboxId, { body: row.body.body, bodySm3: row.body.bodySm3 })
      if (row.kind === 'outboxState' && row.body.state === 'confirmed')
        bodies.delete(row.body.outboxId)
    }
    return { ...state, bodies }
  } finally {
    reader.close()
  }
}

async function statusOf(dir: string, client: RuntimeClient | null): Promise<QueueStatusView> {
  if (client !== null) return client.call('queue.status', {})
  return queueStatus(folded(dir), systemWallClock().nowMs())
}

const status = act(['queue status --data DIR'], async ({ data }, io) => {
  const dir = folderOf(data)
  const { platform } = loadLot(dir).config
  const joined = platform === 'later' ? 'later' : platform === null ? 'none' : 'joined'
  io.stdout(jsonText({ ...(await statusOf(dir, clientOf(dir))), platform: joined }, io.json))
  return 0
})

const lookMs = 250

/** Waits until nothing is unsent or the time is over; answers the last status. */
async function untilEmpty(
  look: () => Promise<QueueStatusView>,
  withinMs: number,
): Promise<QueueStatusView> {
  const untilMs = performance.now() + withinMs
  for (;;) {
    const seen = await look()
    if (seen.unsent === 0 || performance.now() >= untilMs) return seen
    await sleep(lookMs)
  }
}

/** The queue at work without any lane: no device is opened. */
async function drainAlone(dir: string, withinMs: number): Promise<QueueStatusView> {
  const { config, tariff } = loadLot(dir)
  const lanes = config.lanes.map((lane) => ({
    ...lane,
    rsu: null,
    camera: null,
    barrier: null,
    display: null,
  }))
  const site = await openSite({
    dir,
    config: { ...config, lanes },
    tariff,
    business: systemWallClock(),
    mono: systemMonoClock(),
    timing: 'standard',
    fatal: (fault) => {
      throw fault
    },
  })
  try {
    const look = () => Promise.resolve(queueStatus(site.runtime, site.runtime.nowMs()))
    return await untilEmpty(look, withinMs)
  } finally {
    await site.stop()
  }
}

/** The folder of a dead machine is this machine's from now on: its keys are sealed here, and that is a row. */
function takeOver(dir: string, recoveryKey: string, who: { by: string; reason: string }): void {
  adoptFolder(dir, recoveryKeyIn(recoveryKey))
  writeAudit(dir, loadLot(dir).config, { ...who, role: 'owner' }, 'backup.adopt')
}

const drain = act(
  ['queue drain --data DIR [--within SEC] [--by NAME] [--reason TEXT] [--recovery-key FILE]'],
  async (values, io) => {
    const { data, within = 60, by = 'queue drain', reason = 'queue drain' } = values
    const dir = folderOf(data)
    const withinMs = within * 1000
    const recoveryKey = values['recovery-key']
    if (recoveryKey !== undefined) takeOver(dir, recoveryKey, { by, reason })
    const client = clientOf(dir)
    const before = await statusOf(dir, client)
    let after = before
    if (client !== null && before.unsent > 0) {
      await client.call('queue.retryNow', { commandId: randomUUID(), by, reason })
      after = await untilEmpty(() => client.call('queue.status', {}), withinMs)
    } else if (before.unsent > 0) after = await drainAlone(dir, withinMs)
    const ok = after.unsent === 0
    io.stdout(jsonText({ ok, before: before.unsent, ...after }, io.json))
    return ok ? 0 : 1
  },
)

function sourceOf(dir: string): TransferSource {
  const { config } = loadLot(dir)
  const { queue, bodies } = folded(dir)
  const records = [...queue.records.values()].map((record) => {
    const frozen = bodies.get(record.outboxId)
    if (frozen === undefined)
      throw new LaneFault('LEDGER-05', { note: `no body of ${record.outboxId}` })
    return { ...record, ...frozen }
  })
  return { nodeId: config.nodeId, lotId: config.lotId, records }
}

const exportUnsent = act(['queue export --data DIR [--file F]'], async ({ data, file }, io) => {
  const source = sourceOf(folderOf(data))
  await writeLines(transferLines(source, systemWallClock().nowMs()), file, io)
  if (file !== undefined) {
    const { records } = source
    const sums = transferSums(records)
    io.stdout(jsonText({ ok: true, file, records: records.length, ...sums }, io.json))
  }
  return 0
})

/** Far more records than a lot can owe; a file without end is refused instead of read. */
const transferBytesMax = 256 * 1024 * 1024

const importCheck = act(['queue import --file F [--data DIR]'], ({ file }, io) => {
  const report = readTransfer(readText(file, transferBytesMax), openGmCrypto())
  io.stdout(jsonText({ ...report, file, imported: 0 }, io.json))
  return report.ok ? 0 : 1
})

export const queueCommand = commandOf('queue', [status, drain, exportUnsent, importCheck])
