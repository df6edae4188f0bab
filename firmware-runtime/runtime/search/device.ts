// Devices of the lanes by the name of their kind, their lane or their address.
import { devicePage, laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { defineFinder, isIn } from './finder.ts'

const stateWords = {
  up: t('在线', 'online'),
  down: t('没有应答', 'no answer'),
  off: t('没有', 'none'),
}

export const device = defineFinder({
  of: t('设备', 'Device'),
  rank: 6,
  reads: 'board.get',
  needs: 'device.settings',
  asks: () => [{}],
  rowsOf: ({ lanes }, text) =>
    lanes.flatMap(({ laneId, name, devices, place }) =>
      laneKinds.flatMap((kind) => {
        const { state, link } = devices[kind]
        const { words } = deviceKinds[kind].lane
        if (state === 'off' || !isIn(text, words.zh, words.en, name.zh, name.en, link)) return []
        const title = t(`${name.zh}的${words.zh}`, `${words.en} of ${name.en}`)
        const said = stateWords[state]
        const note = t(`${said.zh} ${link}`, `${said.en} ${link}`)
        return [{ key: `${laneId} ${kind}`, title, note, to: devicePage(laneId, kind, place) }]
      }),
    ),
})
