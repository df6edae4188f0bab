// Refunds that one person requested and another one answers: place, title and list.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/refunds/:thing?',
  place: 'money',
  order: 40,
  title: t('退款申请', 'Refund requests'),
  also: t('退钱 退费 审批', 'Give back approve'),
  reads: 'refunds.asked',
  list: {
    keyOf: ({ askId }) => askId,
    nameOf: ({ plate, amountFen }, { plate: plateOf, money }) =>
      `${plate === null ? '' : plateOf(plate)} ${money(amountFen)}`.trim(),
    testOf: ({ state }) => `ask-${state}`,
    empty: {
      title: t('没有退款申请', 'No refund requests'),
      why: t(
        '在一次停车的页面上申请退款,选“等另一个人答复”,就列在这里。',
        'Request a refund on the page of a stay and choose "Another person answers"; it is then listed here.',
      ),
    },
    columns: [
      ['since', t('申请时间', 'Requested'), (row, words) => words.dateTime(row.askedAtIso)],
      [
        'plate',
        t('车牌', 'Plate'),
        ({ stayId, plate }, words) =>
          stayId === null ? words.t('refunds.ofPass') : words.plate(plate),
      ],
      ['means', t('方式', 'Means'), ({ means }, words) => words.known('act.meansOf', means)],
      [
        'amount',
        t('金额', 'Amount'),
        ({ amountFen }, words) => words.money(amountFen),
        { order: ({ amountFen }) => amountFen, look: 'number' },
      ],
      ['by', t('申请人与原因', 'By, and reason'), (row) => `${row.by} · ${row.reason}`, 'breaks'],
      ['state', t('状态', 'State'), (row, words) => words.t(`refunds.is.${row.state}`), 'breaks'],
      ['acts', undefined, undefined, 'number'],
    ],
  },
} as const satisfies Page<'refunds.asked'>
