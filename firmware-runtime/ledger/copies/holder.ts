// Which of the folders of one lot has its lanes. A folder that was taken to another machine gets the next number; it lies in
// the folder and at the second place. A machine that comes back finds a higher number there and opens no lane (COPY-15);
// what it leaves there is told by the machine that has the lanes now.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { t } from '#base/pure/words/fault-text.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { CopyMade, CopyPlan, Held } from '../ports/copy-service.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { copyKeyOf, recoveryHalf } from '#base/secrets/folder-keys.ts'
import type { ReaderOptions } from '../sqlite/ledger-reader.ts'
import { inScratch, lotFolder } from './copy-out.ts'
import { atPlace, makeCopy } from './copy-server.ts'
import type { PlaceFolder } from './place-folder.ts'

const claimShape = z.strictObject({
  /** Counts the take-overs of the lot; a folder without this file has 0. */
  n: z.int().min(0),
  /** Random: two folders that were taken from one copy have the same number. */
  id: z.string().max(64),
  atIso: z.string().max(40),
  by: z.string().max(200),
})
type Claim = z.infer<typeof claimShape>
const atPlaceShape = claimShape.extend({ mac: z.string().max(64) })
const inFolderShape = claimShape.extend({
  /** Copies of this folder may begin anew once, where the lost machine copied on meanwhile. */
  hasCopied: z.boolean(),
})
type InFolder = z.infer<typeof inFolderShape>

/** In the folder, and at the second place. */
const claimName = 'holder.json'
/** What a machine without the lanes leaves at the second place. */
const formerName = 'former.json'
const bytesMax = 4_096
const firstClaim: InFolder = { n: 0, id: '', atIso: '', by: '', hasCopied: true }

const claimFile = (dir: string): string => join(dir, claimName)

/** Throws FILE-01 for a file of another shape. */
function claimIn(dir: string): InFolder {
  const file = claimFile(dir)
  if (!existsSync(file)) return firstClaim
  const found = inFolderShape.safeParse(parsed(readFileSync(file, 'utf8')))
  if (!found.success) throw new LaneFault('FILE-01', { file })
  return found.data
}

/** Signed with the key of the copies: who can only write there can neither stop a lot nor keep one from its lanes. */
const macOf = (key: Uint8Array, plan: CopyPlan, { n, id, atIso, by }: Claim): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['etc-lane holder 1', lotFolder(plan), n, id, atIso, by]))
    .digest('hex')

interface Access {
  readonly folder: PlaceFolder
  readonly plan: CopyPlan
  readonly key: Uint8Array
  readonly scratch: string
}

/** Null where there is no such file, or another one than a machine with the key of the copies wrote. */
async function claimThere(
  { folder, plan, key, scratch }: Access,
  name: string,
): Promise<Claim | null> {
  const lot = lotFolder(plan)
  const bytes = (await folder.list(lot))?.get(name) ?? Infinity
  if (bytes > bytesMax) return null
  const file = join(scratch, name)
  await folder.get(`${lot}/${name}`, file)
  const found = atPlaceShape.safeParse(parsed(readFileSync(file, 'utf8')))
  if (!found.success) return null
  const { mac, ...claim } = found.data
  const wanted = Buffer.from(macOf(key, plan, claim))
  const given = Buffer.from(mac)
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? claim : null
}

async function putThere({ folder, plan, key, scratch }: Access, name: string, claim: Claim) {
  const { n, id, atIso, by } = claim
  const file = join(scratch, `${name}.put`)
  const mac = macOf(key, plan, claim)
  writeFileSync(file, `${JSON.stringify({ n, id, atIso, by, mac })}\n`, { mode: 0o600 })
  await folder.put(file, `${lotFolder(plan)}/${name}`)
}

const isSame = (one: Claim, other: Claim): boolean => one.n === other.n && one.id === other.id

