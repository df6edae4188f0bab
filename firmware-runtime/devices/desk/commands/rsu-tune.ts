// `etc-lane rsu tune` and `rsu attempts`: one step of the tune loop, its history, its undo, and the attempts-at-speed
// meter without a change. In a running lot and on a link of its own alike.
import { t } from '#base/pure/words/fault-text.ts'
import { setTimeout as pause } from 'node:timers/promises'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Who } from '#base/calls/rows.ts'
import type { TuneView, ZoneGiven } from '../../calls/tune-views.ts'
import { lookOf } from '../handlers/control-tune.ts'
import { assistantView } from '#survey/pure/field/assistant.ts'
import { tuneView } from '../../settings/tune-view.ts'
import { usualBeam } from '#survey/pure/model/antenna.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { BenchRsu, benchFolder } from '../bench/bench-rsu.ts'
import { linkWithVariant } from './rsu-variant.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { act, whoOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { needed, within, wrongFlag } from '#base/commands/command.ts'
import { field } from './rsu-field.ts'
import { atPlace, setsOf, standsAt, type Place, importsOf, settled } from './rsu-settings.ts'
import { readSurvey } from '#survey/files/open-survey.ts'

interface LookFlags {
  readonly cars: string | undefined
  readonly passes: number | undefined
  readonly 'listen-sec': number | undefined
  readonly 'zone-m': string | undefined
  readonly kmh: string | undefined
}
type Begin = Omit<ArgsOf<'tune.begin'>, 'laneId'>
type Look = Omit<ArgsOf<'tune.measure'>, 'laneId'>
interface TuneSession {
  view(): Promise<TuneView>
  begin(args: Begin): Promise<void>
  measure(args: Look): Promise<void>
  undo(who: Who): Promise<void>
  close(): void
}

const pollMs = 100
const defaultListenSec = 60

function lotSession(values: Place): TuneSession {
  const client = runningClient(folderOf(values.data))
  const laneId = needed(values.lane, 'lane')
  return {
    view: () => client.call('tune.get', { laneId }),
    begin: async (args) => void (await client.call('tune.begin', { laneId, ...args })),
    measure: async (args) => void (await client.call('tune.measure', { laneId, ...args })),
    undo: async (who) => void (await client.call('tune.undo', { laneId, ...who })),
    close: () => undefined,
  }
}

async function linkSession(link: string, values: Place): Promise<TuneSession> {
  const imports = importsOf(values)
  const events = { mustBeMet: true, stands: standsAt(values), imports } as const
  const named = await linkWithVariant(link, imports)
  const bench = await BenchRsu.open(named, values.state ?? benchFolder(), events)
  const { tune } = bench
  return {
    view: () => Promise.resolve(tuneView('', tune)),
    begin: async ({
      commandId,
      aim,
      change,
      by,
      reason,
      decide = 'auto',
      powerSteps,
      ...given
    }) => {
      tune.begin(commandId, {
        aim,
        by,
        reason,
        decide,
        change: change ?? null,
        bound: powerSteps ?? null,
        ...lookOf(given),
      })
      return Promise.resolve()
    },
    measure: async (given) => Promise.resolve(tune.measureOnly(lookOf(given))),
    undo: async ({ commandId, by }) => Promise.resolve(tune.undo(commandId, by)),
    close: () => bench.close(),
  }
}

const withSession = (values: Place, use: (session: TuneSession) => Promise<Exit>): Promise<Exit> =>
  atPlace(values, lotSession, linkSession, use)

const decimal = (text: string, flag: string): number => {
  const value = Number(text)
  if (!/^\d{1,4}(?:\.\d{1,3})?$/.test(text) || value <= 0)
    throw wrongFlag(`--${flag}`, t('须为大于 0 的数', 'a number above 0'), text)
  return value
}

function zoneOf(values: LookFlags): ZoneGiven {
  const { 'zone-m': zoneM, kmh } = values
  if (zoneM !== undefined && kmh !== undefined)
    throw wrongFlag('--kmh', t('--zone-m 和 --kmh 只用其一', '--zone-m or --kmh, not both'))
  if (zoneM !== undefined) return { from: 'tape', lengthM: decimal(zoneM, 'zone-m') }
  return kmh === undefined ? null : { from: 'drive', kmh: decimal(kmh, 'kmh') }
}

