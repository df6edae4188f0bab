// `etc-lane rsu preset` and `rsu bundle`: starting values as data, and one set of values for many lanes. Listing and
// comparing never write; every lane has its own trial, and one dead lane delays no other.
import { t } from '#base/pure/words/fault-text.ts'
import { randomUUID } from 'node:crypto'
import type { DeviceDiffView, SettingDiffView } from '../../calls/settings-views.ts'
import type { Preset } from '../../pure/tune/preset.ts'
import { rsuPresets } from '../../pure/rsu/presets.ts'
import type { DeviceSettings } from '../../pure/configure/setting.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed, type Exit } from '#base/desk/commands/acts.ts'
import { needed, trialSecOf, wrongFlag } from '#base/commands/command.ts'
import {
  endOf,
  linkSession,
  lotSession,
  readSettingsFile,
  type Place,
  type Session,
  withSession,
  mustStay,
} from './rsu-settings.ts'

interface Who {
  readonly by: string
  readonly reason: string
}

type RowResult =
  | 'same'
  | 'written'
  | 'tookBack'
  | 'refused'
  | 'notOnDevice'
  | 'recorded'
  | 'wouldWrite'
  | 'left'

export interface LaneResult {
  readonly lane: string
  /** How its trial ended; null: nothing was written. */
  readonly end: string | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly rows: readonly {
    readonly id: string
    readonly old: number | null
    readonly new: number
    readonly unit: string
    readonly result: RowResult
    readonly problem: string | null
  }[]
}

/** The preset with that id; TUNE-05 when it does not exist. */
function presetOf(id: string): Preset {
  const found = rsuPresets.find((one) => one.id === id)
  if (found === undefined) throw new LaneFault('TUNE-05', { field: 'preset', value: id })
  return found
}

const writes = ({ state }: SettingDiffView): boolean => state === 'changed' || state === 'unlawful'

/** The result for each value, from the difference before and the end of the lane's trial. */
function rowsOf(diff: DeviceDiffView, end: string | null, refused: boolean): LaneResult['rows'] {
  const resultOf = (row: SettingDiffView): RowResult => {
    if (row.state === 'same' || row.state === 'notOnDevice' || row.state === 'refused')
      return row.state
    // A value that the clause forbids needs a person's confirmation for one lane; a bundle cannot give it.
    if (row.state === 'unlawful') return 'refused'
    if (refused) return 'left'
    if (row.state === 'mechanical') return end === null ? 'wouldWrite' : 'recorded'
    if (end === null) return 'wouldWrite'
    return end === 'kept' || end === 'running' ? 'written' : 'tookBack'
  }
  return diff.rows.map((row) => ({
    id: row.id,
    old: row.old,
    new: row.new,
    unit: row.unit,
    result: resultOf(row),
    problem: row.problem,
  }))
}

const onDevice = (diff: DeviceDiffView): DeviceSettings =>
  Object.fromEntries(
    diff.rows.filter(({ state }) => state !== 'notOnDevice').map((row) => [row.id, row.new]),
  )

interface BundleJob {
  readonly settings: DeviceSettings
  /** Null: compares only. */
  readonly apply: (Who & { readonly trialSec: number; readonly wait: boolean }) | null
}

/** Applies a bundle to one lane, whole or not at all: one refused value holds back the others. */
async function laneOf(lane: string, session: Session, job: BundleJob): Promise<LaneResult> {
  const diff = await session.diff(job.settings)
  const refused = diff.rows.some((row) => row.state === 'refused' || row.state === 'unlawful')
  const nothing = diff.changed === 0 || refused
  if (job.apply === null || nothing)
    return { lane, end: null, error: null, rows: rowsOf(diff, null, refused) }
  const { by, reason, trialSec, wait } = job.apply
  const wanted = onDevice(diff)
  await session.apply({ commandId: randomUUID(), wanted, trialSec, by, reason })
  const tried = diff.rows.some(writes)
  const end = !tried ? 'kept' : wait ? (await endOf(session)).end : 'running'
  return { lane, end, error: null, rows: rowsOf(diff, end, refused) }
}

function failed(lane: string, error: unknown): LaneResult {
  if (!(error instanceof LaneFault)) throw error
  const { code, message } = error
  return { lane, end: null, error: { code, message }, rows: [] }
}

async function oneLane(
  lane: string,
  open: () => Promise<Session>,
  job: BundleJob,
): Promise<LaneResult> {
  try {
    const session = await open()
    try {
      return await laneOf(lane, session, job)
    } finally {
      session.close()
    }
  } catch (error) {
    return failed(lane, error)
  }
}

