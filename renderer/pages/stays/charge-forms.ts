// Forms that end a charge: with what a person found out, or because the clearing side got its record another way.
// Nothing is chosen at first; the button says what will be booked.
import type { NotUploadedView, OpenChargeView } from '#lane/calls/stays-views.ts'
import { ask } from '../../api/client.ts'
import { actForm } from '../../kit/forms/act-form.ts'
import type { Words } from '../../kit/words.ts'

const answers = ['paid', 'notPaid'] as const

export const settleForm = ({ t, money, plate }: Words, charge: OpenChargeView) =>
  actForm({
    title: t('stays.settleTitle'),
    reasons: 'charges',
    says: [
      { text: `${plate(charge.plate)} · ${money(charge.amountFen)}` },
      { text: t('stays.settleWhy'), tone: 'quiet' },
    ],
    fields: {
      found: {
        kind: 'radio',
        label: t('stays.found.legend'),
        need: t('stays.found.need'),
        choices: answers.map((value) => ({ value, word: t(`stays.found.${value}`) })),
      },
    },
    doLabel: ({ found }) =>
      found === null
        ? t('stays.settleAny')
        : t(`stays.settleDo.${found}`, { amount: money(charge.amountFen) }),
    call: (values, who) =>
      ask('charges.settle', { deductionId: charge.deductionId, ...values, ...who }),
  })

export const bookForm = (
  { t, money, dateTime }: Words,
  { deductionId, cardNo, paidAtIso, amountFen }: NotUploadedView,
) =>
  actForm({
    title: t('stays.bookTitle'),
    reasons: 'charges',
    says: [
      { text: `${cardNo ?? deductionId} · ${dateTime(paidAtIso)} · ${money(amountFen)}` },
      { text: t('stays.bookWhy'), tone: 'quiet' },
    ],
    fields: {},
    doLabel: t('stays.bookDo', { amount: money(amountFen) }),
    call: (_, who) => ask('charges.settle', { deductionId, found: 'booked', ...who }),
  })
