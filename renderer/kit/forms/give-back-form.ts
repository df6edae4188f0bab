// Records that the driver has received a refund that no platform carries out, and by which means.
// Cash opens the drawer and is taken off its expected sum.
import { ask } from '../../api/client.ts'
import { actForm } from './act-form.ts'
import { refundMeansField } from './refund-means-field.ts'
import type { Words } from '../words.ts'

interface Refund {
  readonly refundId: string
  readonly amountFen: number
  /** Plate of the car, where the page does not show it already. */
  readonly plate?: string | null
}

/** `stayId`: for a refund that is in no list. */
export const giveBackForm = (
  { t, money, plate: plateOf }: Words,
  { refundId, amountFen, plate }: Refund,
  stayId?: string,
) =>
  actForm({
    title: t('stays.giveBackTitle'),
    reasons: 'refunds',
    says: [
      { text: `${plate === undefined ? '' : `${plateOf(plate)} · `}${money(amountFen)}` },
      { text: t('stays.giveBackWhy'), tone: 'quiet' },
    ],
    fields: { refundMeans: refundMeansField(t) },
    doLabel: t('stays.giveBackDo', { amount: money(amountFen) }),
    call: (values, who) =>
      ask('refunds.given', {
        refundId,
        ...(stayId === undefined ? {} : { stayId }),
        ...values,
        ...who,
      }),
  })
