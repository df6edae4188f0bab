// `etc-lane lot init | check | schema`: make, check and describe the lot file of a data folder.
// `init` never replaces a lot that is there; `check` names file, field and value.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { jsonBytesMax } from '../app/strict-json.ts'
import { checkLot, lotJsonSchema, readLot } from '../app/lot-file.ts'
import { demoTariff } from '../app/demo-tariff.ts'
import { readTariff } from '../app/tariff-file.ts'
import { directionsOf, standardLayout } from '../core/lane/layouts/index.ts'
import { sensorKinds, sensorRoles } from '../core/lane/sensor.ts'
import type { LaneConfig, LotConfig, SensorConfig } from '../core/lot/config.ts'
import { diskFault } from '../core/values/disk-fault.ts'
import { LaneFault } from '../core/values/faults.ts'
import { present } from '../core/values/must.ts'
import { dialectOf } from '../platforms/dialects.ts'
import { readUpTo } from '../adapters/files/read-up-to.ts'
import { flags, needed, oneOf, whole, type CliIo, type Command } from './command.ts'
import { absences, refuseNoDestination, refuseTestMeans, testAppId } from './live-lot.ts'
import { mustBeFreeForDemo, mustBeOfThisLot, noLotFault } from './lot-kind.ts'
import { namedProfiles } from './named-profiles.ts'
import { pushAddresses } from './push-addresses.ts'
import { isSimulated } from './world/replay-folder.ts'

/** Defaults of a small lot; every value can be edited in the file. */
const defaultCaps: LotConfig['caps'] = {
  perChargeFen: 5000,
  totalFen: 200_000,
  count: 500,
  oldestMin: 4320,
  blacklistAgeMin: 1440,
  signInAgeMin: 240,
  perCardFen: 10_000,
}

/** `LANE=URL` pairs of a repeated flag. */
function byLane(pairs: readonly string[], flag: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1)
      throw new LaneFault('ARG-01', { field: `--${flag}`, value: pair, note: 'LANE=URL is wanted' })
    map.set(pair.slice(0, at), pair.slice(at + 1))
  }
  return map
}

/** A flag that may be given several times for one lane. */
function listsByLane(pairs: readonly string[], flag: string): Map<string, string[]> {
  const map = new Map<string, string[]>()
  for (const pair of pairs)
    for (const [lane, value] of byLane([pair], flag))
      map.set(lane, [...(map.get(lane) ?? []), value])
  return map
}

/** `LANE=KIND:ROLE@LINK` of a repeated flag; the lot's own check judges what it says. */
function sensorsOf(pairs: readonly string[]): Map<string, SensorConfig[]> {
  const map = new Map<string, SensorConfig[]>()
  for (const pair of pairs) {
    const m = /^([^=]+)=([a-z]+):([a-z]+)@(.+)$/.exec(pair)
    const kind = sensorKinds.find((one) => one === m?.[2])
    const role = sensorRoles.find((one) => one === m?.[3])
    const [lane = '', link = ''] = [m?.[1], m?.[4]]
    if (kind === undefined || role === undefined)
      throw new LaneFault('ARG-01', {
        field: '--sensor',
        value: pair,
        note: `LANE=KIND:ROLE@LINK, kind ${sensorKinds.join(', ')}, role ${sensorRoles.join(', ')}`,
      })
    map.set(lane, [...(map.get(lane) ?? []), { kind, role, link }])
  }
  return map
}

export interface LotChoice {
  readonly mode: LotConfig['mode']
  readonly charge: LotConfig['chargeMode']
  readonly offline: LotConfig['offline']
  readonly layout: string
  readonly rsu: ReadonlyMap<string, string>
  readonly camera: ReadonlyMap<string, string>
  readonly barrier: ReadonlyMap<string, string>
  readonly display?: ReadonlyMap<string, string>
  readonly sensors?: ReadonlyMap<string, readonly SensorConfig[]>
  readonly psams?: ReadonlyMap<string, readonly string[]>
  readonly platform: LotConfig['platform']
  readonly capacity: number
  /** The lot's own names; a demo has its standard ones. */
  readonly identity?: LotIdentity
}

export type LotIdentity = Pick<LotConfig, 'lotId' | 'nodeId' | 'name'>

const demoIdentity: LotIdentity = {
  lotId: 'GX00012',
  nodeId: 'n1',
  name: { zh: '演示停车场', en: 'Demo lot' },
}

const laneNames: Record<string, LaneConfig['name']> = {
  entry: { zh: '入口', en: 'Entry' },
  exit: { zh: '出口', en: 'Exit' },
}

