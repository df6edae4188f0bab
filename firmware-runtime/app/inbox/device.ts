// Devices of lanes that do not answer. A short silence ends by itself, and one that a person caused is no matter.
import { deviceKinds } from '../../core/values/device-kinds/table.ts'
import { laneKindsBy } from '../../core/values/device-kinds/lane-kinds.ts'
import { t } from '../../core/values/fault-text.ts'
import { isLost } from '../../core/values/lost-device.ts'
import { defineMatter } from './matter.ts'

export const device = defineMatter({
  reads: 'board.get',
  by: 'device.apply',
  why: t(
    '这条车道少了它:车要么停下等人,要么走其他支付方式',
    'Without it cars of this lane wait for a person or pay by other means',
  ),
  button: t('看设备', 'See the device'),
  to: '/devices',
  rowsOf: ({ lanes }, { upMs }) =>
    lanes.flatMap(({ laneId, name, devices, place }) =>
      laneKindsBy('call').flatMap((kind) => {
        if (!isLost(devices[kind], devices[kind].heardMsAgo ?? upMs)) return []
        const { words, page } = deviceKinds[kind].lane
        const what = t(
          `${name.zh}的${words.zh}没有应答`,
          `The ${words.en} of ${name.en} does not answer`,
        )
        const to = place === undefined ? page : '/devices/places'
        return [{ key: `${laneId} ${kind}`, what, sinceIso: null, isUrgent: true, to }]
      }),
    ),
})
