// Devices of lanes that do not answer, or not as they should. A short silence ends by itself, and one that a person caused
// is no matter.
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import { isLaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { bothOf, t } from '#base/pure/words/fault-text.ts'
import type { DeviceView } from '#lane/calls/views.ts'
import { devicesOn } from '#base/pure/words/attention.ts'
import { defineMatter, onBoard } from './matter.ts'

const rowsOf = onBoard('device', ({ device: kind, isHeard }, { zh, en }) => {
  const name = kind ?? 'rsu'
  // A lane of another version may have a device that this program does not know.
  const words = isLaneKind(name) ? deviceKinds[name].lane.words : bothOf(name)
  return isHeard === true
    ? t(
        `${zh}的${words.zh}有应答,但不是该有的应答`,
        `The ${words.en} of ${en} answers, but not as it should`,
      )
    : t(`${zh}的${words.zh}没有应答`, `The ${words.en} of ${en} does not answer`)
})

export const device = defineMatter({
  reads: 'board.get',
  by: 'device.apply',
  why: t(
    '这条车道少了它:车要么停下等人,要么走其他支付方式',
    'Without it cars of this lane wait for a person or pay by other means',
  ),
  button: t('看设备', 'See the device'),
  to: '/gear',
  // Pushes that were refused are a matter of their own.
  rowsOf: (board, here) => {
    const apart = board.lanes.flatMap(({ laneId, devices }) =>
      devicesOn<DeviceView>(devices).flatMap(([name, { reason }]) =>
        reason === 'pushRefused' ? [`device ${laneId} ${name}`] : [],
      ),
    )
    return rowsOf(board, here).filter(({ key }) => !apart.includes(key))
  },
})