/** Throws COPY-15, after it has left a mark for the machine that has the lanes. */
async function mustHold(access: Access, own: InFolder, nowIso: string): Promise<void> {
  const { folder, plan } = access
  const there = await claimThere(access, claimName)
  if (there !== null && there.n >= own.n && !isSame(there, own)) {
    // A place that only this machine cannot write to is no reason to open its lanes.
    await putThere(access, formerName, { ...own, atIso: nowIso }).catch((error: unknown) => {
      if (!(error instanceof LaneFault)) throw error
    })
    const { atIso, by } = there
    const note = t(`${by} 于 ${atIso} 接过`, `taken by ${by} at ${atIso}`)
    throw new LaneFault('COPY-15', { file: `${plan.to}/${lotFolder(plan)}`, value: atIso, note })
  }
  // Without a folder of the lot there is no copy: the first one makes it.
  const hasCopies = (await folder.list(lotFolder(plan))) !== null
  if (own.n > (there?.n ?? 0) && hasCopies) await putThere(access, claimName, own)
}

/** When a machine without the lanes left its mark, which is taken away; null: no mark. */
async function formerSeen(access: Access, own: InFolder): Promise<string | null> {
  const { folder, plan } = access
  const names = await folder.list(lotFolder(plan))
  if (names?.has(formerName) !== true) return null
  const former = await claimThere(access, formerName)
  await folder.remove(`${lotFolder(plan)}/${formerName}`)
  return former === null || isSame(former, own) ? null : former.atIso
}

/**
 * Writes the number of this folder at the second place, where it is the higher one. Throws COPY-15 for a folder of which
 * another machine has the lanes; otherwise says when that other one was last seen. A place that cannot be reached throws
 * its own fault.
 */
export async function holdPlace(dir: string, plan: CopyPlan, nowIso: string): Promise<Held> {
  const own = claimIn(dir)
  return atHolder(dir, plan, async (access) => {
    await mustHold(access, own, nowIso)
    return { formerIso: await formerSeen(access, own) }
  })
}

function atHolder<T>(
  dir: string,
  plan: CopyPlan,
  work: (access: Access) => Promise<T>,
): Promise<T> {
  const key = copyKeyOf(dir)
  return atPlace(dir, plan, (folder) =>
    inScratch(dir, 'holder.part', (scratch) => work({ folder, plan, key, scratch })),
  )
}

/** The next number for a folder that goes on at this machine; its first start writes it at the second place. */
export function claimNext(
  dir: string,
  { atIso, by }: Pick<Claim, 'atIso' | 'by'>,
  above = 0,
): void {
  const n = Math.max(claimIn(dir).n, above) + 1
  const id = randomBytes(8).toString('hex')
  const file = claimFile(dir)
  const claim = { n, id, atIso, by, hasCopied: false }
  orDiskFault({ file }, () => writeWhole(file, `${JSON.stringify(claim)}\n`))
}

/** As `claimNext`, above the number of the machine that has the lanes now. */
export async function claimBack(
  dir: string,
  plan: CopyPlan,
  who: Pick<Claim, 'atIso' | 'by'>,
): Promise<void> {
  const there = await atHolder(dir, plan, (access) => claimThere(access, claimName))
  claimNext(dir, who, there?.n)
}

/** A copy by the machine that has the lanes: the first after a take-over begins anew where the lost one copied on. */
export async function copyAsHolder(
  options: ReaderOptions,
  plan: CopyPlan,
  atIso: string,
): Promise<CopyMade> {
  const { dir } = options
  const own = claimIn(dir)
  if (recoveryHalf(dir) !== null)
    await atHolder(dir, plan, (access) => mustHold(access, own, atIso))
  if (own.hasCopied) return makeCopy(options, plan, atIso)
  const made = await makeCopy(options, plan, atIso).catch((error: unknown) => {
    if (!(error instanceof LaneFault) || error.code !== 'COPY-05') throw error
    return makeCopy(options, { ...plan, begin: true }, atIso)
  })
  writeWhole(claimFile(dir), `${JSON.stringify({ ...own, hasCopied: true })}\n`)
  return made
}
