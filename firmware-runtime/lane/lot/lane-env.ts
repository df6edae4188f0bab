// What a lane may know besides its own state: policy, stays, queue and clock of the lot. Built for every event, so that
// a lane always decides on the present.
import { repeatMs } from '#devices/pure/etc/quality-filters.ts'
import { cardDebitBar } from '../pure/etc/offline.ts'
import type { StatusList } from '#ledger/pure/etc/status-list.ts'
import type { LaneView } from '../pure/lane.ts'
import { areaOf, type LotConfig } from '#base/pure/lot/config.ts'
import { isOpenCase, settleBar } from '../pure/lot/claim.ts'
import { isPlateInside } from '../pure/lot/find-stay.ts'
import { entryBarOf } from '../pure/lot/entry-room.ts'
import { paidByEtc } from '#ledger/pure/lot/order-due.ts'
import { type LotState } from '#ledger/pure/lot/lot-state.ts'
import { doubtedDebits, unsettledDebits, untoldDebits } from '../pure/lot/open-debits.ts'
import { isContradicted, refusedDebits } from '#ledger/pure/lot/refused-debits.ts'
import { orderByClass } from '../pure/lot/stay-price.ts'
import { adjacentSpaces } from '#base/pure/lot/streets.ts'
import { isOfNeighbour } from '../pure/open/neighbours.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { LaneHost } from './lane-host.ts'

interface LanePorts extends Pick<
  LaneView,
  'nowMs' | 'clock' | 'tariff' | 'times' | 'platformUp' | 'cardNetworks'
> {
  readonly config: LotConfig
  /** Dialect of the platform. */
  readonly dialect: Pick<Dialect, 'byOrder'>
  readonly statusList: StatusList
  readonly lot: LotState
  readonly queue: QueueState
  /** A car is in the lane that is not separated from this one: its OBU is received here. */
  readonly hasCarBeside: boolean
  /** Open lots: since when a car is coming into a space that is not counted as taken yet. */
  comingSince(spaceId: string): InstantMs | null
  /** Open lots: the space's watcher is up, and reports that the car of its stay is there. */
  isWatched(spaceId: string): boolean
}

export function laneEnv(host: LaneHost, ports: LanePorts): LaneView {
  const { config, lot, queue, statusList, nowMs, platformUp } = ports
  return {
    nowMs,
    clock: ports.clock,
    laneId: host.config.id,
    nodeId: config.nodeId,
    lastId: lot.lastId,
    lotId: config.lotId,
    tariff: ports.tariff,
    chargeMode: config.chargeMode,
    offline: config.offline,
    // A similar plate that enters the neighbouring lane now must not match the camera's reading.
    plateTolerance: ports.hasCarBeside ? 0 : config.plateTolerance,
    largeAmountFen: config.largeAmountFen,
    largeByCode: config.largeByCode === true,
    platformUp,
    hasPlatform: config.platform !== null,
    byOrder: ports.dialect.byOrder !== undefined,
    times: ports.times,
    hasRsu: host.config.rsu !== null,
    rsuHasProof: host.devices.rsu?.hasProof ?? false,
    rsuSilenceMs: host.devices.rsu?.silenceMs ?? 0,
    rsuResultTimeMs: host.devices.rsu?.resultTimeMs ?? 0,
    cardDebitBar: (amountFen, cardNo) =>
      cardDebitBar(
        config,
        { queue, lot },
        {
          nowMs,
          laneId: host.config.id,
          amountFen,
          cardNo,
          platformUp,
          psams: host.devices.rsu?.psams() ?? [],
          listAsOfMs: statusList.asOfMs,
        },
      ),
    placeBar: () => {
      const { place } = host.devices
      if (host.config.place === undefined) return null
      // Without a watch the position is unknown, which counts as outside.
      return place === undefined || place === null ? 'noPosition' : place.bar()
    },
    byClass: (request) =>
      orderByClass(lot, ports.tariff, { ...request, areaOf: (laneId) => areaOf(config, laneId) }),
    cardNetworks: ports.cardNetworks,
    isBlacklisted: (no) => statusList.has(no, nowMs),
    recentlyCharged: (cardNo) => {
      const atMs = lot.chargedAtMs.get(cardNo)
      return atMs !== undefined && nowMs - atMs < repeatMs && nowMs >= atMs
    },
    lostSpan: lot.lostSpan,
    isInside: (plate, colour) => isPlateInside(lot, plate, colour),
    settleBar: (stayId, orderId) => settleBar(lot, host.config.id, { stayId, orderId }),
    isOpenCase: (deductionId) => isOpenCase(lot, deductionId),
    unsettledOf: (obuId) =>
      unsettledDebits(lot, host.config.id, obuId, host.devices.rsu?.resultTimeMs ?? 0),
    doubtedOf: (cardNo) => doubtedDebits(lot, cardNo, host.devices.rsu?.resultTimeMs ?? 0),
    refusedOf: (obuId) =>
      refusedDebits(lot, host.config.id, obuId, host.devices.rsu?.resultTimeMs ?? 0),
    isContradicted: (stayId) => isContradicted(lot, stayId),
    untoldOf: (obuId) =>
      untoldDebits(lot, host.config.id, obuId, host.devices.rsu?.resultTimeMs ?? 0),
    entryBar: (plate) => entryBarOf(config, lot, plate, nowMs),
    paidByEtc: (orderId) => paidByEtc(lot, orderId),
    ...spacesOf(ports),
  }
}

/** Facts about spaces for a pile, handheld or patrol car of an open lot. */
const spacesOf = (ports: LanePorts): Pick<LaneView, 'stayAt' | 'isOfNeighbour'> => {
  const { config, lot, nowMs } = ports
  return {
    stayAt: (spaceId) => {
      const stay = lot.stays.get(lot.bySpace.get(spaceId) ?? '')
      // Without a watcher another car may be there.
      if (stay === undefined || !ports.isWatched(spaceId)) return null
      const { stayId, plate, enteredAtMs, record } = stay
      return { stayId, plate, enteredAtMs, isRecorded: record !== null }
    },
    isOfNeighbour: (obuId, spaceId) => {
      const order = adjacentSpaces(config).find((ids) => ids.includes(spaceId)) ?? []
      return isOfNeighbour({ lot, order, nowMs, comingSince: ports.comingSince }, obuId, spaceId)
    },
  }
}
