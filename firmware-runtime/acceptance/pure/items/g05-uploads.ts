// Table G.1 rows 5 to 8 and 10 to 13: transactions and plates, and their hourly batches, to the platforms of the table.
// Judged by the events and the hours of the ledger: each has its record or batch at each destination, with an answer.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { answeredThresholds } from '#base/pure/rules/shared-limits.ts'
import { defineAcceptanceItem, type AcceptanceItem } from '../item.ts'
import { notTaken } from '../plant.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'

const entry = {
  printed: '支持上传至停车场运营服务商平台',
  needs: ['entry', 'operator'],
  to: ['operator'],
} as const
const exit = {
  printed: '支持上传至 ETC 拓展平台和停车场运营服务商平台',
  needs: ['exit', 'recordsTo'],
  to: ['platform', 'operator'],
} as const
/** Where sensors watch the spaces, no camera reads a plate when a car leaves (8.1.2.3, 8.1.2.4, 8.1.2.6). */
const exitPlate = { ...exit, without: ['sensors'] } as const

/** What is uploaded: the side of the lot, the member that the plant spoils, and what asks for one record. */
const kinds = {
  entry: {
    side: entry,
    spoilt: ['entry-records', 'entryNo'],
    each: t('每辆入场的车', 'Each car that comes in'),
  },
  'entry-plate': {
    side: entry,
    spoilt: ['plate-records', 'plateRecNo'],
    each: t('每个入口车牌', 'Each plate at an entry'),
  },
  exit: {
    side: exit,
    spoilt: ['exit-records', 'outTradeNo'],
    each: t('每次 ETC 出口交易', 'Each ETC exit transaction'),
  },
  'exit-plate': {
    side: exitPlate,
    spoilt: ['plate-records', 'plateRecNo'],
    each: t('每个出口车牌', 'Each plate at an exit'),
  },
} as const

interface Upload extends Pick<AcceptanceItem, 'title' | 'rule'> {
  readonly id: 'G5' | 'G6' | 'G7' | 'G8' | 'G10' | 'G11' | 'G12' | 'G13'
  readonly kind: keyof typeof kinds
  readonly isBatch?: true
  readonly what: BilingualText
}

const rows: readonly Upload[] = [
  {
    id: 'G5',
    title: t('入口交易信息上传', 'Entry transactions'),
    rule: { clause: 'G.1-5', evidence: ['ledger'], thresholds: answeredThresholds },
    kind: 'entry',
    what: t('入口交易信息', 'entry transactions'),
  },
  {
    id: 'G6',
    title: t('入口交易小时批次信息上传', 'Entry transactions, hourly'),
    rule: { clause: 'G.1-6', evidence: ['ledger'], thresholds: answeredThresholds },
    kind: 'entry',
    isBatch: true,
    what: t('入口交易小时批次', 'hourly batches of entry transactions'),
  },
  {
    id: 'G7',
    title: t('入口牌识信息上传', 'Entry plates'),
    rule: { clause: 'G.1-7', evidence: ['ledger'], thresholds: answeredThresholds },
    kind: 'entry-plate',
    what: t('入口牌识信息', 'entry plates'),
  },
  {
    id: 'G8',
    title: t('入口牌识小时批次上传', 'Entry plates, hourly'),
    rule: { clause: 'G.1-8', evidence: ['ledger'], thresholds: answeredThresholds },
    kind: 'entry-plate',
    isBatch: true,
    what: t('入口牌识小时批次', 'hourly batches of entry plates'),
  },
  {
    id: 'G10',
    title: t('出口交易信息上传', 'Exit transactions'),
    rule: { clause: 'G.1-10', evidence: ['ledger'], thresholds: answeredThresholds },
    kind: 'exit',
    what: t('出口交易信息', 'exit transactions'),
  },
  {
    id: 'G11',
    title: t('出口交易小时批次信息上传', 'Exit transactions, hourly'),
    rule: { clause: 'G.1-11', evidence: ['ledger'], thresholds: answeredThresholds },
    kind: 'exit',
    isBatch: true,
    what: t('出口交易小时批次', 'hourly batches of exit transactions'),
  },
  {
    id: 'G12',
    title: t('出口牌识信息上传', 'Exit plates'),
    rule: { clause: 'G.1-12', evidence: ['ledger'], thresholds: answeredThresholds },
    kind: 'exit-plate',
    what: t('出口牌识信息', 'exit plates'),
  },
  {
    id: 'G13',
    title: t('出口牌识小时批次上传', 'Exit plates, hourly'),
    rule: { clause: 'G.1-13', evidence: ['ledger'], thresholds: answeredThresholds },
    kind: 'exit-plate',
    isBatch: true,
    what: t('出口牌识小时批次', 'hourly batches of exit plates'),
  },
]

const inHours = {
  expected: t(
    '每个小时都有一个批次,列出该小时的全部记录,有带 Request-ID 的确认',
    'Each hour has a batch with all its records, confirmed with a Request-ID',
  ),
  assumed: t('小时批次按 P20', 'The hourly batch follows P20'),
  plant: notTaken('batches', 'batchNo', { at: 'operator', drive: 'hour' }),
}
const oneByOne = (kind: Upload['kind']) => {
  const { each, spoilt } = kinds[kind]
  return {
    expected: t(
      `${each.zh}都有一条记录,有带 Request-ID 的确认`,
      `${each.en} has a record, confirmed with a Request-ID`,
    ),
    assumed: kind === 'exit' ? null : t('记录按 P19', 'The record follows P19'),
    plant: notTaken(spoilt[0], spoilt[1], { at: 'operator', drive: 'car' }),
  }
}

export const recordUploads: readonly AcceptanceItem[] = rows.map((row) => {
  const { id, title, rule, kind } = row
  const { to, ...side } = kinds[kind].side
  return defineAcceptanceItem({
    id,
    title,
    rule,
    ...side,
    steps: [chargedCar],
    ...(row.isBatch === true ? inHours : oneByOne(kind)),
    judge: (facts) =>
      uploadFinding(facts, { ...row, to, withinSec: facts.rules.limit(id, 'answered') }),
  })
})
