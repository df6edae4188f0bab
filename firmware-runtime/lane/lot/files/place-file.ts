// Checks the `place` of a lane in lot.json: its fence and its devices. Refusals name file, field and value; core may
// trust the result.
import { isAtPlace, laneKindsBy } from '#base/pure/device-kinds/lane-kinds.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { LaneConfig, LotConfig } from '#base/pure/lot/config.ts'
import { fenceFault, pointFault } from '#base/pure/place/fence.ts'
import { emptyTrack, placeBar } from '#devices/pure/place/place.ts'
import { LaneFault, type FaultCode, type Why } from '#base/pure/faults/faults.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'

type Refuse = (code: FaultCode, member: string, value: string, note: Why) => never

/** A place has an antenna and a position: other devices of a lane would never be used. */
function checkDevices(lane: LaneConfig, refuse: Refuse): void {
  if (lane.direction !== 'exit')
    refuse(
      'LOT-02',
      'direction',
      lane.direction,
      t('收费点按出口收费', 'a place charges as an exit does'),
    )
  if (lane.rsu === null)
    refuse('LOT-02', 'rsu', 'null', t('收费点须有天线', 'a place needs an antenna'))
  for (const member of laneKindsBy('clause')) {
    const url = lane[member]
    if (url !== null && !isAtPlace(member))
      refuse('LOT-02', member, url, t(`收费点没有 ${member}`, `a place has no ${member}`))
  }
  const sensor = lane.sensors?.[0]
  if (sensor !== undefined)
    refuse(
      'LOT-02',
      'sensors/0/link',
      sensor.link,
      t('收费点没有车道的触发', 'a place has no lane triggers'),
    )
}

function checkGnss(url: string, lot: LotConfig, isReal: (url: string) => boolean, refuse: Refuse) {
  if (!/^tcp:\/\/[^\s/?]+:\d{1,5}$/.test(url))
    refuse(
      'LOT-03',
      'place/gnss',
      url,
      t('gpsd 的地址写作 tcp://host:port', 'gpsd is reached by tcp://host:port'),
    )
  if (lot.mode === 'demo' && isReal(url))
    refuse(
      'LOT-05',
      'place/gnss',
      url,
      t('演示停车场不碰真实设备', 'a demo lot does not use real devices'),
    )
}

export function checkPlace(
  lot: LotConfig,
  i: number,
  file: string,
  isReal: (url: string) => boolean,
): void {
  const lane = lot.lanes[i]
  const place = lane?.place
  if (lane === undefined || place === undefined) return
  const refuse: Refuse = (code, member, value, note) => {
    throw new LaneFault(code, { file, field: `/lanes/${i}/${member}`, value, note })
  }
  checkDevices(lane, refuse)
  const broken = place.fence === undefined ? null : fenceFault(place.fence)
  if (broken !== null) refuse('LOT-02', `place/fence${broken.field}`, broken.value, broken.note)
  if (place.kind === 'handheld') {
    if (place.gnss === null) return
    checkGnss(place.gnss, lot, isReal, refuse)
    parseLinkUrl(place.gnss, `/lanes/${i}/place/gnss`)
    return
  }
  const { position } = place
  const odd = position === undefined ? null : pointFault(position, 'place/position')
  if (odd !== null) refuse('LOT-02', odd.field, odd.value, odd.note)
  const twin = lot.lanes.findIndex(
    (one, n) => n < i && one.place?.kind === 'etc-pile' && one.place.space === place.space,
  )
  if (twin >= 0)
    refuse('LOT-02', 'place/space', place.space, t('那个车位已有识别桩', 'that space has a pile'))
  // It does not move: when charging is not allowed there now, it never will be.
  const bar = placeBar(place, emptyTrack, 0)
  const where = position === undefined ? '' : `${position.latMicrodeg},${position.lonMicrodeg}`
  if (bar === 'outside')
    refuse(
      'LOT-02',
      'place/position',
      where,
      t('识别桩在自己的围栏之外', 'the pile is outside its own fence'),
    )
  if (bar === 'imprecise') {
    const note = t('它的位置误差大于 marginM', 'the error of its position is greater than marginM')
    refuse('LOT-02', 'place/position/accuracyM', String(position?.accuracyM ?? ''), note)
  }
  if (bar !== null)
    refuse('LOT-02', 'place/position', where, t('有围栏就要有位置', 'a fence needs a position'))
}
