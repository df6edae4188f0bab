// Table D.1 row 12: rate down.
// Five runs each of two kinds.
import { t } from '#base/pure/words/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { rateRow } from '../figures/rate-figures.ts'

export const downRate = defineSurveyItem(
  rateRow(
    'D12',
    'down',
    t('下载速率', 'Rate down'),
    t(
      '下载一段时间的随机数据,单连接与四连接各五次',
      'Random data five times over one connection, five over four',
    ),
  ),
)
