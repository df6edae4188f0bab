// What a lot of the centre's demo tells of itself: its runtime, its simulated devices and the books of its ledger. It has no
// inbox, no clock of a machine, and a disk that nobody checks.
import type { OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import type { BeatSource } from '#ledger/desk/centre/beat-sender.ts'
import type { BeatBoard } from '#ledger/desk/centre/make-beat.ts'
import { clockDoubt, deviceOff, laneView, queueStatus } from '#base/desk/handlers/board.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'
import { spacesNow } from '#money/desk/partners/partner-spaces.ts'
import type { DeviceView } from '#lane/calls/views.ts'
import { carsInside } from '#lane/pure/lot/entry-room.ts'
import { byLaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { TownLot } from './town-lot.ts'

function devicesOf({ lot }: TownLot, { config, state }: LaneHost) {
  // Devices sleep between two cars: a line that was cut meanwhile is noticed by the next one.
  const isLineUp = lot.devices.isLineUp(config.id)
  const seen = (link: unknown, isUp: boolean): DeviceView =>
    link === null ? deviceOff : { ...deviceOff, state: isUp && isLineUp ? 'up' : 'down' }
  return {
    ...byLaneKind(() => deviceOff),
    rsu: seen(config.rsu, state.rsuUp),
    camera: seen(config.camera, true),
    barrier: seen(config.barrier, state.barrierUp),
  }
}

function boardOf(town: TownLot): BeatBoard {
  const { lot, tracker, headSeq } = town
  const { runtime } = lot
  const { config } = lot.options
  const nowMs = town.nowMs
  const isUp = (up: boolean) => (up ? 'up' : 'down')
  return {
    lanes: [...runtime.lanes.values()].map((host) =>
      laneView(host, tracker, { devices: devicesOf(town, host), display: null }, nowMs),
    ),
    status: {
      capacity: config.capacity,
      inside: carsInside(runtime.lot),
      free: spacesNow(runtime, config).free,
      clock: {
        businessIso: isoOf(nowMs),
        platformOffsetMs: null,
        ...clockDoubt(runtime.clockDoubt),
      },
      platform: { state: isUp(runtime.platformUp), url: '', answeredMsAgo: null },
      network: isUp(!lot.networkCut),
      queue: queueStatus(runtime, nowMs),
      ledger: { headSeq, headHash: '', repair: '' },
      version: 'sim',
      upkeep: null,
    },
  }
}

export const townBeats = (
  town: TownLot,
  reader: Pick<OpenedReader, 'hoursOfDay' | 'sums'>,
): BeatSource => ({
  board: () => boardOf(town),
  certificates: () => [],
  matters: async () => [],
  books: async (fromMs, toMs) => ({
    hours: reader.hoursOfDay(fromMs),
    sums: reader.sums({ fromMs, toMs }),
  }),
})
