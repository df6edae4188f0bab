// Layouts in a lot file: a lane has its own or that of the lot, and only devices that its layout declares. Refusals
// name file, field and value; a pile or handheld has a layout name but no lane of it.
import { laneKindsBy } from '#base/pure/device-kinds/lane-kinds.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isSentLane, laneOf, layoutOf, openOf } from '../../pure/layouts/index.ts'
import type { LaneConfig, LaneDirection, LotConfig, SensorConfig } from '#base/pure/lot/config.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { LaneFault, type Why, type BilingualText } from '#base/pure/faults/faults.ts'

/** As written in the file: a lane may omit its layout, which is then that of the lot. */
type WrittenLot = Omit<LotConfig, 'lanes'> & {
  readonly lanes: readonly (Omit<LaneConfig, 'layout'> & { readonly layout?: string | undefined })[]
}

interface NewLane {
  readonly id: string
  readonly direction: LaneDirection
  readonly barrier: string | null
  readonly sensors?: readonly SensorConfig[] | undefined
}

const innerTrigger = { kind: 'loop', role: 'inner', link: 'barrier:?di=4' } as const

/**
 * Lanes of a new file: each exit of a reused lane gets the boom of its entry, in order; the inner trigger is wired to
 * the next free input, unless its place is given.
 */
export function pairReused<L extends NewLane>(
  lanes: readonly L[],
  layoutOf: (lane: L) => string,
): (L & Pick<LaneConfig, 'sharesBarrierOf' | 'sensors'>)[] {
  const declaredOf = (lane: L) => laneOf(layoutOf(lane), lane.direction)
  const exits = lanes.filter((lane) => declaredOf(lane)?.sharesBarrier === true)
  const entries = lanes.filter((lane) => declaredOf(lane)?.triggers.includes('inner') === true)
  return lanes.map((lane) => {
    const partner = entries[exits.indexOf(lane)]
    if (exits.includes(lane))
      return partner === undefined ? lane : { ...lane, sharesBarrierOf: partner.id }
    const { sensors = [], barrier } = lane
    const isWired = barrier === null || sensors.some(({ role }) => role === 'inner')
    if (!entries.includes(lane) || isWired) return lane
    return { ...lane, sensors: [...sensors, innerTrigger] }
  })
}

const refusal = (file: string, field: string, value: string, note: Why): LaneFault =>
  new LaneFault('LOT-02', { file, field, value, note })

/** Each lane with its own layout or that of the lot. */
export function withLayouts(lot: WrittenLot, file: string): LotConfig {
  const lanes = lot.lanes.map((lane, i) => {
    const layout = lane.layout ?? lot.layout
    if (layout === undefined)
      throw refusal(
        file,
        `/lanes/${i}/layout`,
        '',
        t('车道和停车场都没有写布局', 'neither the lane nor the lot names a layout'),
      )
    return { ...lane, layout }
  })
  return { ...lot, lanes }
}

/** The exit of a reused lane names the entry whose boom it shares; each entry is named once. */
function checkShared(lot: LotConfig, lane: LaneConfig, i: number, file: string): void {
  const { sharesBarrierOf: named = '', layout } = lane
  const refuse = (note: Why): never => {
    throw refusal(file, `/lanes/${i}/sharesBarrierOf`, named, note)
  }
  if (laneOf(layout, lane.direction)?.sharesBarrier !== true) {
    if (named !== '')
      refuse(t(`${layout} 的车道有自己的道闸`, `a lane of ${layout} has a barrier of its own`))
    return
  }
  const partner = lot.lanes.find(({ id }) => id === named)
  const fits = partner?.layout === layout && partner.direction !== lane.direction
  if (!fits)
    refuse(
      t(
        `应写 ${layout} 的另一方向的车道`,
        `it must name a lane of ${layout} for the other direction`,
      ),
    )
  const sharers = lot.lanes.filter(({ sharesBarrierOf }) => sharesBarrierOf === named)
  if (sharers.length > 1) refuse(t('有两条车道写了它', 'two lanes name it'))
}

