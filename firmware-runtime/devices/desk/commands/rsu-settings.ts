// The five verbs for a device, for scripts: read, validate, diff, write, verify. Loading a file never writes; a write
// is a trial that only a car or a reading makes permanent (devices/pure/configure/trial.ts).
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { type BilingualText, joinedWhy, t } from '#base/pure/words/fault-text.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Who } from '#base/calls/rows.ts'
import { devicePosition } from '#base/calls/rows.ts'
import type {
  DeviceDiffView,
  DeviceSettingsView,
  SettingsBackupView,
} from '../../calls/settings-views.ts'
import { backupViews, deviceView, diffView } from '../handlers/control-devices.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import type { DeviceSettings } from '../../pure/configure/setting.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { DevicePosition } from '../../ports/settings-files.ts'
import { BenchRsu, benchFolder } from '../bench/bench-rsu.ts'
import { linkWithVariant } from './rsu-variant.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { act, whoOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { needed, trialSecOf, wrongFlag } from '#base/commands/command.ts'
import type { Given } from '#base/commands/usage-types.ts'
import { readText, readBytes } from '#base/process/read-file.ts'
import { photoBytesMax } from '#base/pure/data/photo.ts'
import { keepMeasurePhoto, mustBePhoto } from '#base/desk/folder/measure-photos.ts'

/** The flags of `PLACE`. */
export type Place = Pick<Given<['PLACE']>, 'data' | 'lane' | 'link' | 'state' | 'site'>

/** Position of a device without a lot, from --site and --lane; null: not given. Throws ARG-01 for invalid text. */
export function standsAt({ site, lane = '' }: Place): DevicePosition | null {
  if (site === undefined && lane === '') return null
  const said = devicePosition.safeParse({ site, lane })
  if (said.success) return said.data
  const field = said.error.issues[0]?.path[0] === 'lane' ? '--lane' : '--site'
  throw new LaneFault('ARG-01', { field, value: site ?? '', note: '--site NAME [--lane NAME]' })
}

/** The folder with the imported profiles that a link may name; null: built-in profiles only. */
export const importsOf = ({ data }: Pick<Place, 'data'>): string | null =>
  data === undefined ? null : folderOf(data)

/** A device that this command sets, in a running lot or on a link of its own. */
export interface Session {
  view(): Promise<DeviceSettingsView>
  diff(wanted: DeviceSettings): Promise<DeviceDiffView>
  apply(args: Omit<ArgsOf<'device.apply'>, 'laneId'>): Promise<void>
  takeBack(who: { commandId: string; by: string; reason: string }): Promise<void>
  backups(): Promise<readonly SettingsBackupView[]>
  pin(args: Omit<ArgsOf<'device.pinBackup'>, 'laneId'>): Promise<void>
  backUp(who: Who): Promise<void>
  /** Stores a photo of the instrument beside the settings; its id, or null when the disk failed. */
  keepPhoto(jpeg: Uint8Array): string | null
  close(): void
}

export function lotSession(values: Place): Session {
  const dir = folderOf(values.data)
  const client = runningClient(dir)
  const laneId = needed(values.lane, 'lane')
  return {
    keepPhoto: (jpeg) => keepMeasurePhoto(dir, laneId, jpeg),
    view: () => client.call('device.settings', { laneId }),
    diff: (wanted) => client.call('device.diff', { laneId, wanted }),
    apply: async (args) => void (await client.call('device.apply', { laneId, ...args })),
    takeBack: async (who) => void (await client.call('device.takeBack', { laneId, ...who })),
    backups: async () => (await client.call('device.backups', { laneId })).rows,
    pin: async (args) => void (await client.call('device.pinBackup', { laneId, ...args })),
    backUp: async (who) => void (await client.call('device.backUp', { laneId, ...who })),
    close: () => undefined,
  }
}

