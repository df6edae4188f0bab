// Settings of a lot confirmed while its lanes run: stored in lot.waiting.json until the lanes are opened on them.
// The file is taken over whole; when the lanes do not open on it, the former lot is restored and the file stores the
// fault.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import type { WaitingLot } from '../../calls/setup-views.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import { checkLot } from '../../lot/files/lot-file.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import type { LotFiles } from '../setup/lot-words.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { isFaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { mustBeFree } from '../../folder/data-folder.ts'
import { keptFiles, lotFile, placeLot, versionBefore, type Writer } from './kept-lot.ts'
import { keepAsItIs, versionAt } from './lot-versions.ts'
import { loadLot } from '../../folder/lot-file.ts'
import { mustBeOfThisLot } from '../../folder/lot-kind.ts'
import { readText } from '#base/process/read-file.ts'
import { removePath } from '#base/files/held-path.ts'

const text = z.string()
const waitingSchema = z.strictObject({
  savedAtIso: text,
  by: text,
  reason: text,
  /** SHA-256 of the lot that the change was shown against, hex. */
  over: text,
  lot: z.unknown(),
  isUndo: z.literal(true).optional(),
  refused: z
    .strictObject({
      code: text,
      file: text.optional(),
      field: text.optional(),
      value: text.optional(),
      note: z.union([text, z.strictObject({ zh: text, en: text })]).optional(),
      todo: text.optional(),
    })
    .nullable(),
})
type Waiting = z.infer<typeof waitingSchema>

export const waitingName = 'lot.waiting.json'
const waitingFile = (dir: string): string => join(dir, waitingName)
const digestOf = (lot: unknown): string =>
  createHash('sha256').update(canonicalJson(lot)).digest('hex')

function read(dir: string): Waiting | null {
  const file = waitingFile(dir)
  if (!existsSync(file)) return null
  const parsed = waitingSchema.safeParse(readStrictJson(readText(file), file))
  if (parsed.success) return parsed.data
  throw new LaneFault('FILE-02', { file, note: issueWhy(parsed.error.issues[0]) })
}

function write(dir: string, waiting: Waiting): void {
  orDiskFault({ file: waitingFile(dir) }, () =>
    writeWhole(waitingFile(dir), `${JSON.stringify(waiting, null, 2)}\n`),
  )
}

/** Stores a lot for the next start. A lot equal to the present one removes the waiting file instead. */
export function keepWaiting(dir: string, config: LotConfig, who: Writer): void {
  const lot = checkLot(config, lotFile(dir))
  mustBeOfThisLot(dir, lot)
  const { config: now } = loadLot(dir)
  if (canonicalJson(now) === canonicalJson(lot)) {
    dropWaiting(dir)
    return
  }
  const savedAtIso = isoOf(systemWallClock().nowMs())
  const { by, reason, isUndo } = who
  const waiting = { savedAtIso, by, reason, over: digestOf(now), lot, refused: null }
  write(dir, isUndo === true ? { ...waiting, isUndo } : waiting)
}

/** Stores the lot before its last change as the waiting lot. Throws SETUP-05 when there was no change. */
export function keepBefore(dir: string, who: Writer): LotFiles {
  const { config, tariff } = loadLot(dir)
  const before = versionBefore(dir, config)
  if (before === null) throw new LaneFault('SETUP-05', { file: lotFile(dir) })
  const lot = checkLot(before.lot, lotFile(dir))
  keepWaiting(dir, lot, { ...who, isUndo: true })
  return { config: lot, tariff }
}

/** Removes the waiting file; false when it did not exist. */
export function dropWaiting(dir: string): boolean {
  const isThere = existsSync(waitingFile(dir))
  removePath(waitingFile(dir), { force: true })
  return isThere
}

const faultOf = ({ refused }: Waiting): LaneFault | null => {
  if (refused === null) return null
  const { code, ...detail } = refused
  return new LaneFault(isFaultCode(code) ? code : 'FILE-02', detail as LaneFault['detail'])
}

/** The waiting lot with its refusal, or null. An unreadable file is shown as a refused one. */
export function waitingLot(dir: string): WaitingLot | null {
  try {
    const waiting = read(dir)
    if (waiting === null) return null
    const fault = faultOf(waiting)
    const { savedAtIso, by } = waiting
    return { savedAtIso, by, refused: fault === null ? null : apiErrorOf(fault) }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { savedAtIso: null, by: '', refused: apiErrorOf(error) }
  }
}

function refuse(dir: string, waiting: Waiting, { code, detail }: LaneFault): void {
  write(dir, { ...waiting, refused: { code, ...detail } })
}

/** Whether this program reads the waiting file and its lot. */
export const isWaitingRead = (dir: string): boolean =>
  orIfFault(() => {
    checkLot(read(dir)?.lot, waitingFile(dir))
    return true
  }, false)

/** The waiting lot that can be taken over; null when the file is missing, refused or unreadable. */
const takeable = (dir: string): Waiting | null =>
  orIfFault(() => {
    const waiting = read(dir)
    return waiting?.refused === null ? waiting : null
  }, null)

export function waitsFor(dir: string, config: LotConfig): boolean {
  const waiting = takeable(dir)
  return waiting !== null && canonicalJson(waiting.lot) === canonicalJson(config)
}

/** The files of the lot after the next start: the waiting lot, else the present one; null without a lot. */
export function filesToBe(dir: string): LotFiles | null {
  const waiting = takeable(dir)
  const files = keptFiles(dir)
  if (waiting === null || files === null) return files
  return { config: checkLot(waiting.lot, waitingFile(dir)), tariff: files.tariff }
}

/** Each step can be repeated after a power cut. */
function place(dir: string, waiting: Waiting): void {
  const { config } = loadLot(dir)
  const lot = checkLot(waiting.lot, waitingFile(dir))
  const isThere = canonicalJson(config) === canonicalJson(lot)
  if (!isThere && digestOf(config) !== waiting.over)
    throw new LaneFault('SETUP-03', { file: lotFile(dir) })
  const nowMs = systemWallClock().nowMs()
  // Stores the present lot as the version that an undo leads to.
  if (!isThere) keepAsItIs(dir, config, nowMs)
  const isKept = isThere && canonicalJson(versionAt(dir, nowMs)?.lot) === canonicalJson(lot)
  if (!isKept) placeLot(dir, lot, waiting)
}

/**
 * Makes the waiting lot the lot file and a version; true when it did. The caller undoes that with `putBack` when the
 * lanes do not open. A refused takeover stores the fault and leaves the lot as it is. Throws LOCK-01 while lanes run.
 */
export function takeWaiting(dir: string): boolean {
  const waiting = takeable(dir)
  if (waiting === null) return false
  mustBeFree(dir)
  try {
    place(dir, waiting)
    return true
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    refuse(dir, waiting, error)
    return false
  }
}

/**
 * Restores the former lot after the lanes did not open on the waiting one, and stores the fault in the waiting file.
 */
export function putBack(dir: string, fault: LaneFault): void {
  const waiting = takeable(dir)
  const { config } = loadLot(dir)
  const before = versionBefore(dir, config)
  if (before !== null)
    placeLot(dir, checkLot(before.lot, lotFile(dir)), {
      by: 'etc-lane',
      reason: fault.message,
      isUndo: true,
    })
  if (waiting !== null) refuse(dir, waiting, fault)
}
