// `etc-lane rsu backups`: lists the backups made before each write, compares two of them or one with the device, and
// pins one for ever. `rsu apply --backup` restores one, as a trial like any write.
import type { SettingsBackupView } from '../../calls/settings-views.ts'
import { compareSettings } from '#base/pure/lot/compare-settings.ts'
import type { Who } from '#base/calls/rows.ts'
import { act, printed, whoOf, type Exit } from '#base/desk/commands/acts.ts'
import { backupOf, whole, withSession, type Session } from './rsu-settings.ts'

const list = act(['rsu backups PLACE', 'rsu backups list PLACE'], (values) =>
  withSession(values, async (session) => printed({ backups: await session.backups() })),
)

const named = ({ id, atIso, by, reason }: SettingsBackupView) => ({ id, atIso, by, reason })

async function now(session: Session): Promise<Record<string, number | null>> {
  const { settings } = await whole(session)
  return Object.fromEntries(settings.map(({ id, value }) => [id, value]))
}

/** Exit 1 when they differ. Without a second id it compares with the device. */
const diff = act(['rsu backups diff ID [ID] PLACE'], ({ words: [before, after], ...values }) =>
  withSession(values, async (session) => {
    const was = await backupOf(session, before)
    const is = after === undefined ? null : await backupOf(session, after)
    const rows = compareSettings(was.now, is?.now ?? (await now(session)))
    const differ = rows.some(({ state }) => state !== 'same')
    const sides = { before: named(was), after: is === null ? null : named(is) }
    return printed({ ...sides, differ, rows }, !differ)
  }),
)

async function pinned(
  session: Session,
  { id: wanted, on, ...who }: Who & { readonly id: string; readonly on: boolean },
): Promise<Exit> {
  const { id } = await backupOf(session, wanted)
  await session.pin({ ...who, id, on })
  return printed({ ok: true, id, pinned: on })
}

const pin = act(
  ['rsu backups pin ID PLACE --by NAME --reason TEXT'],
  ({ words: [id], ...values }) =>
    withSession(values, (session) => pinned(session, { id, on: true, ...whoOf(values) })),
)

const unpin = act(
  ['rsu backups unpin ID PLACE --by NAME --reason TEXT'],
  ({ words: [id], ...values }) =>
    withSession(values, (session) => pinned(session, { id, on: false, ...whoOf(values) })),
)

/** Makes a backup of the settings that the device reports now. */
const make = act(['rsu backups make PLACE --by NAME --reason TEXT'], (values) =>
  withSession(values, async (session) => {
    await whole(session)
    await session.backUp(whoOf(values))
    const [backup = null] = await session.backups()
    return printed({ ok: true, backup })
  }),
)

export const backups = [list, make, diff, pin, unpin]
