// Which machine has the lanes of a lot, asked at the second place before any lane opens; and taking them back by a person.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { claimBack, holdPlace } from '../../copies/holder.ts'
import { recoveryHalf } from '#base/secrets/folder-keys.ts'
import { openLedgerReader } from '../../sqlite/ledger-reader.ts'
import { ReaderWorker } from '#lane/sqlite/reader-worker.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { placesLeft } from '../../pure/lot/id-gap-after-restore.ts'
import { isServer } from '#base/pure/lot/copy-place.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { CopyPlan, Held } from '../../ports/copy-service.ts'
import { writeAudit } from '#lane/folder/offline-audit.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { programFile } from '#base/process/program-file.ts'
import { copyPlanOf } from './copy-plan.ts'

/** A car may wait before the lane; later the running lot looks again. */
const withinMs = 3_000

interface Asking {
  readonly held: Promise<Held>
  close(): Promise<void>
}

/** The library for a server is not loaded in the lanes' thread. */
function asking(dir: string, plan: CopyPlan, nowIso: string): Asking {
  if (!isServer(plan.to))
    return { held: holdPlace(dir, plan, nowIso), close: () => Promise.resolve() }
  const { nodeId, chainKey } = readerOptions(dir)
  const worker = new ReaderWorker(programFile(), { dir, nodeId, chainKey })
  return { held: worker.holdPlace(plan, nowIso), close: () => worker.close() }
}

/**
 * Throws COPY-15 where another machine has the lanes of this lot. A place that does not answer in time decides nothing: a
 * lane opens without its network.
 */
export async function mustHaveLanes(
  dir: string,
  config: LotConfig,
  nowMs: InstantMs,
): Promise<void> {
  const { copies } = config
  // Before the first start nothing is sealed to this machine, and there is no chain key.
  if (copies === undefined || recoveryHalf(dir) === null || !existsSync(join(dir, 'ledger.db')))
    return
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => late.resolve(null), withinMs)
  const { held, close } = asking(dir, copyPlanOf(dir, config, copies), isoOf(nowMs))
  const refused = held.then(
    () => null,
    (error: unknown) => {
      if (error instanceof LaneFault) return error
      throw error
    },
  )
  try {
    const fault = await Promise.race([refused, late.promise])
    if (fault?.code === 'COPY-15') throw fault
  } finally {
    clearTimeout(timer)
    await close()
  }
}

function newestMs(dir: string): InstantMs {
  const reader = openLedgerReader(readerOptions(dir))
  try {
    let atMs = 0
    for (const row of reader.storedAfter(reader.head().seq - 1)) atMs = row.atMs
    return atMs
  } finally {
    reader.close()
  }
}

/**
 * This folder has the lanes again from its next start on. Its numbers never reach those of a machine that went on from a
 * copy; the receipts of the days since its last row get places for those which that one may have given.
 */
export async function holdBack(
  dir: string,
  plan: CopyPlan,
  config: LotConfig,
  who: { readonly by: string; readonly reason: string; readonly atMs: InstantMs },
): Promise<void> {
  const { by, reason, atMs } = who
  await claimBack(dir, plan, { by, atIso: isoOf(atMs) })
  const left = placesLeft({ copyAtMs: newestMs(dir), atMs })
  writeAudit(dir, config, { by, reason, role: 'owner' }, 'backup.hold', left)
}
