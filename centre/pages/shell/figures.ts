// Figures as people read them, and the state of a feed by what was received and what waits.
import { isoOf } from '#base/pure/values/instant.ts'
import type { Tone } from '#renderer/kit/health.ts'
import { dateTimeOf } from '#renderer/kit/words.ts'
import { heardWithinMs } from '#ledger/pure/centre/level.ts'
import type { LotRow } from '../../desk/calls/lots/views.ts'

const grouped = new Intl.NumberFormat('en')
export const countOf = (count: number): string => grouped.format(count)

export const whenOf = (ms: number): string => dateTimeOf(isoOf(ms))
export const dayOf = (ms: number): string => whenOf(ms).slice(0, 10)

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const
export function sizeOf(bytes: number): string {
  const step = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024))))
  const shown = bytes / 1024 ** step
  return `${step === 0 || shown >= 100 ? Math.round(shown) : shown.toFixed(1)} ${units[step] ?? ''}`
}

/** `¥ 1,234.00`; sums of many lots are long. */
export function moneyOf(fen: number): string {
  const abs = Math.abs(fen)
  return `${fen < 0 ? '-' : ''}¥ ${countOf(Math.floor(abs / 100))}.${String(abs % 100).padStart(2, '0')}`
}

/** `12:31`, or with its day where it is another one than that of now. */
export function clockOf(ms: number, nowMs: number): string {
  const when = whenOf(ms)
  return when.slice(0, 10) === dayOf(nowMs) ? when.slice(11, 16) : when.slice(0, 16)
}

export type FeedState = 'stopped' | 'noKeys' | 'never' | 'silent' | 'behind' | 'fresh'
export const feedTones: Readonly<Record<FeedState, Tone>> = {
  stopped: 'bad',
  noKeys: 'bad',
  never: 'off',
  silent: 'warn',
  behind: 'warn',
  fresh: 'ok',
}

/** Matters that stop a feed, or its figures, until a person decides. */
const stopping = ['forked', 'aside', 'foldStopped']

/** Last rows or heartbeat of a lot; null: none yet. */
export function heardOf({ feeds }: Pick<LotRow, 'feeds'>): number | null {
  const heard = feeds.flatMap(({ heardMs, beatMs }) => [heardMs ?? 0, beatMs ?? 0])
  return Math.max(0, ...heard) || null
}

/** Rows that it has and that are in no figure yet. */
export const toComeOf = ({ feeds }: Pick<LotRow, 'feeds'>): number =>
  feeds.reduce((sum, { toCome, unfolded }) => sum + toCome + unfolded, 0)

export function feedState(lot: LotRow, nowMs: number): FeedState {
  if (lot.keysToMs === null || lot.keysToMs < nowMs) return 'noKeys'
  if (lot.matters.some((kind) => stopping.includes(kind))) return 'stopped'
  const heardMs = heardOf(lot)
  if (heardMs === null) return 'never'
  if (nowMs - heardMs > heardWithinMs) return 'silent'
  return lot.upTo.isLevel ? 'fresh' : 'behind'
}
