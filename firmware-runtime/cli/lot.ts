// `etc-lane lot`: makes, checks and describes the lot file of a data folder; lot-settings.ts has what changes it.
// `init` never replaces a lot that is there; `check` names file, field and value.
import { t } from '../core/values/fault-text.ts'
import { dirname, join, resolve } from 'node:path'
import { exportFile, mustBeNew } from '../adapters/files/exported-file.ts'
import type { HandoverView } from '../api/setup-views.ts'
import { believed } from '../app/setup/lot-belief.ts'
import { sitingOfLot } from '../app/setup/lane-siting.ts'
import { refuseNoAddress } from '../app/lot/host-check.ts'
import { checkLot } from '../app/lot/lot-file.ts'
import { lotJsonSchema } from '../app/lot/lot-schema.ts'
import { readStrictJson } from '../app/strict-json.ts'
import { layoutNames, standardLayout } from '../core/lane/layouts/index.ts'
import { systemWallClock } from '../adapters/clocks/system-clocks.ts'
import { sensorKinds, sensorRoles } from '../core/lot/sensor.ts'
import type { LotConfig, SensorConfig } from '../core/lot/config.ts'
import { LaneFault, type FaultCode } from '../core/faults/faults.ts'
import { isoOf, parseIso } from '../core/values/instant.ts'
import { canonicalJson } from '../core/values/json.ts'
import { dialectOf } from '../platforms/dialects.ts'
import { needed, type CliIo } from './command.ts'
import {
  absences,
  refuseNoDestination,
  refuseTestMeans,
  testAppId,
} from '../runtime/folder/live-lot.ts'
import { lotHistory, versionAt, versionTimes } from '../runtime/folder/lot-versions.ts'
import { namedProfiles } from '../runtime/profile/named-profiles.ts'
import { pushAddresses } from '../runtime/lane/push-addresses.ts'
import { readText, readUtf8 } from '../runtime/process/read-file.ts'
import { drillDue } from '../runtime/papers/papers-folder.ts'
import { checkSuites } from '../runtime/folder/suite-check.ts'
import { rulesHere } from '../runtime/folder/rules-here.ts'
import {
  type LotIdentity,
  demoIdentity,
  lotOf,
  writeLot,
  loadLot,
} from '../runtime/folder/lot-file.ts'
import { lotFromDraft } from '../runtime/setup/setup-ports.ts'
import { programFile } from '../runtime/process/program-file.ts'
import { SurveyWorkerClient } from '../runtime/survey/worker-client.ts'
import { act, commandOf } from './acts.ts'
import { clientOf } from './client.ts'
import { lotSettings } from './lot-settings.ts'

/** `LANE=URL` pairs of a repeated flag. */
function byLane(pairs: readonly string[], flag: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1)
      throw new LaneFault('ARG-01', {
        field: `--${flag}`,
        value: pair,
        note: t('须写 LANE=URL', 'LANE=URL is wanted'),
      })
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

/** The file of Studio's set-up says everything: a flag beside it would contradict it. */
async function initFrom(dir: string, from: string, others: object, io: CliIo): Promise<number> {
  const isGiven = (value: unknown): boolean =>
    Array.isArray(value) ? value.length > 0 : value !== undefined
  const beside = Object.entries(others).find(([, value]) => isGiven(value))
  if (beside !== undefined)
    throw new LaneFault('ARG-01', {
      field: `--${beside[0]}`,
      note: t('--from 里已经都有', '--from says everything'),
    })
  const lanes = await lotFromDraft(dir, resolve(from))
  io.stdout(`${JSON.stringify({ ok: true, file: join(dir, 'lot.json'), lanes })}\n`)
  return 0
}

const init = act(
  [
    `lot init --data DIR [--layout ${layoutNames.join('|')}] [--mode demo|production] [--charge card|online] [--offline other-payment|settle-later|accept-within-caps] [--rsu LANE=URL ...] [--camera LANE=URL ...] [--barrier LANE=URL ...] [--display LANE=URL ...] [--sensor LANE=KIND:ROLE@LINK ...] [--platform URL --ca FILE --certs DIR --app-id ID | --platform later] [--psam LANE=TERMINAL ...] [--tariff FILE] [--capacity N] [--lot-id ID --node-id ID --name NAME] [--province CODE] [--from FILE]`,
  ],
  async (values, io) => {
    const dir = resolve(values.data)
    const { from, data: _, ...others } = values
    if (from !== undefined) return initFrom(dir, from, others, io)
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
      provinceCode: values.province,
      capacity,
    })
    const checked = checkLot(lot, join(dir, 'lot.json'))
    refuseNoAddress(checked, join(dir, 'lot.json'))
    refuseTestMeans(checked, join(dir, 'lot.json'))
    refuseNoDestination(checked, join(dir, 'lot.json'))
    dialectOf(checked)
    await namedProfiles(checked, dir)
    const config = writeLot(dir, lot, values.tariff === undefined ? null : readUtf8(values.tariff))
    io.stdout(
      `${JSON.stringify({ ok: true, file: join(dir, 'lot.json'), lanes: config.lanes.map((l) => l.id) })}\n`,
    )
    return 0
  },
)

