// Table D.1 row 12: rate down.
// Five runs each of two kinds.
import { t } from '../../core/values/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { linkRow } from '../link-figures.ts'
import { judgeRate, rateConvention, rateExamples } from '../rate-figures.ts'

export const downRate = defineSurveyItem({
  ...linkRow,
  id: 'D12',
  title: t('下载速率', 'Rate down'),
  printed: '≥ 1 000 Kbps',
  procedure: t(
    '下载一段时间的随机数据,单连接与四连接各五次',
    'Random data five times over one connection, five over four',
  ),
  assumed: rateConvention,
  judge: (survey) => judgeRate(survey, 'down'),
  examples: () => rateExamples('down'),
})