function lookFlags(values: LookFlags): Look {
  const counted = { fallback: 1, min: 1, max: 500 }
  const passes =
    values.passes === undefined ? {} : { passes: within(values.passes, 'passes', counted) }
  const listen = { fallback: defaultListenSec, min: 2, max: 3_300 }
  return {
    ...passes,
    cars: (values.cars ?? '').split(',').filter((car) => car !== ''),
    listenSec: within(values['listen-sec'], 'listen-sec', listen),
    zone: zoneOf(values),
  }
}

async function until(session: TuneSession, over: (view: TuneView) => boolean): Promise<TuneView> {
  for (;;) {
    const view = await session.view()
    if (over(view)) return view
    await pause(pollMs)
  }
}

const quiet = (view: TuneView): boolean => view.run === null && !view.undoing && !view.restoring

function changeOf(words: readonly string[]): Begin['change'] {
  const sets = Object.entries(setsOf(words))
  if (sets.length > 1)
    throw new LaneFault('ARG-01', { field: '--set', note: t('一步只改一样', 'one thing a step') })
  const [first] = sets
  return first === undefined ? null : { setting: first[0], value: first[1] }
}

/** Power steps that row 5 allows by the readings of a survey. TUNE-07 when the survey declares no needed area. */
function surveyedSteps(file: string): { min: number; max: number } {
  const { records } = readSurvey(file)
  const { powerSteps } = assistantView(records, {
    antennaId: null,
    at: null,
    beam: usualBeam,
    neighbours: [],
    powerStep: { min: 0, max: 31 },
  })
  if (powerSteps === null) throw new LaneFault('TUNE-07', { file })
  return { ...powerSteps }
}

/** One step: measure, change one setting, measure, keep or take back by the numbers. */
const run = act(
  [
    'rsu tune PLACE --aim moreReads|fewerRetries|fewerNeighbours|longerVisible [--set NAME=NUMBER ...] [--survey FILE] [--cars OBU,OBU] [--passes N] [--listen-sec N] [--zone-m M | --kmh V] --by NAME --reason TEXT',
    'rsu tune run … PLACE',
  ],
  async ({ aim, ...values }) => {
    const requester = whoOf(values)
    const [change, given] = [changeOf(values.set), lookFlags(values)]
    const bound = values.survey === undefined ? {} : { powerSteps: surveyedSteps(values.survey) }
    return withSession(values, async (session) => {
      await session.begin({ aim, change, decide: 'auto', ...bound, ...given, ...requester })
      const { steps: rows, meter } = await until(session, quiet)
      const step = rows.find(({ id }) => id === requester.commandId) ?? null
      const ok = step?.end === 'kept'
      return printed({ ok, step, meter, settled: await settled(session) }, ok)
    })
  },
)

const steps = act(['rsu tune steps PLACE'], (values) =>
  withSession(values, async (session) => {
    const { steps: rows, undoId, proposals } = await session.view()
    return printed({ steps: rows, undoId, proposals })
  }),
)

const undo = act(['rsu tune undo PLACE --by NAME --reason TEXT'], (values) =>
  withSession(values, async (session) => {
    const { undoId } = await session.view()
    await session.undo(whoOf(values))
    const { steps: rows } = await until(session, quiet)
    const step = rows.find(({ id }) => id === undoId) ?? null
    const ok = step !== null && step.undoneBy !== null
    return printed({ ok, step }, ok)
  }),
)

/** The meter alone: writes nothing. Exit 1 when 5 km/h is red or unknown. */
const attempts = act(
  ['rsu attempts PLACE [--cars OBU,OBU] [--passes N] [--listen-sec N] [--zone-m M | --kmh V]'],
  async (values) => {
    const given = lookFlags(values)
    return withSession(values, async (session) => {
      await session.measure(given)
      const { look: done, meter } = await until(session, (view) => view.look?.found !== null)
      const light = meter?.rows[0]?.light ?? null
      return printed(
        { light, meter, measured: done?.found ?? null },
        light === 'green' || light === 'amber',
      )
    })
  },
)

export const tuning = [run, field, steps, undo, attempts]
