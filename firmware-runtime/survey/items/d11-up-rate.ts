// Table D.1 row 11: rate up.
// Five runs each of two kinds.
import { t } from '../../core/values/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { linkRow } from '../link-figures.ts'
import { judgeRate, rateConvention, rateExamples } from '../rate-figures.ts'

export const upRate = defineSurveyItem({
  ...linkRow,
  id: 'D11',
  title: t('上传速率', 'Rate up'),
  printed: '≥ 1 000 Kbps',
  procedure: t(
    '上传一段时间的随机数据,单连接与四连接各五次',
    'Random data five times over one connection, five over four',
  ),
  assumed: rateConvention,
  judge: (survey) => judgeRate(survey, 'up'),
  examples: () => rateExamples('up'),
})
