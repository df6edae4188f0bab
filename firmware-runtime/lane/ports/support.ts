// What a support file needs of the computer and the data folder of a lot, beside the calls of its control API.
import type { TextDigest } from '#base/pure/values/support-file.ts'
import type { LedgerParts, SupportAsk } from '../pure/support/ledger-parts.ts'

export interface SupportService {
  /** Reads and masks the parts that come from the folder. */
  supportParts(ask: SupportAsk): Promise<LedgerParts>
}

export interface SupportPorts extends SupportService {
  /** False: the folder of a stopped lot is read, so that nothing is known of lanes and devices. */
  readonly isRunning: boolean
  /** System and processor of this computer. */
  machine(): Readonly<Record<string, string | number>>
  /** What the doctor finds in the folder of a stopped lot; null while the lanes run, which tell it themselves. */
  folderReport(): Promise<unknown>
  digestOf(text: string): TextDigest
}
