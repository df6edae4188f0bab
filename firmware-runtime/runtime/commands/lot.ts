// `etc-lane lot`: makes, checks and describes the lot file of a data folder; lot-settings.ts changes it. `init` never
// replaces an existing lot; `check` names file, field and value.
import { t } from '#base/pure/words/fault-text.ts'
import { dirname, join, resolve } from 'node:path'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import type { LeaveView } from '#lane/calls/lot-views.ts'
import type { HandoverView } from '#lane/calls/setup-views.ts'
import { leaveView } from '#lane/desk/handlers/control-leave.ts'
import { believed } from '#lane/desk/setup/lot-belief.ts'
import { sitingOfLot } from '#lane/desk/setup/lane-siting.ts'
import { refuseNoAddress } from '#lane/lot/files/host-check.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { lotJsonSchema } from '#lane/lot/files/lot-schema.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { layoutNames, openLayoutNames, standardLayout } from '#lane/pure/layouts/index.ts'
import { lacksText, openLacksOf, writtenLayoutOf } from '#lane/pure/open-lacks.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { sensorKinds, sensorRoles } from '#base/pure/lot/sensor.ts'
import type { LotConfig, SensorConfig } from '#base/pure/lot/config.ts'
import { laneMembers } from '#base/pure/lot/lane-members.ts'
import { runningLot, streetSpacesOf } from '#base/pure/lot/streets.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { isoOf, parseIso } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { Member, Members } from '#base/pure/lot/member.ts'
import type { Fence } from '#base/pure/place/fence.ts'
import { fenceOfText } from '#base/pure/place/fence-text.ts'
import { needed, type CliIo, wrongFlag } from '#base/commands/command.ts'
import {
  absences,
  refuseNoDestination,
  refuseUnspoken,
  refuseTestMeans,
  testAppId,
} from '#lane/folder/live-lot.ts'
import { lotHistory, versionAt, versionTimes } from '#lane/desk/folder/lot-versions.ts'
import { namedProfiles } from '#devices/desk/profile/named-profiles.ts'
import { pushAddresses } from '#devices/desk/lane/push-addresses.ts'
import { readText, readUtf8 } from '#base/process/read-file.ts'
import { leaveHere } from '#acceptance/desk/folder/leave-here.ts'
import { isSignedSurvey, surveyLines } from '#survey/desk/worker/survey-lines.ts'
import { drillDue } from '#acceptance/desk/papers/papers-file.ts'
import { checkSuites } from '#lane/folder/suite-check.ts'
import { rulesHere } from '#lane/folder/rules-here.ts'
import { type LotLinks, lotOf, writeLot, loadLot } from '#lane/folder/lot-file.ts'
import { lotFromDraft } from '#lane/desk/setup/setup-ports.ts'
import { programFile } from '#base/process/program-file.ts'
import { SurveyWorkerClient } from '#survey/desk/worker/worker-client.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { clientOf, lotReader } from '#base/desk/commands/client.ts'
import { lotSettings } from './lot-settings.ts'
import type { Given } from '#base/commands/usage-types.ts'

interface RowFlag {
  readonly flag: string
  readonly shape: string
  readonly key: string
  readonly row: Member
}
const shapes: Partial<Record<Member['kind'], string>> = {
  link: 'URL',
  whole: 'N',
  layout: [...layoutNames, ...openLayoutNames].join('|'),
}
const flagsIn = (members: Members): readonly RowFlag[] =>
  Object.entries(members).flatMap(([key, row]) => {
    const [flag, said] = row.flag?.split(' ') ?? []
    const shape = row.kind === 'choice' ? Object.keys(row.of).join('|') : shapes[row.kind]
    return flag === undefined ? [] : [{ flag, shape: said ?? shape ?? '', key, row }]
  })
const [ofLot, ofLanes] = [flagsIn(lotMembers), flagsIn(laneMembers)]

