// The field for the means by which money was given back to a driver, the same in every form.
// Nothing is chosen at first, because cash is taken off the drawer's expected sum.
import { refundMeans } from '#base/pure/values/refund-means.ts'
import type { Words } from '../words.ts'

export const refundMeansField = (t: Words['t']) =>
  ({
    kind: 'radio',
    label: t('stays.giveBackBy'),
    choices: refundMeans.map((value) => ({ value, word: t(`stays.backBy.${value}`) })),
    as: 'refund-means',
  }) as const
