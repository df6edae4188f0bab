// `etc-lane queue status | held | mend | release | drain | export | carry | import`: records that the platform has not
// confirmed yet, sent from here or carried on a USB stick. Through the runtime when one runs; else the queue is
// computed from the ledger's rows.
import { noLaneLinks } from '#base/pure/device-kinds/lane-kinds.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { keysByRecovery } from '#base/secrets/folder-keys.ts'
import type { Who } from '#base/calls/rows.ts'
import type { TakenBackView } from '#ledger/calls/transfer-views.ts'
import type { QueueStatusView } from '#ledger/calls/ledger-views.ts'
import { queueStatus } from '#base/desk/handlers/board.ts'
import { takeBack } from '#lane/lot/queue/take-back.ts'
import {
  transferLines,
  transferSums,
  readTransfer,
  type TransferSource,
} from '#lane/lot/queue/offline-transfer.ts'
import { queueTimes } from '#ledger/pure/queue/destination.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act, commandOf, whoOf, printed } from '#base/desk/commands/acts.ts'
import { clientOf, folderOf, jsonText, type RuntimeClient } from '#base/desk/commands/client.ts'
import { writeLines } from '#ledger/desk/commands/ledger.ts'
import { needed } from '#base/commands/command.ts'
import { readerOptionsBy, recoveryKeyIn } from '#ledger/desk/commands/recovery.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { writeAudit } from '#lane/folder/offline-audit.ts'
import { adoptFolder } from '#ledger/desk/backup/restore.ts'
import { readText } from '#base/process/read-file.ts'
import { mustBeFree, readChainKey } from '#lane/folder/data-folder.ts'
import { openSite } from '../site/site.ts'
import type { Site } from '../site/site-parts.ts'
import { judgeBrought, readBrought } from '#ledger/desk/transfer/bring-back.ts'
import { carry, type Carrier } from '#ledger/desk/transfer/carry.ts'
import { packUnsent } from '#ledger/desk/transfer/pack.ts'
import { unsentIn } from '#ledger/desk/transfer/unsent.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'

async function statusOf(dir: string, client: RuntimeClient | null): Promise<QueueStatusView> {
  if (client !== null) return client.call('queue.status', {})
  return queueStatus(unsentIn(readerOptions(dir)), systemWallClock().nowMs())
}

const status = act(['queue status --data DIR'], async ({ data }) => {
  const dir = folderOf(data)
  const { platform } = loadLot(dir).config
  const joined = platform === 'later' ? 'later' : platform === null ? 'none' : 'joined'
  return printed({ ...(await statusOf(dir, clientOf(dir))), platform: joined })
})

const lookMs = 250

/** Waits until nothing is unsent or the time is over; returns the last status. */
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

/** Runs the queue without lanes: no device is opened. */
async function withQueue<T>(dir: string, work: (site: Site) => Promise<T>): Promise<T> {
  const { config, tariff } = loadLot(dir)
  const lanes = config.lanes.map((lane) => ({ ...lane, ...noLaneLinks }))
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
    return await work(site)
  } finally {
    await site.stop()
  }
}

const drainAlone = (dir: string, withinMs: number, inFiles: boolean): Promise<QueueStatusView> =>
  withQueue(dir, ({ runtime }) => {
    if (inFiles && !runtime.sendsFiles) throw new LaneFault('TRANSFER-06', {})
    if (inFiles) runtime.sendInFiles()
    return untilEmpty(() => Promise.resolve(queueStatus(runtime, runtime.nowMs())), withinMs)
  })

/** Moves the folder of a lost machine to this one: its keys are sealed here, which a row records. */
function takeOver(dir: string, recoveryKey: string, who: { by: string; reason: string }): void {
  adoptFolder(dir, recoveryKeyIn(recoveryKey), { by: who.by, atMs: systemWallClock().nowMs() })
  writeAudit(dir, loadLot(dir).config, { ...who, role: 'owner' }, 'backup.adopt')
}

const drain = act(
  [
    'queue drain --data DIR [--files] [--within SEC] [--by NAME] [--reason TEXT] [--recovery-key FILE]',
  ],
  async (values) => {
    const { data, within = 60, by = 'queue drain', reason = 'queue drain', files = false } = values
    const dir = folderOf(data)
    const withinMs = within * 1000
    const recoveryKey = values['recovery-key']
    if (recoveryKey !== undefined) takeOver(dir, recoveryKey, { by, reason })
    const client = clientOf(dir)
    const before = await statusOf(dir, client)
    let after = before
    if (client !== null && before.unsent > 0) {
      const inFiles = files ? { inFiles: true } : {}
      await client.call('queue.retryNow', { commandId: randomUUID(), by, reason, ...inFiles })
      after = await untilEmpty(() => client.call('queue.status', {}), withinMs)
    } else if (before.unsent > 0) after = await drainAlone(dir, withinMs, files)
    const ok = after.unsent === 0
    return printed({ ok, before: before.unsent, ...after }, ok)
  },
)

