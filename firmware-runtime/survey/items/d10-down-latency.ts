// Table D.1 row 10: latency down.
// Never half of a round trip.
import { t } from '../../core/values/fault-text.ts'
import { oneWayItem } from '../link-figures.ts'

export const downLatency = oneWayItem('D10', 'down', t('下行时延', 'Latency down'))
