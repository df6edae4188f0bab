// The way back after a version was taken back: what the newer program left in the folder that this one cannot read. Its
// ledger becomes one of this program with the same rows, its lot file the last version that this program reads. Both are kept
// aside. Once for each taking back, and for no other newer ledger: that stays LEDGER-01.
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { longStart } from '#base/service/sd-notify.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { renamePath } from '#base/files/held-path.ts'
import { syncFile } from '#base/files/sync-folder.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { migrations, newestVersion } from '#ledger/sqlite/migrations/index.ts'
import {
  isBetween,
  newerAside,
  rowsBy,
  schemaHere,
  toOlderLedger,
  unknownRows,
} from '#ledger/sqlite/older-ledger.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import { codedFault } from '#base/process/api-fault.ts'
import { checkLot, readLot } from '#lane/lot/files/lot-file.ts'
import { readTariff } from '#lane/lot/files/tariff-file.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { type FaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { UpdateEnd } from '../pure/update/slots.ts'
import { rowWords } from '#base/pure/words/row-words.ts'
import { claimFolder, readChainKey } from '#lane/folder/data-folder.ts'
import { versionAt, versionTimes } from '#lane/desk/folder/lot-versions.ts'
import { isWaitingRead, waitingName } from '#lane/desk/folder/waiting-lot.ts'
import { readText } from '#base/process/read-file.ts'
import { version as ownVersion } from '#base/process/version.ts'

const endSchema = z.object({
  from: z.string(),
  to: z.string(),
  is: z.literal('takenBack'),
  why: z.enum(['crashed', 'start', 'selfTest', 'write', 'car', 'missing', 'person']).nullable(),
  note: z.string(),
  atIso: z.string(),
  rows: z.number(),
}) satisfies z.ZodType<UpdateEnd>

/** `DIR/update/way-back.json`: what was done for one taking back; no file, or another one: nothing yet. */
const doneSchema = z.object({
  format: z.literal(1),
  atIso: z.string(),
  /** Rows of the version that was taken back. */
  rows: z.number(),
  /** Rows that this program does not know; they stay in the chain. */
  unknown: z.array(z.object({ seq: z.number(), kind: z.string() })),
  /** Files of the folder that got their last readable version, or were put aside. */
  files: z.array(z.string()),
})
type Done = z.infer<typeof doneSchema>

const kept = <T>(file: string, schema: z.ZodType<T>, member: string | null): T | null => {
  if (!existsSync(file)) return null
  try {
    const value = readStrictJson(readText(file), file)
    const of =
      member === null ? value : (value as Readonly<Record<string, unknown>> | null)?.[member]
    return schema.safeParse(of).data ?? null
  } catch (error) {
    if (error instanceof LaneFault) return null
    throw error
  }
}

const doneFile = (dir: string): string => join(dir, 'update', 'way-back.json')

const keep = (dir: string, done: Done): void =>
  orDiskFault({ file: doneFile(dir) }, () =>
    writeWhole(doneFile(dir), `${JSON.stringify(done, null, 2)}\n`),
  )

/** True when this program reads the text; other faults than those of its content are thrown. */
function isRead(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof LaneFault && /^(?:LOT|TARIFF)-/.test(error.code)) return false
    throw error
  }
}

/** Keeps the file of the newer program aside, and puts `value` in its place. */
function putBack(dir: string, name: string, value: unknown, from: string): void {
  const file = join(dir, name)
  const aside = newerAside(file, from)
  orDiskFault({ file }, () => {
    copyFileSync(file, aside)
    syncFile(aside)
    writeWhole(file, `${JSON.stringify(value, null, 2)}\n`)
  })
}

/** Settings that wait for empty lanes, in a form of the newer program: they were never in force. */
function waitingAside(dir: string, { from }: UpdateEnd): void {
  const file = join(dir, waitingName)
  if (!existsSync(file) || isWaitingRead(dir)) return
  orDiskFault({ file }, () => renamePath(file, newerAside(file, from)))
}

const textOf = (value: unknown): string => JSON.stringify(value)

