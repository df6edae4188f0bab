// `etc-lane rsu backups`: lists the copies made before each write, compares any two of them or one with
// the device, and pins one for ever. Going back to one is `rsu apply --backup`, a trial like any write.
import { randomUUID } from 'node:crypto'
import type { SettingsBackupView } from '../api/views.ts'
import { compareSettings } from '../core/values/compare-settings.ts'
import { LaneFault } from '../core/values/faults.ts'
import { jsonText } from './client.ts'
import { flags, needed, type CliIo } from './command.ts'
import { backupOf, place, whole, withSession, type Session } from './rsu-settings.ts'

interface Asked {
  readonly ids: readonly string[]
  readonly by: string | undefined
  readonly reason: string | undefined
}

/** What a verb found, and its exit code. */
interface Told {
  readonly code: 0 | 1
  readonly said: object
}

type Verb = (asked: Asked) => (session: Session) => Promise<Told>

const idOf = ({ ids: [id] }: Asked): string => needed(id, 'id')

const list: Verb = () => async (session) => ({
  code: 0,
  said: { backups: await session.backups() },
})

const named = ({ id, atIso, by, reason }: SettingsBackupView) => ({ id, atIso, by, reason })

async function now(session: Session): Promise<Record<string, number | null>> {
  const { settings } = await whole(session)
  return Object.fromEntries(settings.map(({ id, value }) => [id, value]))
}

/** Exit 1 when they differ. Without a second name: what the device has now. */
const diff: Verb = (asked) => {
  const [before, after] = [idOf(asked), asked.ids[1]]
  return async (session) => {
    const was = await backupOf(session, before)
    const is = after === undefined ? null : await backupOf(session, after)
    const rows = compareSettings(was.now, is?.now ?? (await now(session)))
    const differ = rows.some(({ state }) => state !== 'same')
    const sides = { before: named(was), after: is === null ? null : named(is) }
    return { code: differ ? 1 : 0, said: { ...sides, differ, rows } }
  }
}

const pinning =
  (on: boolean): Verb =>
  (asked) => {
    const who = { by: needed(asked.by, 'by'), reason: needed(asked.reason, 'reason') }
    const wanted = idOf(asked)
    return async (session) => {
      const { id } = await backupOf(session, wanted)
      await session.pin({ commandId: randomUUID(), id, on, ...who })
      return { code: 0, said: { ok: true, id, pinned: on } }
    }
  }

/** What the device has now, as it tells it: the newest copy afterwards. */
const make: Verb = (asked) => {
  const who = { by: needed(asked.by, 'by'), reason: needed(asked.reason, 'reason') }
  return async (session) => {
    await whole(session)
    await session.backUp({ commandId: randomUUID(), ...who })
    const [backup = null] = await session.backups()
    return { code: 0, said: { ok: true, backup } }
  }
}

const verbs: Readonly<Record<string, Verb>> = {
  list,
  make,
  diff,
  pin: pinning(true),
  unpin: pinning(false),
}

export function backups(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { ...place, by: 'string', reason: 'string' })
  const [name = 'list', ...ids] = words
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (verb === undefined)
    throw new LaneFault('ARG-01', { value: name, note: 'rsu backups make, diff, pin or unpin' })
  const ask = verb({ ids, by: values.by, reason: values.reason })
  return withSession(values, async (session) => {
    const { code, said } = await ask(session)
    io.stdout(jsonText(said, io.json))
    return code
  })
}