/** Parses `KIND:ROLE@LINK`; the check of the lot validates the parts. */
function sensorOf(text: string, pair: string): SensorConfig {
  const m = /^([a-z]+):([a-z]+)@(.+)$/.exec(text)
  const kind = sensorKinds.find((one) => one === m?.[1])
  const role = sensorRoles.find((one) => one === m?.[2])
  if (kind === undefined || role === undefined)
    throw new LaneFault('ARG-01', {
      field: '--sensor',
      value: pair,
      note: `LANE=KIND:ROLE@LINK, kind ${sensorKinds.join(', ')}, role ${sensorRoles.join(', ')}`,
    })
  return { kind, role, link: m?.[3] ?? '' }
}

/** `LANE=VALUE` pairs of a repeated flag; for a list flag several values for one lane. */
function byLane({ flag, row }: RowFlag, pairs: readonly string[]): Map<string, unknown> {
  const map = new Map<string, unknown>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1) throw wrongFlag(`--${flag}`, t('须写 LANE=URL', 'LANE=URL is wanted'), pair)
    const [lane, text] = [pair.slice(0, at), pair.slice(at + 1)]
    const one = row.kind === 'list' && row.of.kind === 'group' ? sensorOf(text, pair) : text
    const before = (map.get(lane) ?? []) as readonly unknown[]
    map.set(lane, row.kind === 'list' ? [...before, one] : one)
  }
  return map
}

/** The file of Studio's set-up is complete: a flag beside it would contradict it. */
async function initFrom(dir: string, from: string, others: object, io: CliIo): Promise<number> {
  const isGiven = (value: unknown): boolean =>
    Array.isArray(value) ? value.length > 0 : value !== undefined
  const beside = Object.entries(others).find(([, value]) => isGiven(value))
  if (beside !== undefined)
    throw wrongFlag(`--${beside[0]}`, t('--from 里已经都有', '--from says everything'))
  const lanes = await lotFromDraft(dir, resolve(from))
  io.stdout(`${JSON.stringify({ ok: true, file: join(dir, 'lot.json'), lanes })}\n`)
  return 0
}

const usage =
  'lot init --data DIR [--platform URL --ca FILE --certs DIR --app-id ID | --platform later] [--tariff FILE] [--from FILE] [--spaces FILE] [--spaces-layer NAME] [--space-sensors ID=LINK ...] [--reader LANE=FENCE ...]'
const lines: readonly string[] = [
  [
    usage,
    ...ofLot.map(({ flag, shape }) => `[--${flag} ${shape}]`),
    ...ofLanes.map(({ flag, shape }) => `[--${flag} LANE=${shape} ...]`),
  ].join(' '),
]

interface StreetFlags {
  readonly spaces: string | undefined
  readonly 'spaces-layer': string | undefined
  readonly 'space-sensors': readonly string[]
  readonly capacity?: number | undefined
}

/** Streets from a table or drawing of spaces; their number is the capacity of the lot. Exit by the first faulty cell. */
async function streetsOf(flags: StreetFlags) {
  const { spaces: file, 'spaces-layer': layer, 'space-sensors': sources, capacity } = flags
  const spaces = sources.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw wrongFlag('--space-sensors', t('须写 ID=LINK', 'ID=LINK is wanted'), pair)
    return { id: pair.slice(0, at), link: pair.slice(at + 1), spaces: {} }
  })
  const watched = spaces.length === 0 ? {} : { spaces }
  if (file === undefined) return watched
  const { spacesHere } = await import('#lane/desk/folder/spaces-here.ts')
  const { streets, bad } = await spacesHere(file, layer)
  const [first] = bad
  if (first !== undefined)
    throw new LaneFault('LOT-02', {
      file,
      field: `${first.line} ${first.field}`.trim(),
      value: first.value,
      note: first.text,
    })
  return { ...watched, streets, capacity: capacity ?? streetSpacesOf({ streets }).length }
}

