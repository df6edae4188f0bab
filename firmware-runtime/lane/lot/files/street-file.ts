// Checks the streets of a lot file: each space stands once, its sensor has a source, and it has a pile only where the
// layout has piles (7.2.2). Refusals name file, field and value.
import { LaneFault, type FaultCode, type Why } from '#base/pure/faults/faults.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { openLayoutOf, openOf } from '../../pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import {
  pileLaneId,
  sensorOfSpace,
  streetSpacesOf,
  witnessOfSpace,
  type Street,
  type StreetSpace,
} from '#base/pure/lot/streets.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { spaceStands, streetSpacesMax } from '#base/pure/lot/street-spaces.ts'
import { pointFault } from '#base/pure/place/fence.ts'

const noWatcher = t('没有叫这个名字的检测器或相机', 'there is no watcher of spaces with this name')

type Refuse = (field: string, value: string, note: Why, code?: FaultCode) => never

/** Devices and spaces that the sources of the lot name by themselves. */
function namedBySources({ spaces = [] }: LotConfig) {
  const devices = new Set<string>()
  const taken = new Set<string>()
  for (const source of spaces)
    for (const [device, spaceId] of Object.entries(source.spaces)) {
      devices.add(`${source.id}/${device}`)
      taken.add(spaceId)
    }
  return { devices, taken }
}

/** Refuses a pile where the layout has none, where cars do not stand head to tail, and where a lane has its id. */
function checkPile(lot: LotConfig, street: Street, { id, pile }: StreetSpace, refuse: Refuse) {
  if (pile === undefined) return
  const shown = shownLink(pile)
  const { layout } = lot
  const open = layout === undefined ? null : openOf(layout)
  if (open?.pile === undefined)
    refuse(
      'pile',
      shown,
      t(
        '停车场的布局要写 7.2.2,别的布局没有识别桩',
        'the lot must name layout 7.2.2; no other layout has piles',
      ),
    )
  if (open?.headToTail !== undefined && street.stand !== 'parallel') {
    const { zh, en } = spaceStands[street.stand]
    refuse(
      'pile',
      shown,
      t(
        `识别桩只用于首尾相邻的泊位(${open.headToTail}),这个路段是${zh}`,
        `a pile serves head-to-tail spaces only (${open.headToTail}); this street is ${en}`,
      ),
    )
  }
  const lane = lot.lanes.find((one) => one.id === pileLaneId(id))
  if (lane !== undefined)
    refuse('pile', shown, t(`车道 ${lane.id} 已用这个名字`, `lane ${lane.id} has that id already`))
  const place = lot.lanes.find((one) => one.place?.kind === 'etc-pile' && one.place.space === id)
  if (place !== undefined)
    refuse('pile', shown, t(`${place.id} 已是这个泊位的识别桩`, `${place.id} is the pile there`))
}

export function checkStreets(
  lot: LotConfig,
  file: string,
  checkLink: (url: string, field: string) => void,
): void {
  const { streets } = lot
  if (streets === undefined) {
    if (lot.lanes.length === 0) throw noLane(file)
    return
  }
  const refuseAt =
    (at: string): Refuse =>
    (field, value, note, code = 'LOT-02') => {
      throw new LaneFault(code, { file, field: `${at}/${field}`, value, note })
    }
  const all = streetSpacesOf(lot)
  if (lot.lanes.length === 0 && all.every(({ pile }) => pile === undefined)) throw noLane(file)
  if (openLayoutOf(lot) === null)
    refuseAt('')(
      'streets',
      lot.layout ?? '',
      t('封闭式停车场没有路段', 'an enclosed car park has no streets'),
    )
  if (all.length > streetSpacesMax)
    refuseAt('')(
      'streets',
      String(all.length),
      t(`最多 ${streetSpacesMax} 个泊位`, `at most ${streetSpacesMax} spaces`),
    )
  if (all.length !== lot.capacity)
    refuseAt('')(
      'capacity',
      String(lot.capacity),
      t(`路段里有 ${all.length} 个泊位`, `the streets have ${all.length} spaces`),
    )
  const sources = new Set((lot.spaces ?? []).map(({ id }) => id))
  const { devices, taken } = namedBySources(lot)
  const names = new Set<string>()
  const ids = new Set<string>()
  streets.forEach((street, i) => {
    if (names.has(street.name)) refuseAt(`/streets/${i}`)('name', street.name, twice)
    names.add(street.name)
    street.spaces.forEach((space, n) => {
      const at = `/streets/${i}/spaces/${n}`
      const refuse = refuseAt(at)
      if (ids.has(space.id)) refuse('id', space.id, twice)
      ids.add(space.id)
      const watchers = [
        ['sensor', sensorOfSpace(space), space.sensor],
        ['witness', witnessOfSpace(space), space.witness],
      ] as const
      for (const [member, watcher, name = ''] of watchers) {
        if (watcher === null) continue
        if (!sources.has(watcher.source)) refuse(member, name, noWatcher)
        if (devices.has(name)) refuse(member, name, sensorTwice)
        if (member === 'sensor' && taken.has(space.id))
          refuse(member, name, t('那个车位已有检测器', 'that space has a sensor'))
        devices.add(name)
      }
      if (space.witness !== undefined && space.sensor === undefined && !taken.has(space.id))
        refuse('witness', space.witness, witnessAlone)
      const odd = space.position === undefined ? null : pointFault(space.position, 'position')
      if (odd !== null) refuse(odd.field, odd.value, odd.note)
      checkPile(lot, street, space, refuse)
      if (space.pile !== undefined) checkLink(space.pile, `${at}/pile`)
    })
  })
}

const twice = t('写了两次', 'it stands twice')
const sensorTwice = t('一个检测器不能管两个泊位', 'one sensor cannot watch two spaces')

const witnessAlone = t('第二检测器旁边要有检测器', 'a second witness stands beside a first sensor')

const noLane = (file: string): LaneFault =>
  new LaneFault('LOT-02', {
    file,
    field: '/lanes',
    value: '[]',
    note: t('停车场须有一条车道,或泊位的识别桩', 'a lot needs a lane, or a pile at a space'),
  })
