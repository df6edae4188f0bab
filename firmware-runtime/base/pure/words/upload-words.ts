// What a record for a platform is called, by its kind.
import { t, type BilingualText } from './fault-text.ts'
import type { OutboxKind } from '../rows/ledger-row.ts'

export const uploadWords: Readonly<Record<OutboxKind, BilingualText>> = {
  charge: t('扣费', 'Charge'),
  exitUpload: t('离场上传', 'Exit'),
  exception: t('异常上报', 'Exception'),
  refund: t('退费申请', 'Refund'),
  entryRecord: t('入场记录', 'Entry'),
  exitRecord: t('出场记录', 'Exit for the operator'),
  plateRecord: t('车牌记录', 'Plate'),
  batch: t('每小时汇总', 'Hourly batch'),
  shiftRecord: t('班次', 'Shift'),
  feedback: t('车主反馈', "Driver's feedback"),
  feedbackState: t('反馈的结果', 'Result of feedback'),
}
