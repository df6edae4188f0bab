// Antennas whose power nobody has decided: nothing is written to them, or a usual power that no trial has confirmed.
import { t } from '#base/pure/words/fault-text.ts'
import { ofLane } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const power = defineMatter({
  reads: 'device.health',
  by: 'device.apply',
  why: t(
    '功率太大会扣到邻道的车,太小会漏扣',
    'With too much power cars of the next lane are charged, with too little some are missed',
  ),
  button: t('定功率', 'Set the power'),
  to: '/devices/settings',
  rowsOf: ({ powers }, { laneName }) =>
    powers.flatMap(({ laneId, state }) => {
      if (state === 'known') return []
      const { zh, en } = laneName(laneId)
      const what =
        state === 'asked'
          ? t(
              `${zh}的天线还没有定功率,不写入也不扣费`,
              `The power of the antenna of ${en} is not decided, so nothing is written and nothing is charged`,
            )
          : t(
              `${zh}的天线用着没有试过的功率`,
              `The antenna of ${en} works with a power that no trial has confirmed`,
            )
      return [
        { key: laneId, what, sinceIso: null, isUrgent: state === 'asked', thing: ofLane(laneId) },
      ]
    }),
})
