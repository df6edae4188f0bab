// The status list of a running lot: the platform's list when one was ever taken, else status-list.json in the data
// folder.
// A damaged file is reported and the former list stays. The age of the list is judged by the caller at each use.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readListImage } from '#ledger/files/status-list-image.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { HeldList } from '#ledger/pure/etc/list-update.ts'
import { noStatusList, type StatusList } from '#ledger/pure/etc/status-list.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { PlatformAccount } from '#base/pure/values/platform-account.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import { lotAccountHere } from '#lane/folder/account-here.ts'
import { readListFile, statusListOf } from '#lane/folder/data-folder.ts'
import type { SiteOptions } from './site-parts.ts'

/** Reading a long list takes 0.1 s: it is put off while a car is in a lane, at most this many looks. */
const putOffMax = 5

interface ListKeys {
  readonly chainKey: Uint8Array
  readonly crypto: Pick<Crypto, 'hmacSm3'>
  /** Account of the lot at its platform: a list from another platform is treated as missing. */
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
  /** Fault of either list at the start; reported at the first look. */
  private damaged: LaneFault | null = null

  /** `first` reads the file or its replacement. A damaged list does not stop the lot: it counts as missing (P18). */
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

  /** Reads the stored list of the platform; a damaged one leaves the held list as it is. */
  reload(): void {
    const held = this.whole(() => readListImage({ dir: this.dir, ...this.keys }))
    if (held !== undefined) this.held = held
  }

  /** Undefined for a damaged list; the next look reports the fault. */
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

  /** Reads a file that has changed. Returns its fault once; null without one. */
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

  /** Looks once and traces a fault; the lot goes on with the former list. */
  lookFor(runtime: Pick<LotRuntime, 'quiet' | 'trace'>): void {
    const wrong = this.look(runtime.quiet)
    if (wrong !== null)
      runtime.trace('', null, 'fault', `${wrong.code} ${wrong.detail.field ?? ''}`.trim())
  }

  /** Identity of the file; empty when it is missing: the list that was read stays in use and ages. */
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
