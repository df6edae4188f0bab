// Table D.1 row 10: latency down.
// Never half of a round trip.
import { t } from '#base/pure/words/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { oneWayRow } from '../figures/link-figures.ts'

export const downLatency = defineSurveyItem(oneWayRow('D10', 'down', t('下行时延', 'Latency down')))
