// Cars in spaces whose plate nothing has read, although a reading was to be expected by now.
import type { EvidenceDevices, SpaceReader } from '#lane/pure/open/evidence-devices.ts'
import { many, t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { defineMatter, onStreets } from './matter.ts'

/** A pile tries for the last time after 10 minutes; for people and patrol cars no text states a time. Assumed. */
const readWithinMs = 15 * minuteMs

const unpaid: Readonly<Record<EvidenceDevices['collects'], BilingualText>> = {
  gantry: t(
    '没有车牌就没有门架能扣,车主也查不到',
    'Without a plate no gantry can charge it and its driver cannot find it',
  ),
  platform: t(
    '没有车牌平台就不能扣,车主也查不到',
    'Without a plate the platform cannot charge it and its driver cannot find it',
  ),
}
/** By what the layout has for readings at the spaces. */
const todo: Readonly<Record<SpaceReader | 'none', BilingualText>> = {
  pile: t(
    '识别桩没有读到,去看车和识别桩',
    'its pile did not read it, so look at the car and at the pile',
  ),
  handheld: t('趁车还在,用手持机采集', 'read it with a handheld while it stands there'),
  patrol: t('趁车还在,让巡检车来采集', 'send a patrol car to read it while it stands there'),
  none: t(
    '看看是车牌被遮住,还是相机看不清',
    'look whether the plate is covered or the camera does not see it well',
  ),
}

export const spaceUnread = defineMatter({
  reads: 'spaces.list',
  args: { withoutDue: true },
  by: 'place.record',
  why: ({ street }) => {
    const follows = unpaid[street?.collects ?? 'gantry']
    const end = todo[street?.reader ?? 'none']
    return t(`${follows.zh};${end.zh}`, `${follows.en}: ${end.en}`)
  },
  button: t('看泊位', 'See the spaces'),
  to: '/spaces',
  rowsOf: ({ rows }, { nowMs }) =>
    onStreets(
      rows,
      ({ stay }) =>
        stay === null || stay.plate !== null || stay.isRead
          ? null
          : nowMs - Date.parse(stay.enteredAtIso) < readWithinMs
            ? null
            : stay.enteredAtIso,
      (street, spaces, count) =>
        t(
          `${street} ${count} 辆车没有读到车牌:${spaces}`,
          `${many(count, 'car')} in ${street} without a plate: ${spaces}`,
        ),
    ),
})