export async function linkSession(link: string, values: Place): Promise<Session> {
  const dir = values.state ?? benchFolder()
  const imports = importsOf(values)
  const named = await linkWithVariant(link, imports)
  const bench = await BenchRsu.open(named, dir, { stands: standsAt(values), imports })
  const { settingsStore } = bench
  return {
    keepPhoto: (jpeg) => keepMeasurePhoto(dir, settingsStore.parts.laneId, jpeg),
    view: () => Promise.resolve(deviceView('', { link: named, settingsStore })),
    diff: (wanted) => Promise.resolve(diffView(settingsStore.diff(wanted))),
    apply: async ({ commandId, wanted, by, reason, trialSec = 60, ...more }) => {
      settingsStore.apply(commandId, {
        wanted,
        by,
        reason,
        forMs: trialSec * 1000,
        evenUnlawful: more.evenUnlawful ?? false,
        photo: more.photo ?? null,
      })
      return Promise.resolve()
    },
    takeBack: ({ by }) => Promise.resolve(settingsStore.takeBack(by)),
    backups: () => Promise.resolve(backupViews(settingsStore)),
    pin: ({ id, on }) => Promise.resolve(settingsStore.parts.store.pin(id, on)),
    backUp: ({ by, reason }) => Promise.resolve(settingsStore.backUp(by, reason)),
    close: () => bench.close(),
  }
}

/** ARG-01 unless --link or --data is given; with --link the folder is where imported profiles are found. */
export function mustBePlace({ link, data }: Pick<Place, 'link' | 'data'>): void {
  if (link !== undefined || data !== undefined) return
  const note = t('--link,或 --data 加 --lane', '--link, or --data with --lane')
  throw new LaneFault('ARG-01', { field: '--link', note })
}

/** Runs `use` on a running lot or on a link of its own, as the flags say, and closes the session after it. */
export async function atPlace<S extends { close(): void }>(
  values: Place,
  onLot: (values: Place) => S,
  onLink: (link: string, values: Place) => Promise<S>,
  use: (session: S) => Promise<Exit>,
): Promise<Exit> {
  mustBePlace(values)
  if (values.link === undefined && values.site !== undefined)
    throw wrongFlag(
      '--site',
      t('只能与 --link 同用,停车场里已有名称', 'only with --link: a lot names it'),
    )
  const session = values.link === undefined ? onLot(values) : await onLink(values.link, values)
  try {
    return await use(session)
  } finally {
    session.close()
  }
}

export const withSession = (
  values: Place,
  use: (session: Session) => Promise<Exit>,
): Promise<Exit> => atPlace(values, lotSession, linkSession, use)

/** A file of wanted settings, and the device for which it was written. */
const settingsFile = z.strictObject({
  version: z.literal(1),
  device: z
    .strictObject({ variant: z.string().max(80), rsuId: z.string().max(16) })
    .partial()
    .optional(),
  settings: z.record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/), z.number()),
})
type SettingsFile = z.infer<typeof settingsFile>

export function readSettingsFile(file: string): SettingsFile {
  const parsed = settingsFile.safeParse(readStrictJson(Buffer.from(readText(file)), file))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = (issue?.path ?? []).map((part) => `/${String(part)}`).join('')
  throw new LaneFault('SET-01', { file, field, note: issueWhy(issue) })
}

export function setsOf(words: readonly string[]): Record<string, number> {
  const values: Record<string, number> = {}
  for (const word of words) {
    const [, id = '', text = ''] =
      /^([a-zA-Z][a-zA-Z0-9]{0,39})=(-?\d+(?:\.\d+)?)$/.exec(word) ?? []
    if (id === '')
      throw new LaneFault('ARG-01', { field: '--set', value: word, note: 'NAME=NUMBER' })
    values[id] = Number(text)
  }
  return values
}

interface Wanted {
  readonly settings: DeviceSettings
  readonly warnings: readonly BilingualText[]
}

