// Cameras of lanes whose readings cannot be dated: three in a row without a live one are a matter, until the next live one.
import { t } from '#base/pure/words/fault-text.ts'
import { deviceAt } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

const readingsMin = 3

export const cameraTime = defineMatter({
  reads: 'board.get',
  by: 'device.apply',
  why: t(
    '不知道是什么时候的车牌,所以不抬杆;这条车道的车走标签、票据或等人工',
    'Nothing shows when its plates were read, so they open nothing; cars of this lane go by OBU or ticket, or wait for a person',
  ),
  button: t('看相机', 'See the camera'),
  to: '/gear',
  rowsOf: ({ lanes }, { laneName }) =>
    lanes.flatMap(({ laneId, place, devices: { camera } }) => {
      const { undated } = camera
      if (undated === undefined || undated.count < readingsMin) return []
      const { count, time, code, sinceIso } = undated
      const { zh, en } = laneName(laneId)
      const [said, saidEn] =
        time === '' ? ['没有时间', 'no time'] : [`时间“${time}”`, `the time ${time}`]
      const what =
        code === 'CAM-08'
          ? t(
              `${zh}的相机时钟没有证实:连续 ${count} 个车牌,${said}(${code})`,
              `Nothing confirms the clock of the camera of ${en}: ${count} plates in a row, with ${saidEn} (${code})`,
            )
          : t(
              `${zh}的相机报的时间读不懂:连续 ${count} 个车牌,${said}(${code})`,
              `The time of the camera of ${en} is not understood: ${count} plates in a row, with ${saidEn} (${code})`,
            )
      const key = `${laneId} ${sinceIso}`
      const { page, thing } = deviceAt(laneId, 'camera', place)
      return [{ key, what, sinceIso, isUrgent: true, to: page, thing }]
    }),
})
