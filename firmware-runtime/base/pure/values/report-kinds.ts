// The reports of takings, by their kinds: what each is called, in the report, in the window and in its file.
import { t } from '../words/fault-text.ts'

export const reportKindWords = {
  day: t('日报表', 'Day report'),
  shift: t('交接班报表', 'Shift report'),
  month: t('月报表', 'Month report'),
  tariff: t('费率报表', 'Report by tariff'),
  means: t('收费方式报表', 'Report by means'),
  exceptions: t('异常报表', 'Report of exceptions'),
} as const
export type ReportKind = keyof typeof reportKindWords
export const reportKinds = Object.keys(reportKindWords) as readonly ReportKind[]
