// A heartbeat from what the runtime has: its board, its inbox and the books of its day. Pure.
import type { BoardView, LaneView, StatusView } from '#lane/calls/views.ts'
import {
  beatLimits,
  type Beat,
  type BeatDevice,
  type BeatLane,
  type BeatMatter,
} from '../../pure/centre/beat.ts'
import type { DestinationCertificate } from '#base/pure/data/credentials.ts'
import { needOf } from '#base/pure/words/manual-reason.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerSums } from '../../ports/ledger-reader.ts'
import type { HourOfDay } from '../../ports/ledger-service.ts'

/** Of the status a heartbeat tells these. */
type BeatStatus = Pick<
  StatusView,
  | 'build'
  | 'capacity'
  | 'clock'
  | 'free'
  | 'inside'
  | 'ledger'
  | 'network'
  | 'platform'
  | 'queue'
  | 'upkeep'
  | 'version'
>

export interface BeatBoard extends Pick<BoardView, 'lanes'> {
  readonly status: BeatStatus
}

type BeatCertificate = Pick<DestinationCertificate, 'of' | 'whose' | 'notAfterMs'>

export interface BeatParts {
  readonly nodeId: string
  readonly nowMs: InstantMs
  readonly board: BeatBoard
  readonly matters: readonly BeatMatter[]
  readonly today: Beat['today']
  readonly certificates: readonly BeatCertificate[]
  /** End of the certificates for the centre. */
  readonly centreUntilMs: InstantMs
}

function laneOf(lane: LaneView): BeatLane {
  const { laneId, name, direction, state, etc, car, barrier } = lane
  const reason = car === null ? null : needOf(car)
  const alone = lane.openedAloneAtIso === undefined ? null : 'openedAlone'
  const boomFault = lane.leftUpAtIso === undefined ? alone : 'leftUp'
  return {
    laneId,
    name,
    direction,
    state,
    isEtcReady: etc?.ready ?? null,
    waiting: car === null || reason === null ? null : { reason, sinceIso: car.sinceIso },
    boom: barrier.position,
    ...(boomFault === null ? {} : { boomFault }),
  }
}

/** A device that the lane does not have is left out, as is a camera that was never heard. */
const devicesOf = ({ laneId, devices }: LaneView): readonly BeatDevice[] =>
  Object.entries(devices).flatMap(([kind, { state, reason = null }]) =>
    state === 'off' ? [] : [{ laneId, kind, state, reason }],
  )

/** The end of the newest certificate of each channel, and of those for the centre. */
function certificatesOf({ certificates, centreUntilMs }: BeatParts): Beat['certificates'] {
  const ends = new Map<string, InstantMs>()
  for (const { of, whose, notAfterMs } of certificates)
    if (whose === 'client') ends.set(of, Math.max(notAfterMs, ends.get(of) ?? 0))
  return [...ends, ['centre', centreUntilMs] as const].map(([of, toMs]) => ({
    of,
    toIso: isoOf(toMs),
  }))
}

/** Of one day, from the ledger. */
export interface DayBooks {
  readonly hours: readonly Pick<HourOfDay, 'entered' | 'left'>[]
  readonly sums: Pick<LedgerSums, 'payments'>
}

/** `day`: `YYYY-MM-DD` of these books. */
export function todayOf(day: string, { hours, sums }: DayBooks): Beat['today'] {
  const sum = (of: 'entered' | 'left'): number => hours.reduce((all, hour) => all + hour[of], 0)
  return {
    day,
    entered: sum('entered'),
    left: sum('left'),
    takings: sums.payments.map(({ word, count, amountFen }) => ({
      means: word,
      n: count,
      fen: amountFen,
    })),
  }
}

export function beatOf(parts: BeatParts): Beat {
  const { nodeId, nowMs, board, today } = parts
  const { status, lanes } = board
  const { clock, queue, upkeep, capacity, inside, free } = status
  const { unsent, oldestAgeSec, poison, exposureFen } = queue
  const { lanesMax, devicesMax, mattersMax } = beatLimits
  const urgentFirst = parts.matters.toSorted((a, b) => Number(b.isUrgent) - Number(a.isUrgent))
  return {
    nodeId,
    atIso: isoOf(nowMs),
    lastSeq: status.ledger.headSeq,
    version: status.version,
    build: status.build ?? '',
    spaces: { capacity, inside, free },
    today,
    clock: {
      offsetMs: clock.platformOffsetMs,
      ntp: clock.ntp ?? 'notKnown',
      isDoubtful: clock.doubt !== undefined,
    },
    disk: upkeep === null ? null : { freeMb: upkeep.disk.freeMb, isLow: upkeep.disk.low },
    queue: { unsent, oldestAgeSec, poison, exposureFen },
    platform: status.platform.state,
    network: status.network,
    certificates: certificatesOf(parts),
    lanes: lanes.slice(0, lanesMax).map(laneOf),
    devices: lanes.flatMap(devicesOf).slice(0, devicesMax),
    matters: urgentFirst
      .slice(0, mattersMax)
      .map(({ key, kind, what, sinceIso, isUrgent }) => ({ key, kind, what, sinceIso, isUrgent })),
  }
}

/** As it is sent. One that is too large tells less: first of what waits, then of devices that work. */
export function beatBytes(beat: Beat): Uint8Array {
  const tries: readonly Beat[] = [
    beat,
    { ...beat, matters: beat.matters.slice(0, 20) },
    { ...beat, matters: [], devices: beat.devices.filter(({ state }) => state !== 'up') },
    { ...beat, matters: [], devices: [] },
  ]
  const all = tries.map((one) => () => new TextEncoder().encode(JSON.stringify(one)))
  for (const bytes of all) {
    const made = bytes()
    if (made.byteLength <= beatLimits.bytesMax) return made
  }
  return new TextEncoder().encode(JSON.stringify({ ...beat, matters: [], devices: [], lanes: [] }))
}
