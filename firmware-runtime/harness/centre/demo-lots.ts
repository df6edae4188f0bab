// The ten lots of the centre's demo: invented, each of another size and pace, some with something to look at.
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { FaultLevel } from '../lot/sim-faults.ts'

/** A feed that is away for some of each period, ms. */
interface Away {
  readonly everyMs: number
  readonly forMs: number
}

export interface CentreLot extends Pick<LotConfig, 'lotId' | 'name' | 'capacity' | 'offline'> {
  readonly seed: number
  /** Cars through its lanes a minute by day, on average. */
  readonly perMinute: number
  readonly charge: LotConfig['chargeMode']
  readonly faults: FaultLevel
  /** Permille of crossings at which something else happens as well. */
  readonly odd: number
  /** Some drivers pay by code. */
  readonly pays: boolean
  readonly away: Away | null
}

const usual = {
  charge: 'online',
  offline: 'other-payment',
  faults: 'none',
  odd: 0,
  pays: false,
  away: null,
} as const
const minute = 60_000

type Own = Pick<CentreLot, 'capacity' | 'perMinute'> & Partial<CentreLot>

const lot = (n: number, zh: string, en: string, own: Own): CentreLot => ({
  ...usual,
  lotId: `DEMO${String(n).padStart(2, '0')}`,
  name: { zh: `${zh}（演示）`, en: `${en} (demo)` },
  seed: 100 + n,
  ...own,
})

export const centreLots: readonly CentreLot[] = [
  lot(1, '医院停车场', 'Hospital car park', { capacity: 120, perMinute: 4, pays: true }),
  lot(2, '菜市场停车场', 'Market car park', { capacity: 45, perMinute: 3, odd: 60 }),
  lot(3, '车站停车场', 'Station car park', { capacity: 110, perMinute: 3.5, charge: 'card' }),
  lot(4, '小学停车场', 'School car park', { capacity: 30, perMinute: 1 }),
  // Its platform answers badly: cars leave unpaid or pay otherwise, and what was paid twice is given back.
  lot(5, '写字楼停车场', 'Office car park', {
    capacity: 90,
    perMinute: 2.5,
    offline: 'settle-later',
    faults: 'platform',
    pays: true,
  }),
  lot(6, '商场停车场', 'Shopping centre car park', { capacity: 100, perMinute: 3, pays: true }),
  lot(7, '公园停车场', 'Park car park', {
    capacity: 60,
    perMinute: 1.5,
    away: { everyMs: 12 * minute, forMs: 4 * minute },
  }),
  lot(8, '图书馆停车场', 'Library car park', { capacity: 40, perMinute: 1.2 }),
  // Its devices fail, and its lane computer loses power.
  lot(9, '码头停车场', 'Ferry car park', { capacity: 70, perMinute: 1.5, faults: 'all' }),
  lot(10, '住宅区停车场', 'Housing estate car park', {
    capacity: 80,
    perMinute: 1.8,
    charge: 'card',
    offline: 'accept-within-caps',
  }),
]
