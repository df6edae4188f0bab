// Booms that rose without a command, or stayed up over an empty lane.
import { t } from '../../core/values/fault-text.ts'
import { defineMatter, type MatterRow } from './matter.ts'

export const boom = defineMatter({
  reads: 'board.get',
  by: 'lane.open',
  why: t('杆抬着,车可以不交费就出去', 'While the boom is up, cars leave without paying'),
  button: t('去看道闸', 'See the boom'),
  to: '/lane',
  rowsOf: ({ lanes }) =>
    lanes.flatMap(({ laneId, name, openedAloneAtIso, leftUpAtIso }): MatterRow[] => {
      if (leftUpAtIso !== undefined) {
        const what = t(
          `${name.zh}没有车,道闸还抬着`,
          `The boom of ${name.en} is up over an empty lane`,
        )
        const key = `${laneId} up ${leftUpAtIso}`
        return [{ key, what, sinceIso: leftUpAtIso, isUrgent: true, to: '/devices/safety' }]
      }
      if (openedAloneAtIso === undefined) return []
      const what = t(
        `${name.zh}的道闸没有命令就抬了起来`,
        `The boom of ${name.en} rose without a command`,
      )
      const key = `${laneId} alone ${openedAloneAtIso}`
      return [{ key, what, sinceIso: openedAloneAtIso, isUrgent: true }]
    }),
})
