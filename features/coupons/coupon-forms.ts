// Forms to issue coupons, to give one for a car inside, and to set the limits of a merchant.
// The runtime refuses what breaks a rule, and names the field.
import type { MerchantsView } from '../../firmware-runtime/api/coupon-views.ts'
import { couponKinds } from '../../firmware-runtime/core/values/rows/coupon-row.ts'
import { ask } from '../../renderer/api/client.ts'
import { actForm } from '../../renderer/kit/act-form.ts'
import type { Words } from '../../renderer/kit/words.ts'

/** Fields of every coupon; of the three values only the one of its kind is shown. */
const couponFields = ({ t }: Words) =>
  ({
    merchant: { kind: 'text', label: t('coupons.merchant'), max: 40, wide: true },
    kind: {
      kind: 'enum',
      label: t('coupons.kind'),
      start: 'amount',
      choices: couponKinds.map((value) => ({ value, word: t(`coupons.kindOf.${value}`) })),
    },
    amount: { kind: 'fen', label: t('coupons.value.amount'), min: 1, as: 'value' },
    time: { kind: 'integer', label: t('coupons.value.time'), min: 1, as: 'value' },
    percent: { kind: 'integer', label: t('coupons.value.percent'), min: 1, max: 100, as: 'value' },
  }) as const
const ofKind = {
  amount: ({ kind }: { kind: string | null }) => kind === 'amount',
  time: ({ kind }: { kind: string | null }) => kind === 'time',
  percent: ({ kind }: { kind: string | null }) => kind === 'percent',
}
const frame = { reasons: 'coupons', usual: 0, columns: 2, test: 'coupon-form' } as const

export const issueForm = (words: Words, todayIso: string, saved: (count: number) => unknown) =>
  actForm({
    ...frame,
    title: words.t('coupons.issueTitle'),
    fields: {
      ...couponFields(words),
      count: { kind: 'integer', label: words.t('coupons.howMany'), start: 10, min: 1, max: 999 },
      from: { kind: 'day', label: words.t('coupons.from'), start: todayIso },
      until: { kind: 'day', label: words.t('coupons.until'), start: todayIso },
    },
    only: ofKind,
    doLabel: ({ count }) => words.t('coupons.issueDo', { count: count ?? 0 }),
    async call({ amount, time, percent, ...coupon }, who) {
      const value = amount ?? time ?? percent ?? 0
      const reply = await ask('coupons.issue', { ...coupon, value, ...who })
      if (reply.ok) saved(coupon.count)
      return reply
    },
  })

/** Issues one coupon and gives it to a car inside, in one act. */
export const validateForm = (words: Words, saved: (count: number) => unknown) =>
  actForm({
    ...frame,
    title: words.t('coupons.validateTitle'),
    says: [{ text: words.t('coupons.validateWhy'), tone: 'quiet' }],
    fields: {
      plate: { kind: 'plate', label: words.t('coupons.plate'), max: 32, wide: true },
      ...couponFields(words),
    },
    only: ofKind,
    doLabel: words.t('coupons.validate'),
    async call({ amount, time, percent, ...coupon }, who) {
      const value = amount ?? time ?? percent ?? 0
      const reply = await ask('coupons.validate', { ...coupon, value, ...who })
      if (reply.ok) saved(0)
      return reply
    },
  })

export type Merchant = Pick<MerchantsView['rows'][number], 'name' | 'limits'>
/** An empty field means no limit. */
export function limitForm({ t }: Words, { name, limits }: Merchant, saved: () => Promise<unknown>) {
  const most = (member: 'dayCount' | 'monthCount' | 'dayFen' | 'monthFen') =>
    ({ label: t(`coupons.${member}`), start: limits?.[member] ?? null, optional: true }) as const
  return actForm({
    title: t('coupons.limitTitle'),
    reasons: 'coupons',
    usual: 0,
    test: 'limit-form',
    fields: {
      merchant: { kind: 'text', label: t('coupons.merchant'), start: name, max: 40 },
      dayCount: { kind: 'integer', ...most('dayCount') },
      monthCount: { kind: 'integer', ...most('monthCount') },
      dayFen: { kind: 'fen', ...most('dayFen') },
      monthFen: { kind: 'fen', ...most('monthFen'), hint: t('coupons.limitWhy') },
    },
    doLabel: t('coupons.limitDo'),
    async call(values, who) {
      const reply = await ask('merchants.limit', { ...values, ...who })
      if (reply.ok) await saved()
      return reply
    },
  })
}
