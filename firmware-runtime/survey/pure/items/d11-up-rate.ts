// Table D.1 row 11: rate up.
// Five runs each of two kinds.
import { t } from '#base/pure/words/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { rateRow } from '../figures/rate-figures.ts'

export const upRate = defineSurveyItem(
  rateRow(
    'D11',
    'up',
    t('上传速率', 'Rate up'),
    t(
      '上传一段时间的随机数据,单连接与四连接各五次',
      'Random data five times over one connection, five over four',
    ),
  ),
)