interface WantedValues {
  readonly file: string | undefined
  readonly backup: string | undefined
  readonly only: string | undefined
  readonly set: readonly string[]
}

/** The backup with that id; SET-06 when it does not exist. */
export async function backupOf(session: Session, id: string): Promise<SettingsBackupView> {
  const found = (await session.backups()).find((one) => one.id === id)
  if (found === undefined) throw new LaneFault('SET-06', { field: '/id', value: id })
  return found
}

/** All settings of a backup, or the named ones: a name that the backup does not have is refused. */
function partOf(settings: DeviceSettings, only: string | undefined): DeviceSettings {
  if (only === undefined) return settings
  const names = only.split(',')
  const missing = names.find((name) => !Object.hasOwn(settings, name))
  if (missing !== undefined)
    throw wrongFlag('--only', t('不在备份里', 'not in the backup'), missing)
  return Object.fromEntries(Object.entries(settings).filter(([id]) => names.includes(id)))
}

/** Without mechanical settings: a backup cannot restore what is set by hand; those values are measured again. */
function writable(settings: DeviceSettings, view: DeviceSettingsView): DeviceSettings {
  const turned = view.settings.filter(({ mechanical }) => mechanical).map(({ id }) => id)
  return Object.fromEntries(Object.entries(settings).filter(([id]) => !turned.includes(id)))
}

async function givenBy(
  values: WantedValues,
  session: Session,
  view: DeviceSettingsView,
): Promise<SettingsFile | null> {
  const { file, backup, only } = values
  if (file !== undefined && backup !== undefined)
    throw wrongFlag('--backup', t('--file 和 --backup 只用其一', '--file or --backup, not both'))
  if (only !== undefined && backup === undefined)
    throw wrongFlag('--only', t('--only 与 --backup 同用', '--only with --backup'))
  if (backup === undefined) return file === undefined ? null : readSettingsFile(file)
  const { variant, rsuId, now: settings } = await backupOf(session, backup)
  return {
    version: 1,
    device: { variant, rsuId },
    settings: partOf(writable(settings, view), only),
  }
}

async function wantedOf(values: WantedValues, session: Session): Promise<Wanted> {
  const view = await whole(session)
  const given = await givenBy(values, session, view)
  const { variant = '', rsuId = '' } = given?.device ?? {}
  const warnings: BilingualText[] = []
  if (variant !== '' && variant !== view.variant)
    warnings.push(
      t(
        `文件是给 ${variant} 的,设备是 ${view.variant}`,
        `the file is for ${variant}, the device is ${view.variant}`,
      ),
    )
  const there = view.identity?.rsuId ?? ''
  if (rsuId !== '' && rsuId !== there)
    warnings.push(
      t(
        `文件是设备 ${rsuId} 的,这台是 ${there === '' ? '未知设备' : there}`,
        `the file is of device ${rsuId}, this is ${there === '' ? 'unknown' : there}`,
      ),
    )
  return { settings: { ...given?.settings, ...setsOf(values.set) }, warnings }
}

const pollMs = 200

/** The longest wait for a heartbeat of generic-ver, which lists the antennas and comes every ten seconds. */
const heartbeatMs = 12_000

/** The settings as the device reports them: waits for a heartbeat when the variant has one that lists the antennas. */
export async function whole(session: Session): Promise<DeviceSettingsView> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const view = await session.view()
    const tells = view.up && view.settings.some((setting) => setting.readBack)
    if (!tells || view.antennas.length > 0 || waitedMs > heartbeatMs) return view
    await pause(pollMs)
  }
}

export const read = act(['rsu read PLACE'], (values) =>
  withSession(values, async (session) => {
    return printed(await whole(session))
  }),
)

export const diff = act(
  ['rsu diff PLACE [--file F | --backup ID [--only NAME,NAME]] [--set NAME=NUMBER ...]'],
  (values) =>
    withSession(values, async (session) => {
      const { settings, warnings } = await wantedOf(values, session)
      const found = await session.diff(settings)
      return printed(
        { ...found, warnings },
        !(found.refused + found.notOnDevice + warnings.length > 0),
      )
    }),
)

