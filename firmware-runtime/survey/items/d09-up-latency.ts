// Table D.1 row 9: latency up.
// Never half of a round trip.
import { t } from '../../core/values/fault-text.ts'
import { oneWayItem } from '../link-figures.ts'

export const upLatency = oneWayItem('D9', 'up', t('上行时延', 'Latency up'))
