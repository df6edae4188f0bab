// By which means money is given back to a driver: asked in one way wherever a person says that it was.
// Nothing is chosen at first: cash comes off the drawer.
import { refundMeans } from '../../firmware-runtime/core/values/refund-means.ts'
import type { Words } from './words.ts'

export const refundMeansField = (t: Words['t']) =>
  ({
    kind: 'radio',
    label: t('stays.giveBackBy'),
    choices: refundMeans.map((value) => ({ value, word: t(`stays.backBy.${value}`) })),
    as: 'refund-means',
  }) as const
