// Reasons for refused acts at a lane, in both languages, when several acts share them. The texts of the faults
// themselves are in the fault table.
import { LaneFault } from '../../pure/faults/faults.ts'
import { t, type BilingualText } from '../../pure/words/fault-text.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'

export const noBarrier = t('车道没有道闸', 'the lane has no barrier')
export const notWritten = {
  note: t('操作没有记下,所以没有执行', 'the action was not recorded, so it was not carried out'),
}

/** Reasons why a car cannot be settled. */
export const settleBars = {
  paid: t(
    '期间已经付清,不用再收:选事后追缴可放行',
    'the order has been paid in the meantime and nothing is due: choose later collection to let the car out',
  ),
  charging: t(
    '别的车道或车位在等它的扣费结果',
    'another lane or place is waiting for the result of its charge',
  ),
  left: t(
    '车已从别的车道离场:选事后追缴可放行',
    'the car has left by another lane: choose later collection to let it out',
  ),
} as const

export const notNow = (host: LaneHost, why: BilingualText): LaneFault =>
  new LaneFault('LANE-02', { field: '/laneId', value: host.config.id, note: why })
