// Figures that several items of the acceptance have alike: each is declared once, here, for the items and for the table of their rules.
import { t } from '../words/fault-text.ts'

/** The limit of 10.3.2.2 is printed; by what part of how many samples it is judged is assumed. */
export const responseThresholds = (withinSec: number) =>
  ({
    within: {
      words: t('时限', 'within'),
      value: withinSec,
      unit: 's',
      basis: 'printed',
      min: 0.01,
      max: 3_600,
    },
    share: { words: t('比例', 'share'), value: 95, unit: '%', basis: 'assumed', min: 50, max: 100 },
    samplesMin: {
      words: t('至少样本', 'samples at least'),
      value: 100,
      unit: 'count',
      basis: 'assumed',
      min: 1,
      max: 1_000_000,
    },
  }) as const

/** Table G.1 names no time: a record that is without an answer for longer than this is not uploaded yet. */
export const answeredThresholds = {
  answered: {
    words: t('应有答复', 'answered within'),
    value: 60,
    unit: 's',
    basis: 'assumed',
    min: 1,
    max: 86_400,
  },
} as const
