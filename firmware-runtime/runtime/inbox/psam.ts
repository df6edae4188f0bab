// PSAMs of antennas that report no authorisation: they may not debit a card.
import { t } from '#base/pure/words/fault-text.ts'
import { ofDevice } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const psam = defineMatter({
  reads: 'device.health',
  by: 'device.apply',
  why: t(
    '没有授权的 PSAM 不能刷卡扣费,车只能走其他支付方式',
    'A PSAM without authorisation debits no card; cars pay by other means',
  ),
  button: t('看天线', 'See the antenna'),
  to: '/gear',
  rowsOf: ({ psams }, { laneName }) =>
    psams.flatMap(({ laneId, terminal, state }) => {
      if (state !== 'bad') return []
      const { zh, en } = laneName(laneId)
      const what = t(
        `${zh}的 PSAM ${terminal} 没有授权`,
        `PSAM ${terminal} of ${en} is not authorised`,
      )
      const thing = ofDevice(laneId, 'rsu')
      return [{ key: `${laneId} ${terminal}`, what, sinceIso: null, isUrgent: true, thing }]
    }),
})
