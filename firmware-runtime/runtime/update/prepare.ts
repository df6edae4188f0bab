// Prepares an update beside the lanes: looks, fetches, unpacks, and lets the new program read a copy of the folder. Each step
// can be ended anywhere and is done again by the next call; of a version that is refused only the refusal stays.
import { existsSync, mkdirSync, statfsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { removePath, renamePath } from '#base/files/held-path.ts'
import { forgetLock, takeLock } from '#base/files/process-lock.ts'
import { syncFolder } from '#base/files/sync-folder.ts'
import { fetchFile, placeAt } from '../slots/place.ts'
import { keepPlan, keptPlan } from '../slots/plan-file.ts'
import {
  isProgramOf,
  removeOld,
  slotFolder,
  slotsFolder,
  slotsInUse,
} from '../slots/slot-folders.ts'
import { updateFolder } from '../slots/trust-file.ts'
import { unpack } from '../slots/unpack.ts'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault, whyIn } from '#base/pure/faults/faults.ts'
import type { ReleaseFile } from '../pure/update/offer.ts'
import type { TriedFigures, UpdatePlan, UpdateStep } from '../pure/update/plan.ts'
import type { Slot } from '../pure/update/slots.ts'
import { differences, roomFor } from '../pure/update/tried.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dryStart } from './dry-start.ts'
import { offered } from './offered.ts'
import { ledgerBytes, makeTrialCopy } from './trial-copy.ts'
import { triedFigures } from './tried-figures.ts'

/** What is about to be done. */
export const prepareSteps = ['look', 'fetch', 'unpack', 'copy', 'read', 'try'] as const
type PrepareStep = (typeof prepareSteps)[number]

export interface PrepareOptions {
  readonly dir: string
  /** Folder, stick or address. */
  readonly from: string
  nowIso(): string
  say(step: PrepareStep): void
  /** Longest dry start of a small ledger; a larger one has a minute more for each 64 MiB. */
  readonly tryWithinMs?: number
}

interface Prepared {
  readonly is: 'newer' | 'same' | 'older'
  readonly offered: ReleaseFile
  /** Null where nothing newer is offered. */
  readonly plan: UpdatePlan | null
}

const tryWithinMs = 10 * 60_000
const bytesInMb = 1024 * 1024
const buildForm = /^[0-9A-Za-z-]{1,60}$/

/** Throws UPDATE-04 for a build that could not name a folder. */
function slotOf({ path, version, build }: ReleaseFile): Slot {
  if (!buildForm.test(build))
    throw new LaneFault('UPDATE-04', { file: path, field: 'build', value: build })
  return { name: `${version}-${build}`, version, build }
}

const archiveOf = (dir: string, { sha256 }: ReleaseFile): string =>
  join(updateFolder(dir), `${sha256}.tar.gz`)

/** Throws UPDATE-13 with what is needed and what is free. */
function mustHaveRoom(dir: string, archiveBytes: number): void {
  const needed = roomFor(archiveBytes, ledgerBytes(dir))
  const { bavail, bsize } = statfsSync(updateFolder(dir))
  const free = bavail * bsize
  if (free >= needed) return
  const [wanted, there] = [needed, free].map((bytes) => Math.ceil(bytes / bytesInMb))
  throw new LaneFault('UPDATE-13', {
    file: updateFolder(dir),
    note: t(`需要 ${wanted} MB，空闲 ${there} MB`, `${wanted} MB needed, ${there} MB free`),
  })
}

class Preparation {
  private readonly options: PrepareOptions
  private readonly file: ReleaseFile
  private readonly slot: Slot

  constructor(options: PrepareOptions, file: ReleaseFile) {
    this.options = options
    this.file = file
    this.slot = slotOf(file)
  }

  /** Throws UPDATE-04, UPDATE-05 and UPDATE-10 to UPDATE-14 after it kept them as the refusal. */
  async run(): Promise<UpdatePlan> {
    const { dir } = this.options
    const { file, slot } = this
    // Without it nobody knows what may go.
    slotsInUse(dir)
    try {
      this.keep({ is: 'offered' })
      this.clear([slot.name, basename(archiveOf(dir, file))])
      await this.unpacked()
      const figures = await this.tried()
      this.clear([slot.name])
      return this.keep({ is: 'tried', slot, figures, triedIso: this.options.nowIso() })
    } catch (error) {
      if (!(error instanceof LaneFault) && !isDiskError(error)) throw error
      throw this.refused(diskFault(error, { file: dir }, 'DATA-01', 'UPDATE-13'))
    }
  }

