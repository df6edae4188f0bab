// When a disk will be full, from one look at its free space a day. The days are running time, so a clock that is set
// makes no day. The rate is the median over all pairs of looks (Theil-Sen): one large file copied there, or one
// weekend, does not count as growth, and a report that is written once a week does.
import type { Why } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs } from '#base/pure/values/instant.ts'

/** One look at the free space. */
export interface RoomLook {
  /** Running time since the first row of the ledger. */
  readonly livedMs: number
  readonly freeMb: number
}

/** Six weeks; older looks are dropped. */
const roomLooksMax = 42
/** Looks before which nothing is foreseen: three days. */
const looksMin = 4
/** Told from here on, so that thirty days are left when the rate is wrong by a third. */
export const fullSoonDays = 45
/** Somebody made room: more is free than at any look of the window, by at least this. */
const roomMadeMb = 1_024

export const isLookDue = (looks: readonly RoomLook[], livedMs: number): boolean =>
  livedMs - (looks.at(-1)?.livedMs ?? 0) >= dayMs

/** The looks with the next one. Room that somebody made begins them anew. */
export function withLook(looks: readonly RoomLook[], look: RoomLook): readonly RoomLook[] {
  const highest = Math.max(...looks.map(({ freeMb }) => freeMb))
  const isMade = looks.length > 0 && look.freeMb >= highest + roomMadeMb
  return isMade ? [look] : [...looks, look].slice(-roomLooksMax)
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

/** MB that a day takes; null: too few looks. Negative where room is gained. */
function mbADayOf(looks: readonly RoomLook[]): number | null {
  if (looks.length < looksMin) return null
  const rates = looks.flatMap((late, at) =>
    looks
      .slice(0, at)
      .filter((early) => early.livedMs < late.livedMs)
      .map((early) => ((early.freeMb - late.freeMb) * dayMs) / (late.livedMs - early.livedMs)),
  )
  return medianOf(rates)
}

/** The looks, and what a day takes by them: reckoned once a look, since upkeep asks every minute. */
export interface RoomTrend {
  readonly looks: readonly RoomLook[]
  /** MB; null: too few looks. Negative where room is gained. */
  readonly mbADay: number | null
}

export const trendOf = (looks: readonly RoomLook[]): RoomTrend => ({
  looks,
  mbADay: mbADayOf(looks),
})

/**
 * Whole days until only `leastMb` are free, at the rate of the last weeks; null: not within six weeks, not foreseen, or
 * there already.
 */
export function daysUntilFull(
  { mbADay }: RoomTrend,
  freeMb: number | null,
  leastMb: number,
): number | null {
  if (freeMb === null || freeMb < leastMb || mbADay === null || mbADay <= 0) return null
  const days = Math.floor((freeMb - leastMb) / mbADay)
  return days <= fullSoonDays ? days : null
}

/** Linux names FAT by this number (MSDOS_SUPER_MAGIC); Windows names no file system. */
const fatType = 0x4d_44
const fatFileMb = 4_095

/** What is left for whole copies, each a file as large as the ledger. `onFat`: the largest file of FAT32 ends it first. */
export interface CopyRoom {
  readonly freeMb: number
  readonly onFat?: true
}

export function copyRoom(type: number, freeMb: number, ledgerMb: number): CopyRoom {
  const leftMb = Math.max(0, fatFileMb - ledgerMb)
  return type === fatType && leftMb < freeMb ? { freeMb: leftMb, onFat: true } : { freeMb }
}

export const fatNote = (days: number): Why =>
  t(
    `大约 ${days} 天后账本到 4 GB,FAT32 的盘装不下:换一个 exFAT 或 NTFS 的盘`,
    `in about ${days} ${days === 1 ? 'day' : 'days'} the ledger has 4 GB, more than a file on FAT32: use a disk with exFAT or NTFS`,
  )

export const fullNote = (days: number): Why =>
  t(`大约 ${days} 天后`, `in about ${days} ${days === 1 ? 'day' : 'days'}`)