function sourceOf(dir: string): TransferSource {
  const { config } = loadLot(dir)
  const { queue, bodies } = unsentIn(readerOptions(dir))
  const records = [...queue.records.values()].map((record) => {
    const frozen = bodies.get(record.outboxId)
    if (frozen === undefined)
      throw new LaneFault('LEDGER-05', {
        note: t(`没有 ${record.outboxId} 的内容`, `no body of ${record.outboxId}`),
      })
    return { ...record, ...frozen }
  })
  return { nodeId: config.nodeId, lotId: config.lotId, records }
}

/** Reads with the folder's own keys, or with the recovery key when its machine is lost. */
function pack(dir: string, to: string, recipient: string, recoveryKey: string | undefined) {
  const { config } = loadLot(dir)
  const key = recoveryKey === undefined ? null : recoveryKeyIn(recoveryKey)
  const client = key === null ? null : keysByRecovery(dir, key).client
  const clientKey = client === null ? null : Buffer.from(client, 'base64').toString('utf8')
  const options = readerOptionsBy(dir, recoveryKey)
  return packUnsent({ options, config, to: resolve(to), recipient, clientKey })
}

const exportUnsent = act(
  [
    'queue export --data DIR [--file F]',
    'queue export --data DIR --to FOLDER --recipient FILE|recovery [--recovery-key FILE]',
  ],
  async ({ data, file, to, recipient, 'recovery-key': recoveryKey }, io) => {
    const dir = folderOf(data)
    if (to !== undefined) {
      const packed = pack(dir, to, needed(recipient, 'recipient'), recoveryKey)
      return printed({ ok: true, ...packed })
    }
    const source = sourceOf(dir)
    writeLines(transferLines(source, systemWallClock().nowMs()), file, io)
    if (file !== undefined) {
      const { records } = source
      const sums = transferSums(records)
      io.stdout(jsonText({ ok: true, file, records: records.length, ...sums }, io.json))
    }
    return 0
  },
)

const carryAct = act(
  [
    'queue carry --from FOLDER --recovery-key FILE [--pace MS] [--progress]',
    'queue carry --from FOLDER --cert FOLDER --lot FILE [--pace MS] [--progress]',
  ],
  async ({ from, cert, lot, progress, ...values }, io) => {
    const { pace = queueTimes.paceMs, 'recovery-key': recoveryKey } = values
    const by: Carrier =
      recoveryKey === undefined
        ? {
            kind: 'certificate',
            certDir: resolve(needed(cert, 'cert')),
            lotCert: needed(lot, 'lot'),
          }
        : { kind: 'recovery', key: recoveryKeyIn(recoveryKey) }
    const stop = new AbortController()
    io.onStop(() => stop.abort())
    const files = await carry({
      from: resolve(from),
      by,
      paceMs: pace,
      stopped: stop.signal,
      onRecord(done, records) {
        if (progress) io.stdout(`${JSON.stringify({ event: 'carrying', done, records })}\n`)
      },
    })
    const open = files.reduce((sum, one) => sum + one.open, 0)
    return printed({ ok: open === 0, open, files }, open === 0)
  },
)

/** Far more than a lot can have; a larger file is refused without reading. */
const transferBytesMax = 256 * 1024 * 1024

/** Without a runtime opens the folder's queue for the import, which then also sends its other records. */
async function takeAlone(dir: string, from: string, who: Who): Promise<TakenBackView> {
  mustBeFree(dir)
  const { config } = loadLot(dir)
  const brought = readBrought({ dir, config, chainKey: readChainKey(dir) }, from)
  writeAudit(dir, config, { ...who, role: 'owner' }, 'queue.import')
  const judge = judgeBrought(config)
  return withQueue(dir, ({ runtime }) => takeBack(runtime, brought, { judge }, systemMonoClock()))
}

const importBack = act(
  [
    'queue import --file F [--data DIR]',
    'queue import --from FOLDER --data DIR --by NAME --reason TEXT',
  ],
  async (values) => {
    const { file, from } = values
    if (from === undefined) {
      const name = needed(file, 'file')
      const report = readTransfer(readText(name, transferBytesMax), openGmCrypto())
      return printed({ ...report, file: name, imported: 0 }, report.ok)
    }
    const dir = folderOf(values.data)
    const who = whoOf(values)
    const client = clientOf(dir)
    const place = resolve(from)
    const taken =
      client === null
        ? await takeAlone(dir, place, who)
        : await client.call('queue.import', { from: place, ...who })
    return printed({ ...taken, ok: taken.open === 0 }, taken.open === 0)
  },
)

export const queueCommand = commandOf('queue', [
  ...[status, drain],
  ...[exportUnsent, carryAct, importBack],
])
