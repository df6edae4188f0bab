// Settings of the antennas by name, or by name and value.
import { t } from '#base/pure/words/fault-text.ts'
import { defineFinder, isIn } from './finder.ts'

/** Antennas that are asked for one search. */
const lanesMax = 4

export const antennaSetting = defineFinder({
  of: t('天线设置', 'Antenna'),
  rank: 7,
  reads: 'device.settings',
  asks: (_text, { config }) => config.lanes.slice(0, lanesMax).map(({ id }) => ({ laneId: id })),
  rowsOf({ laneId, settings }, text, { laneName }) {
    const lane = laneName(laneId)
    return settings.flatMap(({ id, title, unit, value, options }) => {
      const chosen = options.find((one) => one.value === value)?.title
      const plain = value === null ? '—' : `${value} ${unit}`.trim()
      const { zh, en } = chosen ?? t(plain, plain)
      if (!isIn(text, `${title.zh} ${zh}`, `${title.en} ${en}`)) return []
      const note = t(`${lane.zh} ${zh}`, `${lane.en} ${en}`)
      return [{ key: `${laneId} ${id}`, title, note, to: `/devices/settings/${laneId}` }]
    })
  },
})
