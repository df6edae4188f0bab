// The lot file and the tariff of a data folder: made from choices, written once, read and checked.
// An existing lot is never replaced, except that a demo renews its own links.
import { byLaneKind, laneKinds, type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '#base/files/whole-file.ts'
import type { Fence } from '#base/pure/place/fence.ts'
import { pairReused } from '../lot/files/layout-file.ts'
import { checkLot, readLot } from '../lot/files/lot-file.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { standardCaps } from '../lot/files/standard-caps.ts'
import { readTariff } from '../lot/files/tariff-file.ts'
import { directionsOf, openOf } from '../pure/layouts/index.ts'
import type { LaneConfig, LotConfig, SensorConfig } from '#base/pure/lot/config.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { otherChannels } from '#base/pure/lot/destination-members.ts'
import { lotSettings } from '#base/pure/lot/lot-settings.ts'
import { present } from '#base/pure/values/must.ts'
import { mustFit } from './folder-length.ts'
import { mustBeLocal } from './local-folder.ts'
import { mustBeFreeForDemo, mustBeOfThisLot, noLotFault } from './lot-kind.ts'
import { isSimulated } from './replay-folder.ts'
import { readText } from '#base/process/read-file.ts'

/** Links by lane and device. */
export interface LotLinks extends Readonly<Partial<Record<LaneKind, ReadonlyMap<string, string>>>> {
  readonly sensors?: ReadonlyMap<string, readonly SensorConfig[]>
  readonly psams?: ReadonlyMap<string, readonly string[]>
  /** Handhelds or patrol cars, each with its fence. */
  readonly readers?: ReadonlyMap<string, Fence>
}
interface LotChoice
  extends LotLinks, Pick<LotConfig, 'mode' | 'offline' | 'platform' | 'capacity'> {
  readonly charge: LotConfig['chargeMode']
  readonly layout: string
  /** The lot's names; absent: those of the demo. */
  readonly identity?: Pick<LotConfig, 'lotId' | 'nodeId' | 'name'>
  /** 4 digits; absent: that of the demo lot. */
  readonly provinceCode?: string | undefined
}

const demoProvince = '4501'

const demoIdentity = { lotId: 'GX00012', nodeId: 'n1', name: { zh: '演示停车场', en: 'Demo lot' } }

const laneNames: ReadonlyMap<string, LaneConfig['name']> = new Map([
  ['entry', { zh: '入口', en: 'Entry' }],
  ['exit', { zh: '出口', en: 'Exit' }],
  ['gantry', { zh: '门架', en: 'Gantry' }],
])

/** An open layout has gantries, or no lane where the platform charges by what was read at the space (7.2.2, 7.2.3). */
function templateLanes(layout: string): readonly string[] {
  const open = openOf(layout)
  if (open === null) return directionsOf(layout)
  return open.collects === 'gantry' ? ['gantry'] : []
}

const placeOf = (fence: Fence | undefined) =>
  fence === undefined ? {} : { place: { kind: 'handheld' as const, fence, gnss: null } }

/** The lot file: lanes of its layout, each named by its direction, and further lanes named by a link. */
export function lotOf(choice: LotChoice) {
  const ids = new Set<string>([
    ...templateLanes(choice.layout),
    ...laneKinds.flatMap((kind) => [...(choice[kind]?.keys() ?? [])]),
    ...(choice.sensors?.keys() ?? []),
    ...(choice.readers?.keys() ?? []),
  ])
  const lanes = [...ids].map((id) => ({
    id,
    name: laneNames.get(id.replace(/-\d+$/, '')) ?? { zh: id, en: id },
    direction: id.startsWith('entry') ? ('entry' as const) : ('exit' as const),
    ...byLaneKind((kind) => choice[kind]?.get(id) ?? null),
    ...(choice.sensors?.has(id) === true ? { sensors: choice.sensors.get(id) } : {}),
    ...(choice.psams?.has(id) === true ? { psams: choice.psams.get(id) } : {}),
    ...placeOf(choice.readers?.get(id)),
  }))
  const { lotId, name, nodeId } = choice.identity ?? demoIdentity
  return {
    version: 1,
    mode: choice.mode,
    lotId,
    name,
    provinceCode: choice.provinceCode ?? demoProvince,
    nodeId,
    layout: choice.layout,
    chargeMode: choice.charge,
    offline: choice.offline,
    caps: standardCaps,
    plateTolerance: lotSettings.plateTolerance.standard,
    largeAmountFen: lotSettings.largeAmountFen.standard,
    capacity: choice.capacity,
    lanes: pairReused(lanes, () => choice.layout),
    platform: choice.platform,
    tariffFile: 'tariff.json',
  }
}

/** The demo lot of a folder; null when the folder may become a demo. Throws LOT-05, LOT-08 and LOT-09. */
export function demoLotIn(dir: string): LotConfig | null {
  const file = join(dir, 'lot.json')
  if (!existsSync(file)) {
    mustBeFreeForDemo(dir)
    return null
  }
  const { config } = loadLot(dir)
  if (config.mode !== 'demo')
    throw new LaneFault('LOT-05', {
      file,
      field: '/mode',
      value: config.mode,
      note: t(
        '演示不能在正式停车场的文件夹里继续',
        'a demo never goes on in the folder of a production lot',
      ),
    })
  mustBeOfThisLot(dir, config)
  return config
}

/** Updates a demo's folder: same lot and tariff, new addresses of its simulators. */
export function relinkLot(dir: string, links: unknown): LotConfig {
  const config = present(demoLotIn(dir), 'the folder has a demo lot')
  const file = join(dir, 'lot.json')
  const fresh = checkLot(links, file)
  const lanes = config.lanes.map((lane) => {
    const linked = fresh.lanes.find((l) => l.id === lane.id) ?? lane
    const { place } = linked
    return {
      ...lane,
      ...byLaneKind((kind) => linked[kind]),
      ...(place === undefined ? {} : { place }),
    }
  })
  const { platform, spaces, streets } = fresh
  const others = Object.fromEntries(
    otherChannels.flatMap((id) => {
      const link = fresh[id] ?? config[id]
      return link === undefined ? [] : [[id, link]]
    }),
  )
  const open = streets === undefined ? {} : { streets, spaces }
  const next: LotConfig = { ...config, lanes, platform, ...others, ...open }
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`)
  return next
}

/** Writes lot.json and the tariff into a data folder; refuses to replace an existing lot. */
export function writeLot(dir: string, lot: unknown, tariffSource: string | null): LotConfig {
  mustFit(dir)
  mustBeLocal(dir)
  const file = join(dir, 'lot.json')
  const config = checkLot(lot, file)
  if (existsSync(file) || isSimulated(dir))
    throw new LaneFault('LOT-02', {
      file,
      note: t(
        '文件夹里已有停车场或回放,没有改动',
        'the folder has a lot or a replay already, nothing was changed',
      ),
    })
  if (config.mode === 'demo') mustBeFreeForDemo(dir)
  mustBeOfThisLot(dir, config)
  const tariff = tariffSource ?? `${JSON.stringify(demoTariff, null, 2)}\n`
  readTariff(tariff, tariffSource === null ? 'demo tariff' : config.tariffFile)
  orDiskFault({ file: dir }, () => {
    // Only for the owner: SQLite makes its files readable by all.
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    writeWhole(join(dir, config.tariffFile), tariff)
    // Written last: a folder has a lot as soon as lot.json exists.
    writeWhole(file, `${JSON.stringify(config, null, 2)}\n`)
  })
  return config
}

/** Lot and tariff of a data folder, checked. */
export function loadLot(dir: string) {
  mustFit(dir)
  const file = join(dir, 'lot.json')
  if (!existsSync(file)) throw noLotFault(dir)
  const config = readLot(readText(file), file)
  const tariffFile = join(dir, config.tariffFile)
  const { tariff, warnings } = readTariff(readText(tariffFile), tariffFile)
  return { config, tariff, warnings }
}
