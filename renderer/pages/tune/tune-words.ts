// Texts for the numbers of tuning: a rate with its counts, retries per car, readings, seconds.
// An unknown number is named as unknown, never shown as zero.
import type { TuneFinding } from '#devices/calls/tune-views.ts'
import type { Words } from '../../kit/words.ts'

export const wordGlyph = { better: '✓', worse: '✕', same: '=', tooFew: '○' } as const
export const wordClass = { better: 'ok', worse: 'bad', same: 'quiet', tooFew: 'off' } as const

export function metricText(
  metric: TuneFinding['metric'],
  value: TuneFinding['before'],
  n: number,
  { t }: Words,
): string {
  if (value === null) return t('tune.unknown')
  if (metric === 'rate')
    return t('tune.rate', { percent: Math.round(value * 100), read: Math.round(value * n), n })
  if (metric === 'retries') return t('tune.perCar', { value: value.toFixed(2), n })
  if (metric === 'neighbours') return t('tune.inSec', { value, n })
  return t('tune.seconds', { value: (value / 1_000).toFixed(1), n })
}
