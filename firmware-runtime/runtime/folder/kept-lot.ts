// A lot that a folder has, changed by the set-up or taken one step back: only while no runtime holds the folder.
// Each change is a version with who and why; the tariff has its own way to change and stays.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { writeWhole } from '../../adapters/files/whole-file.ts'
import { ledgerFiles } from '../../adapters/sqlite/inspect.ts'
import type { KeptLot } from '../../api/setup-views.ts'
import { readStrictJson } from '../../app/strict-json.ts'
import { checkLot } from '../../app/lot/lot-file.ts'
import type { LotFiles } from '../../app/setup/lot-words.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { diskFault } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { canonicalJson } from '../../core/values/json.ts'
import { readText } from '../process/read-file.ts'
import { mustBeFree } from './data-folder.ts'
import { loadLot } from './lot-file.ts'
import { mustBeOfThisLot } from './lot-kind.ts'
import { preparedVersion, versionAt, versionTimes, type LotVersion } from './lot-versions.ts'

export interface Writer {
  readonly by: string
  readonly reason: string
  /** It takes the last step back. */
  readonly isUndo?: true | undefined
}

export const lotFile = (dir: string): string => join(dir, 'lot.json')

export function keptFiles(dir: string): LotFiles | null {
  if (!existsSync(lotFile(dir))) return null
  const { config, tariff } = loadLot(dir)
  return { config, tariff }
}

/** The version that one step back leads to: steps that were taken back are behind it no more. */
export function versionBefore(dir: string, config: LotConfig) {
  const steps: { readonly lot: string; readonly version: LotVersion }[] = []
  for (const atMs of versionTimes(dir)) {
    const version = versionAt(dir, atMs)
    if (version === null) continue
    const lot = canonicalJson(version.lot)
    if (version.isUndo === true && steps.at(-2)?.lot === lot) steps.pop()
    else if (steps.at(-1)?.lot !== lot) steps.push({ lot, version })
  }
  // A file that was edited by hand is a step of its own.
  const isLast = steps.at(-1)?.lot === canonicalJson(config)
  return steps.at(isLast ? -2 : -1)?.version ?? null
}

/** Since when the lot file says what it says: its first version behind the last one of another lot. */
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

/** Nothing was done with the first lot yet: it can be taken back whole. */
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

/** The lot file and its version; nobody runs on it now. Throws LOCK-01. */
export function placeLot(dir: string, config: LotConfig, { by, reason, isUndo }: Writer): void {
  mustBeFree(dir)
  mustBeOfThisLot(dir, config)
  // As its file has it: one of an earlier form is lifted when it is read, and is still that file.
  const file = join(dir, config.tariffFile)
  const tariff = readStrictJson(readText(file), file)
  const made = { by, reason, lot: config, tariff }
  const version = isUndo === true ? { ...made, isUndo } : made
  const placed = preparedVersion(dir, systemWallClock().nowMs(), version)
  try {
    writeWhole(lotFile(dir), `${JSON.stringify(config, null, 2)}\n`)
  } catch (error) {
    throw diskFault(error, { file: dir })
  }
  placed()
}

/** The lot file anew. Throws LOCK-01 while lanes run on it. */
export function replaceLot(dir: string, config: LotConfig, who: Writer): void {
  placeLot(dir, checkLot(config, lotFile(dir)), who)
}

/** The lot as it was before its last change; null: there is none again. Throws LOCK-01 and SETUP-05. */
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
  // The lot file first: without it there is no lot, whatever else is left.
  rmSync(lotFile(dir))
  rmSync(join(dir, config.tariffFile), { force: true })
  return null
}
