// The page /partners: orders that another billing system has sent to this access system, and how each stands.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/partners/:thing?',
  place: 'money',
  order: 45,
  title: t('计费系统的订单', 'Orders of the billing system'),
  short: t('外来订单', 'Sent orders'),
  also: t('接口 复核 别家计费', 'Interface review other billing'),
  reads: 'partners.orders',
  needs: 'partners',
  list: {
    keyOf: ({ orderId }) => orderId,
    nameOf: ({ orderNo }) => orderNo,
    testOf: ({ orderNo }) => `sent-${orderNo}`,
    search: t('订单号或车牌', 'Order number or plate'),
    empty: {
      title: t('没有订单', 'No orders'),
      why: t(
        '计费系统送来的订单列在这里,结束以后保留七天。',
        'Orders that the billing system sends are listed here, and kept for seven days after their end.',
      ),
    },
    columns: [
      [
        'made',
        t('定价时间', 'Priced at'),
        (row, words) => words.dateTime(row.madeAtIso),
        'figures',
      ],
      ['no', t('订单号', 'Order number'), ({ orderNo }) => orderNo, 'figures'],
      ['plate', t('车牌', 'Plate'), ({ plate }, words) => words.plate(plate)],
      [
        'lane',
        t('车道', 'Lane'),
        ({ laneId }, words) => (laneId === null ? words.t('partners.anywhere') : laneId),
      ],
      [
        'amount',
        t('金额', 'Amount'),
        ({ amountFen }, words) => words.money(amountFen),
        { order: ({ amountFen }) => amountFen, look: 'number' },
      ],
      [
        'state',
        t('状态', 'State'),
        (row, words) => words.t(`partners.is.${row.state}`),
        { tone: ({ state }) => ({ warn: state === 'unknown' }) },
      ],
      [
        'why',
        t('ETC 未扣成的原因', 'Why ETC has not paid'),
        ({ why }, words) => (why === null ? '' : words.of(why)),
        'breaks',
      ],
      [
        'review',
        t('复核', 'Review'),
        ({ review }, words) => (review === null ? '' : words.t(`partners.reviewed.${review}`)),
        { tone: ({ review }) => ({ warn: review === 'asked', bad: review === 'disputed' }) },
      ],
      ['acts'],
    ],
  },
} as const satisfies Page<'partners.orders'>
