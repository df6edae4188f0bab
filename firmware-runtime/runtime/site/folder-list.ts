// The status list of a data folder while its lot runs: the platform's own where one was ever taken, else a file that somebody
// put there. A wrong file is told and the list before it stays. Its age is judged by whoever asks, each time.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readListImage } from '../../adapters/files/status-list-image.ts'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import type { HeldList } from '../../core/etc/list-update.ts'
import { noStatusList, type StatusList } from '../../core/etc/status-list.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { isDiskError } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { PlatformAccount } from '../../core/values/platform-account.ts'
import type { Crypto } from '../../ports/crypto.ts'
import { lotAccountHere } from '../folder/account-here.ts'
import { readListFile, statusListOf } from '../folder/data-folder.ts'
import type { SiteOptions } from './site-parts.ts'

/** A long list takes a tenth of a second to read: while a car is about it waits, but not for ever. */
const putOffMax = 5

interface ListKeys {
  readonly chainKey: Uint8Array
  readonly crypto: Pick<Crypto, 'hmacSm3'>
  /** Of the lot's platform: a list of another one is none. */
  readonly account: PlatformAccount | null
}

export class FolderList implements StatusList {
  private readonly dir: string
  private readonly keys: ListKeys
  private readonly file: string
  private list: StatusList
  private held: HeldList | null = null
  private seen: string
  private putOff = 0
  /** What was wrong with either list at the start; told at the first look. */
  private damaged: LaneFault | null = null

  /** `first` reads the file, or has what stands for it. A damaged one stops no lot: it counts as none (P18). */
  constructor(dir: string, first: () => StatusList, keys: ListKeys) {
    this.dir = dir
    this.keys = keys
    this.file = join(dir, 'status-list.json')
    this.seen = this.print()
    this.list = this.whole(first) ?? noStatusList
    this.reload()
  }

  get version(): string {
    return (this.held ?? this.list).version
  }

  get asOfMs(): InstantMs | null {
    return (this.held ?? this.list).asOfMs
  }

  get fullAtMs(): InstantMs | null {
    return this.held?.fullAtMs ?? null
  }

  get count(): number | null {
    return this.held?.numbers.size ?? null
  }

  get source(): 'platform' | 'file' | 'none' {
    if (this.held !== null) return 'platform'
    return this.list.asOfMs === null ? 'none' : 'file'
  }

  has(no: string, atMs: InstantMs): boolean {
    return (this.held?.numbers ?? this.list).has(no, atMs)
  }

  /** Reads the platform's list as it is kept now; what is damaged counts as none. */
  reload(): void {
    const held = this.whole(() => readListImage({ dir: this.dir, ...this.keys }))
    if (held !== undefined) this.held = held
  }

  /** Undefined where it is damaged, which the next look tells. */
  private whole<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      this.damaged = this.faultOf(error)
      return undefined
    }
  }

  private faultOf(error: unknown): LaneFault {
    if (error instanceof LaneFault) return error
    if (!isDiskError(error)) throw error
    return new LaneFault('LIST-01', { file: error.path ?? this.file, note: error.code })
  }

  /** Takes a file that is another than before. Answers what is wrong with it, once; null when nothing is. */
  look(isQuiet: boolean): LaneFault | null {
    const { damaged } = this
    this.damaged = null
    if (damaged !== null || this.held !== null) return damaged
    const now = this.print()
    if (now === this.seen || now === '') return null
    if (!isQuiet && this.putOff < putOffMax) {
      this.putOff++
      return null
    }
    this.putOff = 0
    this.seen = now
    this.list = this.whole(() => readListFile(this.file)) ?? this.list
    const wrong = this.damaged
    this.damaged = null
    return wrong
  }

  /** A wrong list is told; whoever is there goes on with the one before. */
  lookFor(runtime: Pick<LotRuntime, 'quiet' | 'trace'>): void {
    const wrong = this.look(runtime.quiet)
    if (wrong !== null)
      runtime.trace('', null, 'fault', `${wrong.code} ${wrong.detail.field ?? ''}`.trim())
  }

  /** Empty where there is no file: the list that was read goes on, and grows old. */
  private print(): string {
    const found = statSync(this.file, { bigint: true, throwIfNoEntry: false })
    return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeNs}`
  }
}

export const folderList = (
  { dir, config, business }: SiteOptions,
  chainKey: Uint8Array,
  crypto: ListKeys['crypto'],
): FolderList =>
  new FolderList(dir, () => statusListOf(dir, config, business), {
    chainKey,
    crypto,
    account: lotAccountHere(dir, config),
  })