/** Three C0 and a reconnect: after a lost link the device gets the old values at its next contact. */
const settleMs = 15_000

/** Waits until the device is up with its settings; false: it gets them at its next contact. */
export async function settled(session: {
  view(): Promise<Pick<DeviceSettingsView, 'up' | 'restoring'>>
}): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < settleMs; waitedMs += pollMs) {
    const { up, restoring } = await session.view()
    if (up && !restoring) return true
    await pause(pollMs)
  }
  return false
}

interface TrialOver {
  readonly end: string
  readonly why: string
  readonly settled: boolean
}

/** Waits until the trial is over and the device has its settings; returns how it ended. */
export async function endOf(session: Session): Promise<TrialOver> {
  for (;;) {
    const { trial, last } = await session.view()
    if (trial === null && last !== null)
      // Closing the link earlier would leave the settings of the trial on the device.
      return { end: last.end, why: last.why, settled: await settled(session) }
    await pause(pollMs)
  }
}

function jpegOf(file: string): Uint8Array {
  const bytes = readBytes(file, photoBytesMax)
  mustBePhoto(bytes, file)
  return bytes
}

/** A photo proves a value that was set by hand: without such a value it is refused. */
function photoFor(
  file: string | undefined,
  found: DeviceDiffView,
  session: Session,
): string | null {
  if (file === undefined) return null
  const jpeg = jpegOf(file)
  if (!found.rows.some(({ state }) => state === 'mechanical'))
    throw wrongFlag('--photo', t('没有要登记的手动值', 'no value set by hand is recorded'))
  const photo = session.keepPhoto(jpeg)
  if (photo === null)
    throw new LaneFault('DATA-01', { file, note: t('照片没有保留', 'the photo was not kept') })
  return photo
}

/** On a link of its own a trial ends with this program: nothing would remain to keep it or roll it back. */
export function mustStay(noWait: boolean | undefined, onLink: boolean): void {
  if (noWait !== true || !onLink) return
  const note = t('只能与 --data 同用:试用须有运行时', 'only with --data: a trial needs its runtime')
  throw new LaneFault('ARG-01', { field: '--no-wait', note })
}

export const apply = act(
  [
    'rsu apply PLACE [--file F | --backup ID [--only NAME,NAME]] [--set NAME=NUMBER ...] --by NAME --reason TEXT [--photo JPEG] [--trial-sec N] [--even-unlawful] [--other-device] [--no-wait]',
  ],
  async (values) => {
    mustStay(values['no-wait'], values.link !== undefined)
    const trialSec = trialSecOf(values['trial-sec'])
    return withSession(values, async (session) => {
      const { settings, warnings } = await wantedOf(values, session)
      if (warnings.length > 0 && !values['other-device'])
        throw new LaneFault('SET-01', { file: values.file ?? '', note: joinedWhy(warnings, '; ') })
      const found = await session.diff(settings)
      const writes = found.rows.some((row) => row.state === 'changed' || row.state === 'unlawful')
      const photo = photoFor(values.photo, found, session)
      await session.apply({
        ...(photo === null ? {} : { photo }),
        wanted: settings,
        trialSec,
        evenUnlawful: values['even-unlawful'],
        ...whoOf(values),
      })
      if (!writes || values['no-wait']) {
        return printed({ ok: true, end: writes ? 'running' : 'recorded', diff: found })
      }
      const over = await endOf(session)
      const ok = over.end === 'kept'
      return printed({ ok, ...over, diff: found }, ok)
    })
  },
)

export const takeBack = act(['rsu take-back PLACE --by NAME --reason TEXT'], (values) =>
  withSession(values, async (session) => {
    await session.takeBack(whoOf(values))
    return printed({ ok: true })
  }),
)
