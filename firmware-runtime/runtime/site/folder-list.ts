// The status list of a data folder while its lot runs: a new file is taken, a wrong one is told and the list
// before it stays. Its age is judged by whoever asks, each time.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import { readStatusList } from '../../app/lot/status-list-file.ts'
import type { StatusList } from '../../core/etc/status-list.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { statusListOf } from '../folder/data-folder.ts'
import type { SiteOptions } from './site-parts.ts'

/** A long list takes a tenth of a second to read: while a car is about it waits, but not for ever. */
const putOffMax = 5

export class FolderList implements StatusList {
  private readonly file: string
  private list: StatusList
  private seen: string
  private putOff = 0

  /** `first` is what the start read. */
  constructor(dir: string, first: StatusList) {
    this.file = join(dir, 'status-list.json')
    this.list = first
    this.seen = this.print()
  }

  get version(): string {
    return this.list.version
  }

  get asOfMs(): InstantMs | null {
    return this.list.asOfMs
  }

  get cards(): ReadonlySet<string> {
    return this.list.cards
  }

  /** Takes a file that is another than before. Answers what is wrong with it, once; null when nothing is. */
  look(isQuiet: boolean): LaneFault | null {
    const now = this.print()
    if (now === this.seen || now === '') return null
    if (!isQuiet && this.putOff < putOffMax) {
      this.putOff++
      return null
    }
    this.putOff = 0
    this.seen = now
    try {
      this.list = readStatusList(readFileSync(this.file), this.file)
      return null
    } catch (error) {
      if (error instanceof LaneFault) return error
      if (!(error instanceof Error) || !('code' in error)) throw error
      return new LaneFault('LIST-01', { file: this.file, note: String(error.code) })
    }
  }

  /** A wrong list is told; whoever is there goes on with the one before. */
  lookFor(runtime: Pick<LotRuntime, 'quiet' | 'trace'>): void {
    const wrong = this.look(runtime.quiet)
    if (wrong !== null)
      runtime.trace('', null, 'fault', `${wrong.code} ${wrong.detail.field ?? ''}`)
  }

  /** Empty where there is no file: the list that was read goes on, and grows old. */
  private print(): string {
    const found = statSync(this.file, { bigint: true, throwIfNoEntry: false })
    return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeNs}`
  }
}

export const folderList = ({ dir, config, business }: SiteOptions): FolderList =>
  new FolderList(dir, statusListOf(dir, config, business))
