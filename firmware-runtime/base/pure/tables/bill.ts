// A platform's bill as a table, to compare a lot restored from a copy with its charges; amounts are integer fen.
import { t } from '../words/fault-text.ts'
import { integer, orNone, text } from './cells.ts'
import { defineTable } from './table.ts'

const number = t('1 到 64 个字', '1 to 64 characters')
const fen = t('应为以分为单位的整数', 'a whole number of fen')

export const billTable = defineTable({
  name: t('平台账单', 'bill'),
  rowsMax: 1_000_000,
  code: 'FILE-01',
  isWide: true,
  columns: {
    outTradeNo: {
      zh: '订单号',
      cell: text({ example: 'T-1', help: number }, { fits: /^.{1,64}$/u, bad: number }),
    },
    amountFen: { zh: '金额（分）', cell: integer('1200', { digits: 9 }, fen) },
    refundFee: {
      zh: '退款（分）',
      isOptional: true,
      cell: orNone(integer('0', { digits: 9 }, fen)),
    },
    atIso: { zh: '时间', isOptional: true, cell: text({ example: '', help: t('', '') }) },
  },
})