  private keep(step: UpdateStep): UpdatePlan {
    const { dir, from } = this.options
    const plan: UpdatePlan = { format: 1, from, file: this.file, step, wanted: null }
    keepPlan(dir, plan)
    return plan
  }

  private clear(keep: readonly string[]): void {
    removeOld(this.options.dir, keep)
  }

  /** First makes room, so that the refusal can be written on a full disk. */
  private refused(fault: LaneFault): LaneFault {
    const { code, detail } =
      fault.code === 'DATA-02' ? new LaneFault('UPDATE-13', fault.detail) : fault
    this.clear([])
    const note = [detail.value, whyIn(detail.note ?? '', 'zh')].filter(Boolean).join(' ')
    try {
      this.keep({ is: 'refused', code, note, atIso: this.options.nowIso() })
    } catch (error) {
      // Others filled the disk: the next call begins where this one did.
      if (!isDiskError(error)) throw error
    }
    return new LaneFault(code, detail)
  }

  /** The slot, whole and on the disk. One that runs or ran before is left as it is. */
  private async unpacked(): Promise<void> {
    const { dir, from, say } = this.options
    const { file, slot } = this
    const folder = slotFolder(dir, slot)
    if (isProgramOf(folder, slot)) {
      mustHaveRoom(dir, 0)
      return
    }
    if (slotsInUse(dir).includes(slot.name)) throw new LaneFault('UPDATE-10', { file: folder })
    removePath(folder, { recursive: true, force: true })
    const archive = archiveOf(dir, file)
    mustHaveRoom(dir, file.bytes)
    if (!existsSync(archive)) {
      say('fetch')
      await fetchFile(placeAt(from), file, archive)
    }
    this.keep({ is: 'fetched' })
    say('unpack')
    const part = `${folder}.part`
    await unpack(archive, file.bytes, part)
    if (!isProgramOf(part, slot)) {
      const note = t('里面不是这个版本', 'it does not hold this version')
      throw new LaneFault('UPDATE-10', { file: file.path, value: slot.name, note })
    }
    renamePath(part, folder)
    syncFolder(slotsFolder(dir))
  }

  /** What both programs found in the copy. Throws UPDATE-11 to UPDATE-14, or the fault of this program's own look. */
  private async tried(): Promise<TriedFigures> {
    const { dir, say, tryWithinMs: within = tryWithinMs } = this.options
    say('copy')
    const copy = await makeTrialCopy(dir)
    say('read')
    const present = await triedFigures(copy)
    say('try')
    const more = Math.floor(ledgerBytes(dir) / (64 * bytesInMb)) * 60_000
    const next = await dryStart(slotFolder(dir, this.slot), copy, within + more)
    const differing = differences(present, next)
    if (differing.length === 0) return next
    const value = differing
      .map((name) => `${name} ${Reflect.get(present, name)} → ${Reflect.get(next, name)}`)
      .join(', ')
    throw new LaneFault('UPDATE-12', { value })
  }
}

/** The newest of what `from` offers. A version that a person wants already is not replaced by another. */
async function prepared(options: PrepareOptions): Promise<Prepared> {
  const { dir, from, say } = options
  const former = keptPlan(dir)
  const isWanted =
    former?.step.is === 'tried' &&
    former.wanted !== null &&
    !slotsInUse(dir).includes(former.step.slot.name)
  if (isWanted) return { is: 'newer', offered: former.file, plan: former }
  say('look')
  const { is, file } = await offered(dir, from)
  if (is !== 'newer') return { is, offered: file, plan: null }
  const isTried =
    former?.step.is === 'tried' &&
    former.file.sha256 === file.sha256 &&
    isProgramOf(slotFolder(dir, former.step.slot), former.step.slot)
  const plan = isTried ? former : await new Preparation(options, file).run()
  return { is, offered: file, plan }
}

/** Throws UPDATE-01 to UPDATE-06, UPDATE-10 to UPDATE-14, and LOCK-01 while another process prepares. */
export async function prepareUpdate(options: PrepareOptions): Promise<Prepared> {
  const folder = updateFolder(options.dir)
  const lock = join(folder, 'prepare.lock')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pid = takeLock(lock)
  if (pid !== null) throw new LaneFault('LOCK-01', { file: lock, value: String(pid) })
  try {
    return await prepared(options)
  } finally {
    forgetLock(lock)
  }
}
