// Changes the lot of a folder by the set-up, or takes the last change back; only while no runtime holds the folder.
// Each change is stored as a version with author and reason; the tariff is changed elsewhere and stays.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import type { KeptLot } from '../../calls/setup-views.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { checkLot } from '../../lot/files/lot-file.ts'
import type { LotFiles } from '../setup/lot-words.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { readText } from '#base/process/read-file.ts'
import { mustBeFree } from '../../folder/data-folder.ts'
import { loadLot } from '../../folder/lot-file.ts'
import { mustBeOfThisLot } from '../../folder/lot-kind.ts'
import { preparedVersion, versionAt, versionTimes, type LotVersion } from './lot-versions.ts'
import { removePath } from '#base/files/held-path.ts'

export interface Writer {
  readonly by: string
  readonly reason: string
  /** True when this change takes the last step back. */
  readonly isUndo?: true | undefined
}

export const lotFile = (dir: string): string => join(dir, 'lot.json')

export function keptFiles(dir: string): LotFiles | null {
  if (!existsSync(lotFile(dir))) return null
  const { config, tariff } = loadLot(dir)
  return { config, tariff }
}

/** The version that an undo leads to; steps that were undone are skipped. */
export function versionBefore(dir: string, config: LotConfig) {
  const steps: { readonly lot: string; readonly version: LotVersion }[] = []
  for (const atMs of versionTimes(dir)) {
    const version = versionAt(dir, atMs)
    if (version === null) continue
    const lot = canonicalJson(version.lot)
    if (version.isUndo === true && steps.at(-2)?.lot === lot) steps.pop()
    else if (steps.at(-1)?.lot !== lot) steps.push({ lot, version })
  }
  // An edit by hand counts as a step.
  const isLast = steps.at(-1)?.lot === canonicalJson(config)
  return steps.at(isLast ? -2 : -1)?.version ?? null
}

/** Since when lot.json has its present content: the first of the newest versions equal to it; null when none is. */
export function lotSince(dir: string, config: LotConfig): string | null {
  const now = canonicalJson(config)
  let since: string | null = null
  for (const atMs of versionTimes(dir).toReversed()) {
    const version = versionAt(dir, atMs)
    if (version === null || canonicalJson(version.lot) !== now) break
    since = version.atIso
  }
  return since
}

/** True while the first lot has no ledger: the lot can then be removed as a whole. */
const isUnused = (dir: string): boolean =>
  versionTimes(dir).length > 0 && !existsSync(ledgerFiles(dir).db)

export function keptLot(dir: string): KeptLot | null {
  const files = keptFiles(dir)
  if (files === null) return null
  const last = versionAt(dir, systemWallClock().nowMs())
  const before = versionBefore(dir, files.config)
  return {
    name: files.config.name,
    atIso: last?.atIso ?? null,
    by: last?.by ?? null,
    backTo: before?.atIso ?? null,
    canUndo: before !== null || isUnused(dir),
  }
}

/** Writes lot.json and its version. Throws LOCK-01 while a runtime holds the folder. */
export function placeLot(dir: string, config: LotConfig, { by, reason, isUndo }: Writer): void {
  mustBeFree(dir)
  mustBeOfThisLot(dir, config)
  // The tariff as in its file: reading a tariff of an earlier form upgrades it in memory only.
  const file = join(dir, config.tariffFile)
  const tariff = readStrictJson(readText(file), file)
  const made = { by, reason, lot: config, tariff }
  const version = isUndo === true ? { ...made, isUndo } : made
  const placed = preparedVersion(dir, systemWallClock().nowMs(), version)
  orDiskFault({ file: dir }, () => writeWhole(lotFile(dir), `${JSON.stringify(config, null, 2)}\n`))
  placed()
}

/** Checks and writes lot.json. Throws LOCK-01 while lanes run on it. */
export function replaceLot(dir: string, config: LotConfig, who: Writer): void {
  placeLot(dir, checkLot(config, lotFile(dir)), who)
}

/** Restores the lot before its last change; null when the first lot was removed. Throws LOCK-01 and SETUP-05. */
export function undoLot(dir: string, who: Writer): LotFiles | null {
  mustBeFree(dir)
  const { config, tariff } = loadLot(dir)
  const before = versionBefore(dir, config)
  if (before !== null) {
    const lot = checkLot(before.lot, lotFile(dir))
    placeLot(dir, lot, { ...who, isUndo: true })
    return { config: lot, tariff }
  }
  if (!isUnused(dir)) throw new LaneFault('SETUP-05', { file: lotFile(dir) })
  // lot.json goes first: without it there is no lot, also when the other files remain.
  removePath(lotFile(dir))
  removePath(join(dir, config.tariffFile), { force: true })
  return null
}
