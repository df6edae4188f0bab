// Table D.1 row 11: rate up.
// The slowest run counts.
import { t } from '../../values/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { judgeRate, rateExamples, linkRow } from '../link-figures.ts'

export const upRate = defineSurveyItem({
  ...linkRow,
  id: 'D11',
  title: t('上传速率', 'Rate up'),
  printed: '≥ 1 000 Kbps',
  procedure: t(
    '上传一段时间的随机数据,取最低一次',
    'Random data for a time, the slowest run counts',
  ),
  judge: (survey) => judgeRate(survey, 'up'),
  examples: rateExamples('up'),
})