/** The lot file of the lanes of its layout, each called by its direction, and of any other lane that a link names. */
export function lotOf(choice: LotChoice): unknown {
  const ids = new Set<string>([
    ...directionsOf(choice.layout),
    ...choice.rsu.keys(),
    ...choice.camera.keys(),
    ...choice.barrier.keys(),
    ...(choice.display?.keys() ?? []),
    ...(choice.sensors?.keys() ?? []),
  ])
  const lanes = [...ids].map((id) => ({
    id,
    name: laneNames[id.replace(/-\d+$/, '')] ?? { zh: id, en: id },
    direction: id.startsWith('entry') ? 'entry' : 'exit',
    rsu: choice.rsu.get(id) ?? null,
    camera: choice.camera.get(id) ?? null,
    barrier: choice.barrier.get(id) ?? null,
    display: choice.display?.get(id) ?? null,
    ...(choice.sensors?.has(id) === true ? { sensors: choice.sensors.get(id) } : {}),
    ...(choice.psams?.has(id) === true ? { psams: choice.psams.get(id) } : {}),
  }))
  const { lotId, name, nodeId } = choice.identity ?? demoIdentity
  return {
    version: 1,
    mode: choice.mode,
    lotId,
    name,
    provinceCode: '4501',
    nodeId,
    layout: choice.layout,
    chargeMode: choice.charge,
    offline: choice.offline,
    caps: defaultCaps,
    plateTolerance: 1,
    largeAmountFen: 10_000,
    capacity: choice.capacity,
    lanes,
    platform: choice.platform,
    tariffFile: 'tariff.json',
  }
}

/** The demo lot of a folder, or null in one where a demo may begin. Throws LOT-05, LOT-08 and LOT-09. */
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
      note: 'a demo never goes on in the folder of a production lot',
    })
  mustBeOfThisLot(dir, config)
  return config
}

/** The demo's folder again: same lot and tariff, its simulators listen somewhere else now. */
export function relinkLot(dir: string, links: unknown): LotConfig {
  const config = present(demoLotIn(dir), 'the folder has a demo lot')
  const file = join(dir, 'lot.json')
  const fresh = checkLot(links, file)
  const lanes = config.lanes.map((lane) => {
    const { rsu, camera, barrier, display } = fresh.lanes.find((l) => l.id === lane.id) ?? lane
    return { ...lane, rsu, camera, barrier, display }
  })
  const next: LotConfig = { ...config, lanes, platform: fresh.platform }
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`)
  return next
}

/** Writes lot.json and the tariff into a data folder; refuses to replace a lot that is there. */
export function writeLot(dir: string, lot: unknown, tariffSource: string | null): LotConfig {
  const file = join(dir, 'lot.json')
  const config = checkLot(lot, file)
  if (existsSync(file) || isSimulated(dir))
    throw new LaneFault('LOT-02', {
      file,
      note: 'the folder has a lot or a replay already, nothing was changed',
    })
  if (config.mode === 'demo') mustBeFreeForDemo(dir)
  mustBeOfThisLot(dir, config)
  const tariff = tariffSource ?? `${JSON.stringify(demoTariff, null, 2)}\n`
  readTariff(tariff, tariffSource === null ? 'demo tariff' : config.tariffFile)
  try {
    // Ledger, plates and lot are nobody else's: SQLite makes its files readable by all.
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    writeFileSync(join(dir, config.tariffFile), tariff)
    writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`)
  } catch (error) {
    throw diskFault(error, { file: dir })
  }
  return config
}

export function readBytes(file: string, bytesMax: number): Buffer {
  let bytes
  try {
    bytes = readUpTo(file, bytesMax)
  } catch (error) {
    throw new LaneFault('FILE-01', { file, note: error instanceof Error ? error.message : '' })
  }
  // What was cut off must not be read as if it were all.
  if (bytes.length > bytesMax)
    throw new LaneFault('FILE-02', { file, note: `more than ${bytesMax} bytes` })
  return bytes
}

export const readText = (file: string, bytesMax = jsonBytesMax): string =>
  readBytes(file, bytesMax).toString('utf8')

const identityFlags = { 'lot-id': 'string', 'node-id': 'string', name: 'string' } as const

/** What the flags say; what they leave out is a demo's own, and missing in production. */
function identityOf(
  mode: LotConfig['mode'],
  values: Readonly<Record<keyof typeof identityFlags, string | undefined>>,
): LotIdentity {
  const given = (flag: keyof typeof identityFlags, demo: string): string =>
    mode === 'production' ? needed(values[flag], flag) : (values[flag] ?? demo)
  const name = given('name', '')
  return {
    lotId: given('lot-id', demoIdentity.lotId),
    nodeId: given('node-id', demoIdentity.nodeId),
    name: name === '' ? demoIdentity.name : { zh: name, en: name },
  }
}

