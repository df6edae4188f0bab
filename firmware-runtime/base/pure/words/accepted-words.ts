// Words of an acceptance that its papers and the window share: verdicts, and the sources of evidence.
import { t } from './fault-text.ts'

export const acceptanceWords = {
  pass: t('通过', 'pass'),
  fail: t('不通过', 'fail'),
  incomplete: t('未完成', 'incomplete'),
  notApplicable: t('不适用', 'not applicable'),
  warn: t('提醒', 'warning'),
} as const

export const evidenceSources = {
  ledger: t('账本', 'Ledger'),
  platform: t('平台', 'Platform'),
  frame: t('天线帧', 'Frame'),
  access: t('访问', 'Access'),
  walk: t('操作', 'Actions'),
} as const