/** Replaces lot file and tariff where this program cannot read them and a version of before is there. */
function filesBack(dir: string, { from }: UpdateEnd): void {
  const lotFile = join(dir, 'lot.json')
  const versions = versionTimes(dir)
    .toReversed()
    .flatMap((atMs) => orIfFault(() => versionAt(dir, atMs), null) ?? [])
  if (!isRead(() => readLot(readText(lotFile), lotFile))) {
    const last = versions.find(({ lot }) => isRead(() => checkLot(lot, lotFile)))
    if (last === undefined) return
    putBack(dir, 'lot.json', last.lot, from)
  }
  const { tariffFile } = readLot(readText(lotFile), lotFile)
  const file = join(dir, tariffFile)
  if (!existsSync(file) || isRead(() => readTariff(readText(file), file))) return
  const last = versions.find(({ tariff }) => isRead(() => readTariff(textOf(tariff), file)))
  if (last !== undefined) putBack(dir, tariffFile, last.tariff, from)
}

interface RowLike {
  readonly kind: string
  readonly bodyText: string
}

const isKnown = ({ kind, bodyText }: RowLike): boolean => {
  if (!Object.hasOwn(rowWords, kind)) return false
  if (kind !== 'event') return true
  const { type } = JSON.parse(bodyText) as { readonly type?: unknown }
  return typeof type === 'string' && Object.hasOwn(rowWords, type)
}

/** Carries a ledger of a newer schema over. */
function ledgerBack(dir: string, nodeId: string, { from, to }: UpdateEnd): void {
  const between = isBetween(dir)
  const isNewer = (schemaHere(dir) ?? 0) > newestVersion(migrations)
  if (!between && !isNewer) return
  // Written by a third program since: that is no taking back.
  const isOurs = between || [from, to].some((one) => (rowsBy(dir, nodeId, one) ?? 1) > 0)
  if (!isOurs) return
  longStart(process.env)
  const crypto = openGmCrypto()
  const chainKey = readChainKey(dir)
  toOlderLedger({ dir, nodeId, chainKey, crypto, newer: from, migrations })
}

/** What was done, from what lies in the folder: a start that was killed half way changes nothing of it. */
function doneIn(dir: string, { nodeId, tariffFile }: LotConfig, end: UpdateEnd): Done {
  const isAside = (file: string): boolean => existsSync(newerAside(join(dir, file), end.from))
  const isBack = isAside('ledger.db')
  return {
    format: 1,
    atIso: end.atIso,
    rows: end.rows > 0 ? end.rows : (rowsBy(dir, nodeId, end.from) ?? 0),
    unknown: isBack ? [...unknownRows({ dir, nodeId, migrations }, isKnown)] : [],
    files: ['lot.json', tariffFile, waitingName].filter(isAside),
  }
}

/**
 * Before the lot of the folder is opened. Null: this program did not come back by a taking back. Throws LOCK-01, DATA-01,
 * DATA-02, and LEDGER codes when the newer ledger cannot be carried over: it then stays as it is.
 */
export function goWayBack(dir: string, own = ownVersion): Done | null {
  const end = kept(join(dir, 'update', 'slots.json'), endSchema, 'last')
  if (end === null || end.to !== own) return null
  const before = kept(doneFile(dir), doneSchema, null)
  if (before?.atIso === end.atIso) return before
  const folder = claimFolder(dir)
  try {
    const lotFile = join(dir, 'lot.json')
    if (!existsSync(lotFile)) return null
    filesBack(dir, end)
    waitingAside(dir, end)
    const config = readLot(readText(lotFile), lotFile)
    // Without a ledger nothing can come back yet; the start says what is missing.
    if (!isBetween(dir) && schemaHere(dir) === null) return null
    ledgerBack(dir, config.nodeId, end)
    const done = doneIn(dir, config, end)
    keep(dir, done)
    return done
  } finally {
    folder.release()
  }
}

/** What waits for a person until another update has ended; the taking back itself is a matter (runtime/inbox/update.ts). */
export function wentBackNotices({
  unknown,
  files,
}: Done): readonly (CodedFault & { readonly code: FaultCode })[] {
  return [
    ...(unknown.length === 0
      ? []
      : [codedFault<FaultCode>('UPDATE-16', `${unknown.length}: ${unknown[0]?.seq ?? ''}`)]),
    ...(files.length === 0 ? [] : [codedFault<FaultCode>('UPDATE-17', files.join(' '))]),
  ]
}
