// De-duplication of plate readings: by device and record id, then by plate within a window.
// Every camera family can repeat an event (lane-devices.md section 0); one state per lane.
import type { PlateRead } from '../lane/plate-read.ts'

interface DedupConfig {
  /** A plate read again within this time of its last reading is the same car. */
  readonly plateWindowMs: number
  /** How long a record id is remembered: offline re-pushes come hours later. */
  readonly recordMemoryMs: number
  readonly entriesMax: number
}

export const standardDedup: DedupConfig = {
  plateWindowMs: 8_000,
  recordMemoryMs: 86_400_000,
  entriesMax: 1_024,
}

interface Seen {
  readonly key: string
  readonly atMs: number
}

/** Oldest first, at most `entriesMax` each. */
export interface DedupState {
  readonly records: readonly Seen[]
  readonly plates: readonly Seen[]
}

export const emptyDedup: DedupState = { records: [], plates: [] }

export type DedupVerdict = 'new' | 'sameRecord' | 'samePlate'

/** Key sets of the newest lists; for a list without one the keys are collected again. */
const keysOf = new WeakMap<readonly Seen[], Set<string>>()

function hasKey(list: readonly Seen[], key: string): boolean {
  const known = keysOf.get(list)
  if (known !== undefined) return known.has(key)
  const keys = new Set(list.map((seen) => seen.key))
  keysOf.set(list, keys)
  return keys.has(key)
}

/** Moves the key set to the newest list; only that list has it. */
function handOver(from: readonly Seen[], to: readonly Seen[], gone: readonly Seen[]): Set<string> {
  const keys = keysOf.get(from) ?? new Set(from.map((seen) => seen.key))
  keysOf.delete(from)
  for (const { key } of gone) keys.delete(key)
  keysOf.set(to, keys)
  return keys
}

/** `known`: the list has the key already. */
function remember(list: readonly Seen[], seen: Seen, known: boolean, max: number): readonly Seen[] {
  const others = known ? list.filter(({ key }) => key !== seen.key) : list
  const from = Math.max(0, others.length + 1 - max)
  const next = others.slice(from)
  next.push(seen)
  handOver(list, next, others.slice(0, from)).add(seen.key)
  return next
}

/** Removes old entries. Oldest first, but a clock may have been set back, so each entry is checked. */
function fresh(list: readonly Seen[], atMs: number, forMs: number): readonly Seen[] {
  if (list[0] === undefined || atMs - list[0].atMs <= forMs) return list
  const isOld = ({ atMs: seenMs }: Seen): boolean => atMs - seenMs > forMs
  const count = list.findIndex((seen) => !isOld(seen))
  const oldest = count < 0 ? list.length : count
  const rest = list.slice(oldest)
  const late = rest.filter(isOld)
  const next = late.length === 0 ? rest : rest.filter((seen) => !isOld(seen))
  handOver(list, next, [...list.slice(0, oldest), ...late])
  return next
}

/**
 * Judges one reading. `atMs`: receive time by a clock that moves with the cars: monotonic time on a live site, business
 * time in a replay, where hours pass in seconds. A car in front of the camera is read again and again, so each repeat
 * restarts the window. A history reading is neither suppressed by a live plate, nor suppresses one. An unread plate
 * never equals another one.
 */
export function judgeRead(
  config: DedupConfig,
  state: DedupState,
  read: PlateRead,
  atMs: number,
): { readonly state: DedupState; readonly verdict: DedupVerdict } {
  let records = fresh(state.records, atMs, config.recordMemoryMs)
  let plates = fresh(state.plates, atMs, config.plateWindowMs)
  const recordKey = read.recordId === '' ? null : `${read.deviceId}|${read.recordId}`
  const plateKey = read.history ? null : read.plate
  const sameRecord = recordKey !== null && hasKey(records, recordKey)
  const samePlate = plateKey !== null && hasKey(plates, plateKey)
  const { entriesMax } = config
  if (recordKey !== null)
    records = remember(records, { key: recordKey, atMs }, sameRecord, entriesMax)
  // A repeated record says nothing about where the car is now, so it does not restart the window.
  if (plateKey !== null && !sameRecord) {
    plates = remember(plates, { key: plateKey, atMs }, samePlate, entriesMax)
  }
  const verdict = sameRecord ? 'sameRecord' : samePlate ? 'samePlate' : 'new'
  return { state: { records, plates }, verdict }
}
