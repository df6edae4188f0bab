// `etc-lane lot init | check | schema`: make, check and describe the lot file of a data folder.
// `init` never replaces a lot that is there; `check` names file, field and value.
import { dirname, join, resolve } from 'node:path'
import { checkLot, lotJsonSchema } from '../app/lot/lot-file.ts'
import { layoutNames, standardLayout } from '../core/lane/layouts/index.ts'
import { sensorKinds, sensorRoles } from '../core/lane/sensor.ts'
import type { LotConfig, SensorConfig } from '../core/lot/config.ts'
import { LaneFault } from '../core/values/faults.ts'
import { dialectOf } from '../platforms/dialects.ts'
import { needed } from './command.ts'
import {
  absences,
  refuseNoDestination,
  refuseTestMeans,
  testAppId,
} from '../runtime/folder/live-lot.ts'
import { namedProfiles } from '../runtime/profile/named-profiles.ts'
import { pushAddresses } from '../runtime/lane/push-addresses.ts'
import { readText } from '../runtime/folder/read-file.ts'
import {
  type LotIdentity,
  demoIdentity,
  lotOf,
  writeLot,
  loadLot,
} from '../runtime/folder/lot-file.ts'
import { act, commandOf } from './acts.ts'

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

interface Identity {
  readonly 'lot-id'?: string | undefined
  readonly 'node-id'?: string | undefined
  readonly name?: string | undefined
}

/** What the flags say; what they leave out is a demo's own, and missing in production. */
function identityOf(mode: LotConfig['mode'], values: Identity): LotIdentity {
  const given = (flag: keyof Identity, demo: string): string =>
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

const init = act(
  [
    `lot init --data DIR [--layout ${layoutNames.join('|')}] [--mode demo|production] [--charge card|online] [--offline other-payment|settle-later|accept-within-caps] [--rsu LANE=URL ...] [--camera LANE=URL ...] [--barrier LANE=URL ...] [--display LANE=URL ...] [--sensor LANE=KIND:ROLE@LINK ...] [--platform URL --ca FILE --certs DIR --app-id ID | --platform later] [--psam LANE=TERMINAL ...] [--tariff FILE] [--capacity N] [--lot-id ID --node-id ID --name NAME]`,
  ],
  async (values, io) => {
    const dir = resolve(values.data)
    const { mode = 'demo', charge = 'online', offline = 'other-payment', capacity = 60 } = values
    const live = mode === 'production'
    // The demo's tariff, names and channel number must never reach a lot that takes money.
    if (live) needed(values.tariff, 'tariff')
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
      offline,
      layout: values.layout ?? standardLayout,
      rsu: byLane(values.rsu, 'rsu'),
      camera: byLane(values.camera, 'camera'),
      barrier: byLane(values.barrier, 'barrier'),
      display: byLane(values.display, 'display'),
      sensors: sensorsOf(values.sensor),
      psams: listsByLane(values.psam, 'psam'),
      platform,
      identity: identityOf(mode, values),
      capacity,
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
  },
)

const check = act(['lot check --data DIR'], async ({ data }, io) => {
  const dir = resolve(data)
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
})

const schema = act(['lot schema'], (_values, io) => {
  io.stdout(`${JSON.stringify(lotJsonSchema(), null, 2)}\n`)
  return 0
})

export const lotCommand = commandOf('lot', [init, check, schema])
