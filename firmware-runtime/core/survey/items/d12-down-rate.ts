// Table D.1 row 12: rate down.
// The slowest run counts.
import { t } from '../../values/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { judgeRate, rateExamples, linkRow } from '../link-figures.ts'

export const downRate = defineSurveyItem({
  ...linkRow,
  id: 'D12',
  title: t('下载速率', 'Rate down'),
  printed: '≥ 1 000 Kbps',
  procedure: t(
    '下载一段时间的随机数据,取最低一次',
    'Random data for a time, the slowest run counts',
  ),
  judge: (survey) => judgeRate(survey, 'down'),
  examples: rateExamples('down'),
})