/** A fence as the set-up takes it; `;` for a line of it. */
function readersOf(pairs: readonly string[]): ReadonlyMap<string, Fence> {
  const wanted = t('须写 LANE=纬度,经度,半径', 'LANE=LATITUDE,LONGITUDE,RADIUS is wanted')
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw wrongFlag('--reader', wanted, pair)
      const read = fenceOfText(pair.slice(at + 1).replaceAll(';', '\n'))
      if ('bad' in read) throw wrongFlag('--reader', read.bad, pair)
      if (read.fence === null) throw wrongFlag('--reader', wanted, pair)
      return [pair.slice(0, at), read.fence] as const
    }),
  )
}

/** A street is made whole, while one that runs is only reported. */
function refuseLacks(config: Parameters<typeof openLacksOf>[0], file: string): void {
  const lacks = openLacksOf(config)
  const [first] = lacks
  const layout = writtenLayoutOf(config)
  if (first === undefined) return
  const at = { file, field: first.field, value: first.what }
  throw new LaneFault('LOT-02', { ...at, note: lacksText(layout, lacks) })
}

const init = act(lines, async (given, io) => {
  const values = given as Given<readonly [typeof usage]> & typeof given
  const dir = resolve(values.data)
  const { from, data: _, ...others } = values
  if (from !== undefined) return initFrom(dir, from, others, io)
  const live = values['mode'] === 'production'
  // Tariff, names and channel number of the demo must never reach a lot that takes money.
  if (live)
    for (const flag of ['tariff', 'lot-id', 'node-id', 'name'])
      needed(values[flag] as string | undefined, flag)
  const { platform } = values
  const isJoined = platform !== undefined && platform !== 'later'
  const appId = live && isJoined ? needed(values['app-id'], 'app-id') : null
  const caFile = values.ca === undefined ? null : resolve(values.ca)
  // A card demo keeps its uploads; in production only a person may say that a platform comes later.
  const without = values['charge'] === 'card' && !live ? 'later' : null
  const said = ofLot.flatMap(({ flag, key, row }) => {
    const value = values[flag]
    if (value === undefined) return []
    return [[key, row.kind === 'group' ? { zh: value, en: value } : value] as const]
  })
  const links = ofLanes.map((of) => [of.key, byLane(of, values[of.flag] as string[])] as const)
  const lot = {
    ...lotOf({
      mode: 'demo',
      charge: 'online',
      offline: 'other-payment',
      capacity: 60,
      layout: (values['layout'] ?? standardLayout) as string,
      platform: isJoined
        ? {
            url: platform.replace(/\/$/, ''),
            caFile: needed(caFile ?? undefined, 'ca'),
            certDir: resolve(values.certs ?? dirname(caFile ?? '.')),
            appId: appId ?? values['app-id'] ?? testAppId,
          }
        : (platform ?? without),
      ...(Object.fromEntries(links) as unknown as LotLinks),
      readers: readersOf(values.reader),
    }),
    ...Object.fromEntries(said),
    ...(await streetsOf(values)),
  }
  refuseLacks(lot, join(dir, 'lot.json'))
  const checked = checkLot(lot, join(dir, 'lot.json'))
  refuseNoAddress(checked, join(dir, 'lot.json'))
  refuseTestMeans(checked, join(dir, 'lot.json'))
  refuseNoDestination(checked, join(dir, 'lot.json'))
  refuseUnspoken(checked, join(dir, 'lot.json'))
  await namedProfiles(runningLot(checked), dir)
  const config = writeLot(dir, lot, values.tariff === undefined ? null : readUtf8(values.tariff))
  io.stdout(
    `${JSON.stringify({ ok: true, file: join(dir, 'lot.json'), lanes: config.lanes.map((l) => l.id) })}\n`,
  )
  return 0
})

