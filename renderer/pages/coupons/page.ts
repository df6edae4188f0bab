// The page /coupons.
import { t } from '#base/pure/words/fault-text.ts'
import type { Coupon } from '#base/pure/rows/coupon-row.ts'
import type { Page } from '../../kit/page.ts'
import type { Words } from '../../kit/words.ts'

/** What a coupon takes off. */
export const offOf = ({ kind, value }: Pick<Coupon, 'kind' | 'value'>, { t: said, money }: Words) =>
  said(`coupons.off.${kind}`, { value: kind === 'amount' ? money(value) : value })

export const page = {
  path: '/coupons',
  place: 'money',
  order: 100,
  title: t('优惠券与欠费', 'Coupons, arrears'),
  also: t('折扣 减免 商户', 'Discounts merchants'),
  reads: 'coupons.list',
  list: {
    // Codes are shortened, so two rows may show the same one: rows have no keys.
    search: t('查找编码、商户或车牌', 'Find a code, merchant or plate'),
    empty: {
      title: t('还没有优惠券', 'No coupons yet'),
      why: t(
        '发给商户后,一张券只抵一次;没抵到金额的券和全额退款的券可以再用。',
        'Once issued to merchants, each coupon can be used once. A coupon that deducted nothing, or whose payment was fully refunded, can be used again.',
      ),
    },
    columns: [
      ['code', t('编码', 'Code'), ({ coupon }) => coupon.code],
      ['merchant', t('商户', 'Merchant'), ({ coupon }) => coupon.merchant],
      ['kind', t('优惠', 'Takes off'), ({ coupon }, words) => offOf(coupon, words), 'figures'],
      ['until', t('截止日', 'Last day'), ({ coupon }) => coupon.until, 'figures'],
      [
        'state',
        t('状态', 'State'),
        ({ state, plate }, words) =>
          `${words.t(`coupons.stateOf.${state}`)} ${plate === null ? '' : words.plate(plate)}`,
      ],
      ['acts'],
    ],
  },
} as const satisfies Page<'coupons.list'>
