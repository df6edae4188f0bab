// `etc-lane update`: whom to trust, what a folder, a stick or an address offers, its file fetched and checked, a new
// version prepared beside the lanes, and which program runs the lanes.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { mustBeRoot } from '../slots/metadata.ts'
import { fetchFile, placeAt } from '../slots/place.ts'
import { keptSlots } from '../slots/slots-file.ts'
import {
  fingerprintOf,
  isTrusted,
  keepTrust,
  keptTrust,
  nothingSeen,
  updateFolder,
} from '../slots/trust-file.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { build, version } from '#base/process/version.ts'
import { asOwner } from '#lane/folder/as-owner.ts'
import { liveRuntime } from '#lane/folder/data-folder.ts'
import { offered } from '../update/offered.ts'
import { updateStatus, wishBack, wishUse } from '../update/wishes.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf } from '#base/desk/commands/client.ts'

const rootBytesMax = 1024 * 1024

const bare = (fingerprint: string): string => fingerprint.replaceAll(/\s/g, '').toLowerCase()

/** Throws UPDATE-27 where other people are trusted already and their fingerprint was not given. */
function mustReplace(before: string | null, fingerprint: string, insteadOf: string): void {
  if (before === null || before === fingerprint || bare(insteadOf) === bare(before)) return
  throw new LaneFault('UPDATE-27', { field: '--instead-of', value: before })
}

/** Without `--write` the fingerprint is shown alone, for people to compare. `before`: of those who are trusted now. */
const trust = act(
  ['update trust --data DIR --root FILE [--write [--instead-of FINGERPRINT]]'],
  ({ data, root: file, write, 'instead-of': insteadOf = '' }, io) => {
    const dir = asOwner(folderOf(data))
    if (!existsSync(file) || statSync(file).size > rootBytesMax)
      throw new LaneFault('FILE-02', { file })
    const root = readFileSync(file, 'utf8')
    mustBeRoot(root, file)
    const fingerprint = fingerprintOf(root)
    const before = isTrusted(dir) ? fingerprintOf(keptTrust(dir).root) : null
    if (write) mustReplace(before, fingerprint, insteadOf)
    // The same root again forgets no version that was seen.
    const written = write && before !== fingerprint
    if (written) keepTrust(dir, { root, seen: nothingSeen })
    io.stdout(`${JSON.stringify({ ok: true, fingerprint, before, written })}\n`)
    return 0
  },
)

const check = act(['update check --data DIR --from WHERE'], async ({ data, from }, io) => {
  const { is, file } = await offered(asOwner(folderOf(data)), from)
  io.stdout(`${JSON.stringify({ ok: true, is, running: { version, build }, offered: file })}\n`)
  return 0
})

/** Exit 1 for a version that is not newer. */
const fetched = act(['update fetch --data DIR --from WHERE'], async ({ data, from }, io) => {
  const dir = asOwner(folderOf(data))
  const { is, file } = await offered(dir, from)
  const to = join(updateFolder(dir), `${file.sha256}.tar.gz`)
  const isNewer = is === 'newer'
  if (isNewer) await fetchFile(placeAt(from), file, to)
  io.stdout(`${JSON.stringify({ ok: isNewer, is, offered: file, file: isNewer ? to : null })}\n`)
  return isNewer ? 0 : 1
})

/** The lanes go first. */
function yieldToLanes(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch {
    // When the system refuses that, it is done all the same.
  }
}

/** Each step is one line, the end another one; exit 1 for a version that is not newer. */
const prepare = act(['update prepare --data DIR --from WHERE'], async ({ data, from }, io) => {
  yieldToLanes()
  const { prepareUpdate } = await import('../update/prepare.ts')
  const done = await prepareUpdate({
    dir: asOwner(folderOf(data)),
    from,
    nowIso: () => isoOf(systemWallClock().nowMs()),
    say: (step) => io.stdout(`${JSON.stringify({ step })}\n`),
  })
  io.stdout(`${JSON.stringify({ ok: done.is === 'newer', ...done })}\n`)
  return done.is === 'newer' ? 0 : 1
})

/** The dry start of this program: run by `prepare` of the version before it, on a copy. */
const tried = act(['update try --data COPY'], async ({ data }) => {
  const { triedFigures } = await import('../update/tried-figures.ts')
  return printed(await triedFigures(folderOf(data)))
})

/** The lanes follow a wish once no car is in a lane; a folder at rest follows it at its next start. */
const whenOf = (dir: string): 'onceFree' | 'nextStart' =>
  liveRuntime(dir) === null ? 'nextStart' : 'onceFree'

const use = act(
  ['update use --data DIR --slot NAME --by NAME [--when now|tonight]'],
  ({ data, slot, by, when = 'now' }, io) => {
    const dir = asOwner(folderOf(data))
    const { active } = keptSlots(dir)
    const running = active?.version ?? version
    const { wanted } = wishUse(dir, { slot, by, when, running })
    io.stdout(`${JSON.stringify({ ok: true, begins: whenOf(dir), slot, wanted })}\n`)
    return 0
  },
)

const back = act(['update back --data DIR --by NAME --reason TEXT'], ({ data, by, reason }, io) => {
  const dir = asOwner(folderOf(data))
  const { active, before } = wishBack(dir, { by, reason })
  const to = before?.version ?? version
  io.stdout(`${JSON.stringify({ ok: true, begins: whenOf(dir), from: active?.version, to })}\n`)
  return 0
})

const status = act(['update status --data DIR'], ({ data }, io) => {
  const dir = asOwner(folderOf(data))
  const lanes = liveRuntime(dir)?.pid ?? null
  const found = { installed: { version, build }, lanes, ...updateStatus(dir) }
  io.stdout(`${JSON.stringify(found)}\n`)
  return 0
})

export const updateCommand = commandOf('update', [
  trust,
  check,
  fetched,
  prepare,
  tried,
  use,
  back,
  status,
])