/** A demo of cards keeps its uploads; in production only a person says that a platform comes later. */
const destinationWithout = (
  said: 'later' | undefined,
  { live, charge }: { readonly live: boolean; readonly charge: LotConfig['chargeMode'] },
): 'later' | null => said ?? (charge === 'card' && !live ? 'later' : null)

async function init(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    data: 'string',
    layout: 'string',
    mode: 'string',
    charge: 'string',
    offline: 'string',
    rsu: 'list',
    camera: 'list',
    barrier: 'list',
    display: 'list',
    psam: 'list',
    sensor: 'list',
    platform: 'string',
    ca: 'string',
    certs: 'string',
    'app-id': 'string',
    tariff: 'string',
    capacity: 'string',
    ...identityFlags,
  })
  const dir = resolve(needed(values.data, 'data'))
  const mode = oneOf(values.mode, 'mode', ['demo', 'production'], 'demo')
  const live = mode === 'production'
  // The demo's tariff, names and channel number must never reach a lot that takes money.
  if (live) needed(values.tariff, 'tariff')
  const charge = oneOf(values.charge, 'charge', ['card', 'online'], 'online')
  const joins = values.platform !== undefined && values.platform !== 'later'
  const appId = live && joins ? needed(values['app-id'], 'app-id') : null
  const caFile = values.ca === undefined ? null : resolve(values.ca)
  const platform =
    values.platform === undefined || values.platform === 'later'
      ? destinationWithout(values.platform, { live, charge })
      : {
          url: values.platform.replace(/\/$/, ''),
          caFile: needed(caFile ?? undefined, 'ca'),
          certDir: resolve(values.certs ?? dirname(caFile ?? '.')),
          appId: appId ?? values['app-id'] ?? testAppId,
        }
  const lot = lotOf({
    mode,
    charge,
    offline: oneOf(
      values.offline,
      'offline',
      ['other-payment', 'settle-later', 'accept-within-caps'],
      'other-payment',
    ),
    layout: values.layout ?? standardLayout,
    rsu: byLane(values.rsu, 'rsu'),
    camera: byLane(values.camera, 'camera'),
    barrier: byLane(values.barrier, 'barrier'),
    display: byLane(values.display, 'display'),
    sensors: sensorsOf(values.sensor),
    psams: listsByLane(values.psam, 'psam'),
    platform,
    identity: identityOf(mode, values),
    capacity: whole(values.capacity, 'capacity', 60),
  })
  const checked = checkLot(lot, join(dir, 'lot.json'))
  refuseTestMeans(checked, join(dir, 'lot.json'))
  refuseNoDestination(checked, join(dir, 'lot.json'))
  await namedProfiles(checked, dir)
  const config = writeLot(dir, lot, values.tariff === undefined ? null : readText(values.tariff))
  io.stdout(
    `${JSON.stringify({ ok: true, file: join(dir, 'lot.json'), lanes: config.lanes.map((l) => l.id) })}\n`,
  )
  return 0
}

async function check(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, { data: 'string' })
  const dir = resolve(needed(values.data, 'data'))
  const { config, warnings } = loadLot(dir)
  refuseTestMeans(config, join(dir, 'lot.json'))
  refuseNoDestination(config, join(dir, 'lot.json'))
  await namedProfiles(config, dir)
  dialectOf(config)
  const { push, warnings: notYet } = pushAddresses(config, dir)
  const said = [...warnings, ...absences(config, dir), ...notYet]
  const { lotId, lanes } = config
  io.stdout(`${JSON.stringify({ ok: true, lotId, lanes: lanes.length, push, warnings: said })}\n`)
  return 0
}

/** Lot and tariff of a data folder, checked. */
export function loadLot(dir: string) {
  const file = join(dir, 'lot.json')
  if (!existsSync(file)) throw noLotFault(dir)
  const config = readLot(readText(file), file)
  const tariffFile = join(dir, config.tariffFile)
  const { tariff, warnings } = readTariff(readText(tariffFile), tariffFile)
  return { config, tariff, warnings }
}

export const lotCommand: Command = {
  run(args, io) {
    const [verb = '', ...rest] = args
    if (verb === 'init') return init(rest, io)
    if (verb === 'check') return check(rest, io)
    if (verb === 'schema') {
      io.stdout(`${JSON.stringify(lotJsonSchema(), null, 2)}\n`)
      return Promise.resolve(0)
    }
    throw new LaneFault('ARG-01', { value: verb, note: 'lot init, lot check or lot schema' })
  },
}
