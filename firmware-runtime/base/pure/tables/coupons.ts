// Coupon batches as an imported table, and all coupons with their codes as a saved table.
import type { CouponKind } from '../rows/coupon-row.ts'
import { t } from '../words/fault-text.ts'
import { day, integer, number, oneOf, text } from './cells.ts'
import { firstDayHeads, lastDayHeads } from './headings.ts'
import { defineImport } from './table.ts'

const kindWords: Readonly<Record<CouponKind, string>> = {
  amount: '减金额',
  time: '减时长',
  percent: '按比例减',
  whole: '全免',
}

/** Largest number per file, which one transaction writes. */
export const couponsMax = 2_000

export type CouponState = 'free' | 'notYet' | 'expired' | 'held' | 'spent' | 'void'

const stateWords: Readonly<Record<CouponState, string>> = {
  free: '可用',
  notYet: '未开始',
  expired: '已到期',
  held: '场内车辆已用',
  spent: '已抵扣离场',
  void: '已作废',
}

const batchRule = t('批次为 1 到 40 个字,不含空格', '1 to 40 characters, no blanks')
const terms = {
  batch: {
    zh: '批次',
    cell: text(
      { example: '2026-12-面馆', help: batchRule },
      { fits: /^\S{1,40}$/u, bad: batchRule },
    ),
  },
  merchant: {
    zh: '商户',
    cell: text({ example: '面馆', help: t('1 到 40 个字', '1 to 40 characters') }),
  },
  kind: { zh: '优惠', cell: oneOf('优惠', kindWords) },
  value: {
    zh: '数值',
    cell: number({
      example: '5.00',
      help: t('元、分钟或百分数,全免空着', 'yuan, minutes or percent, empty where all is free'),
    }),
  },
}
const days = {
  from: { zh: '起始日', also: firstDayHeads, cell: day('2026-12-01') },
  until: { zh: '截止日', also: lastDayHeads, cell: day('2026-12-31') },
}

export const couponsTable = defineImport({
  imports: {
    words: t('导入优惠券', 'Coupons imported'),
    title: t('从表格发券', 'Issue from a table'),
    why: t(
      '每行一批:批次, 商户, 优惠(减金额、减时长、按比例减、全免), 数值(元、分钟或百分之几), 张数, 起始日, 截止日。已有的批次只补足缺的张数。',
      'One batch per line: batch, merchant, kind (amount, time, percent, whole), value (yuan, minutes or percent), count, from, until. An existing batch is only topped up to its count.',
    ),
    reasons: 'coupons',
    bytesMax: 200_000,
  },
  name: t('优惠券批次', 'coupons'),
  key: 'batch',
  twice: t('批次写了两次', 'a batch stands twice'),
  rowsMax: 500,
  code: 'COUPON-11',
  columns: {
    ...terms,
    count: {
      zh: '张数',
      cell: integer(
        '100',
        { digits: 4, min: 1 },
        t(`张数为 1 到 ${couponsMax}`, `1 to ${couponsMax}`),
      ),
    },
    ...days,
  },
})

/** With its code, for those who hand them out. */
export const couponCodes = {
  code: { zh: '编码', cell: text({ example: '', help: t('券码', 'the code of the coupon') }) },
  ...terms,
  ...days,
  state: { zh: '状态', cell: oneOf('状态', stateWords) },
}
