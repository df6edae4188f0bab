// Refunds that one person requested and another one answers: place, title and list.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/refunds',
  place: 'records',
  order: 40,
  title: t('退款申请', 'Refund requests'),
  reads: 'refunds.asked',
  list: {
    keyOf: ({ askId }) => askId,
    testOf: ({ state }) => `ask-${state}`,
    empty: {
      title: t('没有退款申请', 'No refund requests'),
      why: t(
        '在一次停车的页面上申请退款,选“等另一个人答复”,就列在这里。',
        'Request a refund on the page of a stay and choose "Another person answers"; it is then listed here.',
      ),
    },
    columns: [
      {
        name: 'since',
        head: t('申请时间', 'Requested'),
        text: ({ askedAtIso }, words) => words.dateTime(askedAtIso),
      },
      {
        name: 'plate',
        head: t('车牌', 'Plate'),
        text: ({ stayId, plate }, words) =>
          stayId === null ? words.t('refunds.ofPass') : words.plate(plate),
      },
      {
        name: 'means',
        head: t('方式', 'Means'),
        text: ({ means }, words) => words.known('act.meansOf', means),
      },
      {
        name: 'amount',
        head: t('金额', 'Amount'),
        text: ({ amountFen }, words) => words.money(amountFen),
        order: ({ amountFen }) => amountFen,
        look: 'number',
      },
      {
        name: 'by',
        head: t('申请人与原因', 'By, and reason'),
        text: ({ by, reason }) => `${by} · ${reason}`,
        look: 'breaks',
      },
      {
        name: 'state',
        head: t('状态', 'State'),
        text: ({ state }, words) => words.t(`refunds.is.${state}`),
        look: 'breaks',
      },
      { name: 'acts', head: t('', ''), look: 'number' },
    ],
  },
} as const satisfies Page<'refunds.asked'>