const check = act(['lot check --data DIR'], async ({ data }, io) => {
  const dir = resolve(data)
  const { config, warnings } = loadLot(dir)
  refuseNoAddress(config, join(dir, 'lot.json'))
  refuseTestMeans(config, join(dir, 'lot.json'))
  refuseNoDestination(config, join(dir, 'lot.json'))
  await namedProfiles(config, dir)
  dialectOf(config)
  checkSuites(config, dir)
  const { push, warnings: notYet } = pushAddresses(config, dir)
  const said = [...warnings, ...absences(config, dir), ...notYet, ...drillDue(dir)]
  const { lotId, lanes } = config
  const { findings: siting, fits } = sitingOfLot(config, rulesHere(dir, config.provinceCode))
  const code = fits ? {} : { code: 'LOT-11' satisfies FaultCode }
  const found = { lotId, lanes: lanes.length, push, warnings: said, siting }
  io.stdout(`${JSON.stringify({ ok: fits, ...code, ...found })}\n`)
  return fits ? 0 : 1
})

const schema = act(['lot schema'], (_values, io) => {
  io.stdout(`${JSON.stringify(lotJsonSchema(), null, 2)}\n`)
  return 0
})

const demoKeepsNone = t('演示停车场不留从前的设置', 'a demo keeps no earlier settings')

/** A lot that a set-up made keeps its settings from then on, a rehearsal too. */
function notKept(firstMs: number | null, { mode }: Pick<LotConfig, 'mode'>) {
  if (firstMs === null) return mode === 'demo' ? { note: demoKeepsNone } : {}
  const first = isoOf(firstMs)
  return { note: t(`最早留下的是 ${first}`, `the earliest that is kept is of ${first}`) }
}

/** What the lot was then, or is, and what is otherwise now; of one lane: without what is another's. */
const show = act(['lot show --data DIR [--at ISO] [--lane L]'], ({ data, at, lane }, io) => {
  const dir = resolve(data)
  const atMs = at === undefined ? systemWallClock().nowMs() : parseIso(at)
  if (atMs === null) throw new LaneFault('ARG-01', { field: '--at', value: at ?? '' })
  const { config, tariff: inForce } = loadLot(dir)
  const version = versionAt(dir, atMs)
  // What no form made has no versions; it is as it is now from now on.
  const isPast = atMs < systemWallClock().nowMs()
  if (version === null && at !== undefined && isPast)
    throw new LaneFault('LOT-12', {
      file: dir,
      field: '--at',
      value: at,
      ...notKept(versionTimes(dir)[0] ?? null, config),
    })
  // As the files have it: a tariff of an earlier form is lifted when it is read, and is still that file.
  const fileOf = (name: string): unknown => readStrictJson(readText(join(dir, name)), name)
  const [lot, tariff] = [fileOf('lot.json'), fileOf(config.tariffFile)]
  const isNow =
    version === null ||
    canonicalJson([lot, tariff]) === canonicalJson([version?.lot, version?.tariff])
  const { atIso = null, by = '', reason = '' } = version ?? {}
  const shown = at === undefined || version === null ? { lot, tariff } : version
  const history = lotHistory(dir, () => ({ config, tariff: inForce }))
  const { changes, settings } = believed(history, atMs, lane ?? null)
  const said = {
    ok: true,
    atIso,
    by,
    reason,
    lot: shown?.lot,
    tariff: shown?.tariff,
    isNow,
    changes,
    settings,
  }
  io.stdout(`${JSON.stringify(said)}\n`)
  return 0
})

async function handoverOf(dir: string, language: 'zh' | 'en'): Promise<HandoverView> {
  const client = clientOf(dir)
  if (client !== null) return client.call('lot.handover', { language })
  loadLot(dir)
  const worker = new SurveyWorkerClient(programFile(), dir, { demo: false, ownLinks: () => [] })
  // A worker does not keep the process that asks it; this does, until it has answered.
  const waiting = setInterval(() => undefined, 60_000)
  try {
    return await worker.handover(language)
  } finally {
    clearInterval(waiting)
    await worker.close()
  }
}

/** The document for who takes the lot over; a lot that runs goes on. */
const handover = act(
  ['lot handover --data DIR --out FILE [--language zh|en]'],
  async ({ data, out, language = 'zh' }, io) => {
    const file = resolve(out)
    mustBeNew(file)
    const { base64 } = await handoverOf(resolve(data), language)
    exportFile(file, Buffer.from(base64, 'base64'))
    io.stdout(`${JSON.stringify({ ok: true, file })}\n`)
    return 0
  },
)

export const lotCommand = commandOf('lot', [init, check, schema, show, ...lotSettings, handover])
