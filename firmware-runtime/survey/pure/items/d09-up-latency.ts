// Table D.1 row 9: latency up.
// Never half of a round trip.
import { t } from '#base/pure/words/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { oneWayRow } from '../figures/link-figures.ts'

export const upLatency = defineSurveyItem(oneWayRow('D9', 'up', t('上行时延', 'Latency up')))