const check = act(['lot check --data DIR'], async ({ data }, io) => {
  const dir = resolve(data)
  const { config, warnings } = loadLot(dir)
  refuseNoAddress(config, join(dir, 'lot.json'))
  refuseTestMeans(config, join(dir, 'lot.json'))
  refuseNoDestination(config, join(dir, 'lot.json'))
  await namedProfiles(runningLot(config), dir)
  refuseUnspoken(config, join(dir, 'lot.json'))
  checkSuites(config, dir)
  const { push, warnings: notYet } = pushAddresses(config, dir)
  const said = [...warnings, ...absences(config, dir), ...notYet, ...drillDue(dir)]
  const { lotId, lanes } = config
  const { findings: siting, fits } = sitingOfLot(config, rulesHere(dir, config.provinceCode))
  const code = fits ? {} : { code: 'LOT-11' satisfies FaultCode }
  const spaces = streetSpacesOf(config)
  const streets =
    spaces.length === 0
      ? {}
      : { spaces: spaces.length, piles: spaces.filter(({ pile }) => pile !== undefined).length }
  const found = { lotId, lanes: lanes.length, ...streets, push, warnings: said, siting }
  io.stdout(`${JSON.stringify({ ok: fits, ...code, ...found })}\n`)
  return fits ? 0 : 1
})

const schema = act(['lot schema'], (_values, io) => {
  io.stdout(`${JSON.stringify(lotJsonSchema(), null, 2)}\n`)
  return 0
})

const demoKeepsNone = t('演示停车场不留从前的设置', 'a demo keeps no earlier settings')

/** A lot made by a set-up stores versions of its settings from then on, a rehearsal too. */
function notKept(firstMs: number | null, { mode }: Pick<LotConfig, 'mode'>) {
  if (firstMs === null) return mode === 'demo' ? { note: demoKeepsNone } : {}
  const first = isoOf(firstMs)
  return { note: t(`最早留下的是 ${first}`, `the earliest that is kept is of ${first}`) }
}

/** The settings then, or now, and what has changed since; with a lane: without those of other lanes. */
const show = act(['lot show --data DIR [--at ISO] [--lane L]'], ({ data, at, lane }, io) => {
  const dir = resolve(data)
  const atMs = at === undefined ? systemWallClock().nowMs() : parseIso(at)
  if (atMs === null) throw new LaneFault('ARG-01', { field: '--at', value: at ?? '' })
  const { config, tariff: inForce } = loadLot(dir)
  const version = versionAt(dir, atMs)
  // A lot that no form made has no versions; its files count as current from now on.
  const isPast = atMs < systemWallClock().nowMs()
  if (version === null && at !== undefined && isPast)
    throw new LaneFault('LOT-12', {
      file: dir,
      field: '--at',
      value: at,
      ...notKept(versionTimes(dir)[0] ?? null, config),
    })
  // The files as written: a tariff of an older format is converted when it is read, but the file stays.
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
  // A worker does not keep its process alive; this timer does, until the worker has answered.
  const waiting = setInterval(() => undefined, 60_000)
  try {
    return await worker.handover(language)
  } finally {
    clearInterval(waiting)
    await worker.close()
  }
}

/** Writes the hand-over document; a running lot continues. */
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

/** Stopped lanes report no time, so the line about the clock is open. */
async function leaveAtRest(dir: string, io: Pick<CliIo, 'stderr' | 'atRest'>): Promise<LeaveView> {
  loadLot(dir)
  const reader = lotReader(dir, io)
  const { unsent, oldestAgeSec } = await reader.call('queue.status', {})
  const { items } = await reader.call('day.get', {})
  const nowMs = systemWallClock().nowMs()
  const isSigned = (name: string): boolean => isSignedSurvey(dir, name)
  return leaveView(leaveHere(dir, surveyLines(dir), isSigned, nowMs), {
    nowMs,
    unsent: { count: unsent, oldestAgeSec },
    clock: null,
    isClockInDoubt: false,
    unowned: items.filter(({ end, owner }) => end === null && owner === '').length,
    copyFault: null,
  })
}

/** Exit 1: a line is open. */
const leave = act(['lot leave --data DIR'], async ({ data }, io) => {
  const dir = resolve(data)
  const view = (await clientOf(dir)?.call('lot.leave', {})) ?? (await leaveAtRest(dir, io))
  return printed(view, view.ok)
})

export const lotCommand = commandOf('lot', [
  init,
  check,
  schema,
  show,
  ...lotSettings,
  handover,
  leave,
])