const laneOk = ({ error, end, rows }: LaneResult): boolean =>
  error === null &&
  (end === null || end === 'kept' || end === 'running') &&
  rows.every(({ result }) => result !== 'refused')

interface Places {
  readonly data: string | undefined
  readonly lanes: string | undefined
  readonly link: readonly string[]
}

function placesOf(values: Places) {
  const lanes = (values.lanes ?? '').split(',').filter((lane) => lane !== '')
  if (
    lanes.length > 0 === values.link.length > 0 ||
    (lanes.length > 0 && values.data === undefined)
  )
    throw wrongFlag('--lanes', t('--data 加 --lanes,或 --link', '--data with --lanes, or --link'))
  return { lanes, links: values.link }
}

function settingsOf(file: string | undefined, preset: string | undefined): DeviceSettings {
  if ((file === undefined) === (preset === undefined))
    throw wrongFlag('--file', t('--file 或 --preset', '--file or --preset'))
  return file === undefined
    ? presetOf(needed(preset, 'preset')).settings
    : readSettingsFile(file).settings
}

interface ApplyFlags {
  readonly by: string | undefined
  readonly reason: string | undefined
  readonly 'trial-sec': number | undefined
  readonly 'no-wait': boolean
}

const applyOf = ({ by, reason, ...values }: ApplyFlags) => ({
  by: needed(by, 'by'),
  reason: needed(reason, 'reason'),
  trialSec: trialSecOf(values['trial-sec']),
  wait: !values['no-wait'],
})

interface BundleFlags extends Places, ApplyFlags {
  readonly state: string | undefined
  readonly site: string | undefined
  readonly file: string | undefined
  readonly preset: string | undefined
}

/** All lanes at once: each has its own device, and the trials run side by side. */
async function runBundle(values: BundleFlags, write: boolean): Promise<Exit> {
  const { lanes, links } = placesOf(values)
  mustStay(values['no-wait'], links.length > 0)
  const settings = settingsOf(values.file, values.preset)
  const apply = write ? applyOf(values) : null
  const { data, state, site } = values
  if (links.length === 0 && site !== undefined)
    throw wrongFlag(
      '--site',
      t('只能与 --link 同用,停车场里已有名称', 'only with --link: a lot names it'),
    )
  const at: Place = { data, lane: undefined, link: undefined, state, site }
  const rows = await Promise.all([
    ...lanes.map((lane) =>
      oneLane(lane, () => Promise.resolve(lotSession({ ...at, lane })), { settings, apply }),
    ),
    ...links.map((link) => oneLane(link, () => linkSession(link, at), { settings, apply })),
  ])
  const ok = rows.every(laneOk)
  return printed({ ok, settings, lanes: rows }, ok)
}

const bundleApply = act(
  [
    'rsu bundle apply (--data DIR --lanes A,B | --link URL ... [--site NAME] [--state DIR]) (--file F | --preset ID) --by NAME --reason TEXT [--trial-sec N] [--no-wait]',
  ],
  (values) => runBundle(values, true),
)

/** Accepts the flags of the writing command, so that changing one word turns it into a comparison. */
const bundleDiff = act(
  [
    'rsu bundle diff (--data DIR --lanes A,B | --link URL ... [--site NAME] [--state DIR]) (--file F | --preset ID) [--by NAME --reason TEXT] [--trial-sec N] [--no-wait]',
  ],
  (values) => runBundle(values, false),
)

async function onOne(id: string, values: Place, applied: ApplyFlags | null) {
  const { settings } = presetOf(id)
  mustStay(applied?.['no-wait'], values.link !== undefined)
  const apply = applied === null ? null : applyOf(applied)
  return withSession(values, async (session) => {
    const result = await laneOf(values.lane ?? values.link ?? '', session, { settings, apply })
    return printed({ ok: laneOk(result), preset: id, ...result }, laneOk(result))
  })
}

const presetList = act(['rsu preset list'], () => {
  return printed({ presets: rsuPresets })
})

const presetDiff = act(['rsu preset diff ID PLACE'], ({ words: [id], ...values }) =>
  onOne(id, values, null),
)

const presetApply = act(
  ['rsu preset apply ID PLACE --by NAME --reason TEXT [--trial-sec N] [--no-wait]'],
  ({ words: [id], ...values }) => onOne(id, values, values),
)

export const bundles = [presetList, presetDiff, presetApply, bundleApply, bundleDiff]
