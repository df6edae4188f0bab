// Devices of lanes that do not answer. A short silence ends by itself, and one that a person caused is no matter.
import { deviceKinds } from '../../core/values/device-kinds/table.ts'
import { isLaneKind } from '../../core/values/device-kinds/lane-kinds.ts'
import { bothOf, t } from '../../core/values/fault-text.ts'
import { defineMatter, onBoard } from './matter.ts'

export const device = defineMatter({
  reads: 'board.get',
  by: 'device.apply',
  why: t(
    '这条车道少了它:车要么停下等人,要么走其他支付方式',
    'Without it cars of this lane wait for a person or pay by other means',
  ),
  button: t('看设备', 'See the device'),
  to: '/gear',
  rowsOf: onBoard('device', ({ device: kind }, { zh, en }) => {
    const name = kind ?? 'rsu'
    // A lane of another version may have a device that this program does not know.
    const words = isLaneKind(name) ? deviceKinds[name].lane.words : bothOf(name)
    return t(`${zh}的${words.zh}没有应答`, `The ${words.en} of ${en} does not answer`)
  }),
})