/** Without the inner trigger the board would never let a car out. */
function checkInner({ layout, direction, ...lane }: LaneConfig, i: number, file: string): void {
  const wants = laneOf(layout, direction)?.triggers.includes('inner') === true
  if (!wants || lane.barrier === null) return
  if (lane.sensors?.some(({ role }) => role === 'inner') === true) return
  const note = t(
    `布局 ${layout} 要有作用为 inner 的触发,例如 barrier:?di=4`,
    `layout ${layout} needs a trigger with role inner, for example barrier:?di=4`,
  )
  throw refusal(file, `/lanes/${i}/sensors`, '', note)
}

/** An open lot knows its spaces; where the platform charges by what was read there, every antenna is at one. */
export function checkOpen(lot: LotConfig, file: string): void {
  lot.lanes.forEach(({ layout, place, ordersFrom }, i) => {
    const open = openOf(layout)
    if (open === null) return
    if (lot.spaces === undefined && ordersFrom === undefined)
      throw refusal(
        file,
        '/spaces',
        '',
        t(`布局 ${layout} 须有车位`, `layout ${layout} needs parking spaces`),
      )
    if (open.collects !== 'platform') return
    if (place === undefined)
      throw refusal(
        file,
        `/lanes/${i}/place`,
        '',
        t(`布局 ${layout} 没有车道`, `layout ${layout} has no lanes`),
      )
    if (lot.chargeMode !== 'online')
      throw refusal(
        file,
        '/chargeMode',
        lot.chargeMode,
        t(`布局 ${layout} 由平台扣费`, `in layout ${layout} the platform charges`),
      )
  })
}

/** Another billing system sends the orders of an exit or a gantry: it needs an antenna, and the partner has to be known. */
function checkSent(lot: LotConfig, lane: LaneConfig, i: number, file: string): void {
  const { direction, rsu, ordersFrom = '' } = lane
  const refuse = (member: string, value: string, note: Why): never => {
    throw refusal(file, `/lanes/${i}/${member}`, value, note)
  }
  if (direction !== 'exit')
    refuse('direction', direction, t('入口没有订单', 'an entry has no orders'))
  if (rsu === null) refuse('rsu', 'null', t('须有天线', 'it needs an antenna'))
  const isMixed = lot.lanes.some((one) => one.ordersFrom === undefined)
  if (isMixed)
    refuse(
      'ordersFrom',
      ordersFrom,
      t(
        '一个停车场由一个计费系统计费:每条车道都要写',
        'one billing system prices a lot: each lane has to name it',
      ),
    )
  if (lot.published?.partners.some(({ id }) => id === ordersFrom) !== true)
    refuse(
      'ordersFrom',
      ordersFrom,
      t('published.partners 里没有它', 'it is not in published.partners'),
    )
}

const directionWords = { entry: '入口', exit: '出口' } as const

export function checkLayout(lot: LotConfig, lane: LaneConfig, i: number, file: string): void {
  const { layout, direction } = lane
  if (lane.place !== undefined) return
  const refuse = (member: string, value: string, { zh, en }: BilingualText): never => {
    const note = t(`布局 ${layout} ${zh}`, `layout ${layout} has no ${en}`)
    throw refusal(file, `/lanes/${i}/${member}`, value, note)
  }
  const side = directionWords[direction]
  const usual =
    laneOf(layout, direction) ??
    refuse('direction', direction, t(`没有${side}车道`, `${direction} lane`))
  const declared = isSentLane(lane) ? layoutOf(lane) : usual
  if (lane.ordersFrom !== undefined) checkSent(lot, lane, i, file)
  for (const kind of laneKindsBy('clause')) {
    const url = lane[kind]
    if (url !== null && declared.devices[kind] === undefined)
      refuse(kind, shownLink(url), t(`的${side}没有 ${kind}`, `${kind} at its ${direction}`))
  }
  lane.sensors?.forEach(({ role }, n) => {
    if (!declared.triggers.includes(role))
      refuse(
        `sensors/${n}/role`,
        role,
        t(`的${side}没有 ${role} 触发`, `sensor ${role} at its ${direction}`),
      )
  })
  if (isSentLane(lane)) return
  checkShared(lot, lane, i, file)
  checkInner(lane, i, file)
}
