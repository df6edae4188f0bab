// Figures as people read them, and the state of a feed by what was received and what waits.
import { isoOf } from '../../../firmware-runtime/core/values/instant.ts'
import type { Tone } from '../../../renderer/kit/health.ts'
import { dateTimeOf } from '../../../renderer/kit/words.ts'
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

/** Longer than a quiet hour of a small lot takes between two checkpoints of its heartbeat rows. */
const silentMs = 10 * 60_000

type FeedState = 'stopped' | 'noKeys' | 'never' | 'silent' | 'fresh'
export const feedTones: Readonly<Record<FeedState, Tone>> = {
  stopped: 'bad',
  noKeys: 'bad',
  never: 'off',
  silent: 'warn',
  fresh: 'ok',
}

/** Matters that stop a feed until a person decides. */
const stopping = ['forked', 'aside']

export const heardOf = ({ feeds }: LotRow): number | null =>
  feeds.length === 0 ? null : Math.max(...feeds.map(({ heardMs }) => heardMs))

export function feedState(lot: LotRow, nowMs: number): FeedState {
  if (lot.keysToMs === null || lot.keysToMs < nowMs) return 'noKeys'
  if (lot.matters.some((kind) => stopping.includes(kind))) return 'stopped'
  const heardMs = heardOf(lot)
  if (heardMs === null) return 'never'
  return nowMs - heardMs > silentMs ? 'silent' : 'fresh'
}
