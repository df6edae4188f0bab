// `etc-lane update`: whom to trust, what a folder, a stick or an address offers, its file, fetched and checked, and which
// program runs the lanes.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprintOf, mustBeRoot, readRelease } from '../adapters/update/metadata.ts'
import { fetchFile, placeAt } from '../adapters/update/place.ts'
import { keepTrust, keptTrust, updateFolder } from '../adapters/update/trust-file.ts'
import { keptSlots } from '../adapters/update/slots-file.ts'
import { LaneFault } from '../core/faults/faults.ts'
import { offerOf, type Offer } from '../core/update/offer.ts'
import { build, version } from '../runtime/process/version.ts'
import { liveRuntime } from '../runtime/folder/data-folder.ts'
import { updateStatus, wishBack, wishUse } from '../runtime/update/wishes.ts'
import { act, commandOf } from './acts.ts'
import { folderOf } from './client.ts'

const nothingSeen = { timestamp: 0, snapshot: 0, targets: 0 } as const
const rootBytesMax = 1024 * 1024
const own = { product: 'etc-lane', version, system: `${process.platform}-${process.arch}` } as const

/** Without `--write` the fingerprint is shown alone, for people to compare. */
const trust = act(
  ['update trust --data DIR --root FILE [--write]'],
  ({ data, root: file, write }, io) => {
    const dir = folderOf(data)
    if (!existsSync(file) || statSync(file).size > rootBytesMax)
      throw new LaneFault('FILE-02', { file })
    const root = readFileSync(file, 'utf8')
    mustBeRoot(root, file)
    if (write) keepTrust(dir, { root, seen: nothingSeen })
    io.stdout(`${JSON.stringify({ ok: true, fingerprint: fingerprintOf(root), written: write })}\n`)
    return 0
  },
)

/** Reads what is offered and keeps what was seen. Throws UPDATE-01 to UPDATE-06. */
async function offered(dir: string, from: string): Promise<Exclude<Offer, { is: 'none' }>> {
  const seen = await readRelease(placeAt(from), keptTrust(dir))
  keepTrust(dir, seen.trust)
  const offer = offerOf(seen.files, own)
  if (offer.is === 'none') throw new LaneFault('UPDATE-06', { file: from, value: own.system })
  return offer
}

const check = act(['update check --data DIR --from WHERE'], async ({ data, from }, io) => {
  const { is, file } = await offered(folderOf(data), from)
  io.stdout(`${JSON.stringify({ ok: true, is, running: { version, build }, offered: file })}\n`)
  return 0
})

/** Exit 1 for a version that is not newer. */
const fetched = act(['update fetch --data DIR --from WHERE'], async ({ data, from }, io) => {
  const dir = folderOf(data)
  const { is, file } = await offered(dir, from)
  const to = join(updateFolder(dir), `${file.sha256}.tar.xz`)
  const isNewer = is === 'newer'
  if (isNewer) await fetchFile(placeAt(from), file, to)
  io.stdout(`${JSON.stringify({ ok: isNewer, is, offered: file, file: isNewer ? to : null })}\n`)
  return isNewer ? 0 : 1
})

/** The lanes follow a wish once no car is in a lane; a folder at rest follows it at its next start. */
const whenOf = (dir: string): 'onceFree' | 'nextStart' =>
  liveRuntime(dir) === null ? 'nextStart' : 'onceFree'

const use = act(
  ['update use --data DIR --slot NAME --by NAME [--when now|tonight]'],
  ({ data, slot, by, when = 'now' }, io) => {
    const dir = folderOf(data)
    const { active } = keptSlots(dir)
    const running = active?.version ?? version
    const { wanted } = wishUse(dir, { slot, by, when, running })
    io.stdout(`${JSON.stringify({ ok: true, begins: whenOf(dir), slot, wanted })}\n`)
    return 0
  },
)

const back = act(['update back --data DIR --by NAME --reason TEXT'], ({ data, by, reason }, io) => {
  const dir = folderOf(data)
  const { active, before } = wishBack(dir, { by, reason })
  const to = before?.version ?? version
  io.stdout(`${JSON.stringify({ ok: true, begins: whenOf(dir), from: active?.version, to })}\n`)
  return 0
})

const status = act(['update status --data DIR'], ({ data }, io) => {
  const dir = folderOf(data)
  const lanes = liveRuntime(dir)?.pid ?? null
  const found = { installed: { version, build }, lanes, ...updateStatus(dir) }
  io.stdout(`${JSON.stringify(found)}\n`)
  return 0
})

export const updateCommand = commandOf('update', [trust, check, fetched, use, back, status])
