// Options of a simulated lot, its lot file, and its outcome: for lanes with booms and for open lots.
// The same seed gives the same rows on every machine.
import { simulatedPush } from '#devices/pure/camera/camera-link.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { asksFor, directionsOf, standardLayout } from '#lane/pure/layouts/index.ts'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { lotOf } from '#lane/folder/lot-file.ts'
import type { PlateCounts } from './plate-truth.ts'
import { type LargeTally } from './row-tally.ts'
import { mixedLanes, type SimRoad } from './sim-roads.ts'
import type { FaultLevel } from './sim-faults.ts'
import type { SimLot } from './sim-lot.ts'
import type { SimProvince } from './sim-platform.ts'
import type { DestinationSums, ReplayChoice, ReplayFacts } from './replay-result.ts'

/** More than five hours in the lot of the demo tariff: a person decides (5.2.1 d). */
const largeStandardFen: Fen = 1_100

export interface SimRun extends Omit<ReplayChoice, 'layout' | 'timing' | 'times'> {
  readonly nodeId: string
  /** Layout; absent: the standard one. */
  readonly layout?: string
  /** Roads; absent: those of the layout, where a car comes after the previous one has left. */
  readonly roads?: readonly SimRoad[]
  readonly faults: FaultLevel
  /** Some drivers pay by code. */
  readonly pays?: boolean
  /** Unattended: every driver who does not pay by ETC pays by code, through a slow gateway. */
  readonly unattended?: boolean
  readonly tariff?: Tariff
  /** Absent: what some cars of each day pay. */
  readonly largeAmountFen?: Fen
  /** Province of the operator's platform; absent: that of the lot. */
  readonly operatorProvince?: SimProvince | undefined
  /** Each life of the runtime, before anything happens in it. */
  readonly onStart?: (lot: SimLot) => void
}

export interface SimOutcome extends Pick<
  ReplayFacts,
  'entries' | 'exits' | 'exitsWithoutStay' | 'pending' | 'report' | 'verdict' | 'platform'
> {
  readonly events: number
  /** The most cars that were at lanes at one time. */
  readonly atOnce: number
  readonly destinations?: DestinationSums
  /** 64 hex over the ledger head and the outside records. */
  readonly digest: string
  readonly faults: Readonly<Record<string, number>>
  readonly odd: Readonly<Record<string, number>>
  readonly crashPoints: Readonly<Record<string, number>>
  /** Planned failures of power and network, how often each came. */
  readonly cuts: Readonly<Record<string, number>>
  readonly gatewayFen: number | null
  /** Rows by kind, for counters that must not stay at zero. */
  readonly rows: Readonly<Record<string, number>>
  /** Plates that were not read as they are, and stays that ended with another car. */
  readonly plates: PlateCounts
  readonly large: LargeTally
  /** Counters of the site of its layout by name (site-plan.ts). */
  readonly site: Readonly<Record<string, number>>
}

const channel = { url: 'https://sim', caFile: 'sim', certDir: 'sim', appId: 'SIM00001' }

/** The lot of a run: its lanes on models, joined to the modelled platform. */
export function simConfig(run: SimRun, open: Partial<LotConfig> = {}): LotConfig {
  const { layout = standardLayout } = run
  const roads = run.roads ?? directionsOf(layout).map((way) => ({ id: way, way, layout }))
  const linked = (device: LaneKind, link: (laneId: string) => string): Map<string, string> =>
    new Map(
      roads.flatMap((road) =>
        asksFor(road.layout, road.way, device) ? [[road.id, link(road.id)]] : [],
      ),
    )
  const lot = lotOf({
    mode: 'demo',
    charge: run.charge,
    offline: run.offline,
    layout,
    rsu: linked('rsu', (laneId) => `sim:rsu-${laneId}?variant=${run.variant}`),
    camera: linked('camera', () => `push:${simulatedPush.name}`),
    barrier: linked('barrier', (laneId) => `sim:barrier-${laneId}`),
    platform: channel,
    capacity: Math.max(1, run.traffic.capacity),
  })
  const lanes = run.roads && mixedLanes(lot.lanes, run.roads)
  const place = run.province && { provinceCode: `${run.province.row.province}01` }
  const { nodeId, largeAmountFen = largeStandardFen } = run
  const province = run.operatorProvince?.row.province
  const ofOther = province === undefined ? {} : { province }
  const told = { operator: { ...channel, ...ofOther, url: 'https://operator' } }
  return checkLot(
    {
      ...lot,
      ...place,
      ...(run.operator === true ? told : {}),
      ...(lanes && { lanes }),
      nodeId,
      largeAmountFen,
      // Without an attendant a large amount would wait for ever.
      largeByCode: run.unattended === true || run.pays === true,
      ...open,
    },
    'simulated',
  )
}
