// Restores a lot on a new machine from a copy: opened by the recovery key, checked from the first row, sealed to this
// machine, and only then put in place. The former folder is moved aside and kept; a refusal changes nothing.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { openCopy, type OpenedCopy } from '../../copies/copy-open.ts'
import { cardsHere } from '#devices/find/machine.ts'
import { claimNext } from '../../copies/holder.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import {
  openBox,
  putKeys,
  readKeys,
  recoveryHalf,
  type FolderKeys,
} from '#base/secrets/folder-keys.ts'
import type { RecoveryKey } from '#base/secrets/recovery-key.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { ledgerFiles } from '../../sqlite/inspect.ts'
import { readHeadFile } from '../../sqlite/head-file.ts'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { compactOf, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { mustBeFree } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { bytesOf, copiesIn, keysAt } from './copy-by-key.ts'
import { keyPlaceOf, pushesMoved, relocated } from './copy-plan.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

interface RestorePlan {
  readonly dir: string
  /** The folder with `copies.jsonl`, or one above it that holds a single such folder. */
  readonly from: string
  readonly key: RecoveryKey
  /** Refusals that a person overrode: an older copy (COPY-04), another lot (COPY-03). */
  readonly accept: readonly ('older' | 'foreign')[]
  /** Whether an earlier copy is used when the newest one is damaged. */
  readonly damaged: boolean
  readonly atMs: InstantMs
  readonly by: string
  /** Writes into the new folder before it is put in place; an error here changes nothing. */
  begin(fresh: string, found: Begun): void
}

export interface Begun {
  readonly copy: OpenedCopy
  /** Number of the last row by the ledger head of the existing folder; 0 without a folder. */
  readonly hadRows: number
}

interface Restored {
  readonly copy: OpenedCopy
  readonly lotId: string
  readonly nodeId: string
  /** Where the former content of the folder is now; null when the folder was empty. */
  readonly aside: string | null
  /** Cameras push to an address of the other machine; this one listens on the other. Null: nothing moved. */
  readonly pushes: ReturnType<typeof pushesMoved>
}

const headSeqIn = (dir: string): number => readHeadFile(ledgerFiles(dir).head).head?.seq ?? 0

/** Number of the last row in a folder: the larger one of database and head file. */
function rowsIn(dir: string, nodeId: string): number {
  const { db: file } = ledgerFiles(dir)
  const byHead = headSeqIn(dir)
  if (!existsSync(file) || statSync(file).size === 0) return byHead
  using db = openReader(file)
  const found = db.prepare('SELECT max(seq) AS n FROM ledger_row WHERE nodeId = ?').get(nodeId)
  return Math.max(byHead, Number(found?.['n'] ?? 0))
}

/** Throws COPY-03 when the folder belongs to another lot. */
function mustBeOfLot({ dir, accept }: RestorePlan, lotId: string, nodeId: string): void {
  if (!existsSync(join(dir, 'lot.json')) || accept.includes('foreign')) return
  const { config } = loadLot(dir)
  if (config.lotId === lotId && config.nodeId === nodeId) return
  const note = t(
    `这个文件夹属于 ${config.lotId} ${config.nodeId}`,
    `the folder is of ${config.lotId} ${config.nodeId}`,
  )
  throw new LaneFault('COPY-03', { file: dir, value: `${lotId} ${nodeId}`, note })
}

/** Throws COPY-04 when the folder has rows that the copy does not have. */
function mustBeNewer({ dir, accept }: RestorePlan, { headSeq }: OpenedCopy, nodeId: string): void {
  if (!existsSync(dir) || accept.includes('older')) return
  const own = rowsIn(dir, nodeId)
  if (own < headSeq || own === 0) return
  const note = t(
    `文件夹有 ${own} 条,副本有 ${headSeq} 条`,
    `the folder has ${own} rows, the copy ${headSeq}`,
  )
  throw new LaneFault('COPY-04', { file: dir, note })
}

/** Writes lot.json with the paths and addresses of this machine and seals the keys to it. */
function settle(fresh: string, dir: string, keys: FolderKeys): Restored['pushes'] {
  const lot = relocated(loadLot(fresh).config, fresh, dir)
  const pushes = pushesMoved(
    lot,
    cardsHere().map(({ address }) => address),
  )
  const { intake } = lot
  const config =
    pushes === null || intake === undefined
      ? lot
      : { ...lot, intake: { ...intake, host: pushes.now } }
  writeWhole(join(fresh, 'lot.json'), `${JSON.stringify(config, null, 2)}\n`)
  const place = keyPlaceOf(fresh, config)
  // A certificate folder inside the data folder is sealed at its final place; one outside belongs to the old machine.
  const certDir = place.certDir?.startsWith(dir) === true ? join(fresh, 'keys', 'platform') : null
  putKeys({ ...place, certDir }, keys)
  // Only a live lot reads the sealed key; a demo keeps its key as plain text.
  if (config.mode === 'demo' && certDir !== null && keys.client !== null)
    writeFileSync(join(certDir, 'client.key.pem'), bytesOf(keys.client), { mode: 0o600 })
  return pushes
}

/** Throws RECOVERY-01 to -03, COPY-02 to -04, COPY-12 and LOCK-01; nothing is changed then. */
export function restoreCopy(plan: RestorePlan): Restored {
  const dir = resolve(plan.dir)
  const from = copiesIn(plan.from)
  mustBeFree(dir)
  const { opens, damaged: boxes, ...boxed } = keysAt(from, plan.key)
  const { lotId, nodeId } = boxed
  mustBeOfLot({ ...plan, dir }, lotId, nodeId)
  const fresh = `${dir}.restoring`
  try {
    removePath(fresh, { recursive: true, force: true })
    mkdirSync(dirname(fresh), { recursive: true })
    const opened = openCopy(from, opens, fresh, plan.damaged ? 'damaged' : 'offer')
    const copy = { ...opened, damaged: [...boxes, ...opened.damaged] }
    mustBeNewer({ ...plan, dir }, copy, nodeId)
    const pushes = settle(fresh, dir, readKeys(copy.keys, from))
    claimNext(fresh, { by: plan.by, atIso: isoOf(plan.atMs) })
    plan.begin(fresh, { copy, hadRows: headSeqIn(dir) })
    const isThere = existsSync(dir) && readdirSync(dir).length > 0
    const aside = isThere ? `${dir}.before-${compactOf(plan.atMs)}` : null
    if (aside !== null) renamePath(dir, aside)
    else removePath(dir, { recursive: true, force: true })
    renamePath(fresh, dir)
    return { copy, lotId, nodeId, aside, pushes }
  } catch (error) {
    removePath(fresh, { recursive: true, force: true })
    throw diskFault(error, { file: dir })
  }
}

/** Takes over a whole folder from another machine: seals its keys to this one, which has the lanes from its next start on. */
export function adoptFolder(
  dir: string,
  key: RecoveryKey,
  { by, atMs }: { readonly by: string; readonly atMs: InstantMs },
): void {
  mustBeFree(dir)
  const { config } = loadLot(dir)
  const keys = openBox(join(dir, 'keys', 'recovery.box'), recoveryHalf(dir), key)
  const { lotId, nodeId } = config
  if (keys.lotId !== lotId || keys.nodeId !== nodeId)
    throw new LaneFault('RECOVERY-02', {
      file: dir,
      value: keys.lotId,
      note: t(`这个停车场是 ${lotId}`, `this lot is ${lotId}`),
    })
  putKeys(keyPlaceOf(dir, config), keys)
  claimNext(dir, { by, atIso: isoOf(atMs) })
}
