// The stored status list of a data folder: one line of facts, the sorted records, and an HMAC under this machine's
// chain key.
// Written whole by rename: a kill leaves the former list. A list sealed on another machine is refused. A list from
// another platform is treated as missing, because its versions and numbers do not apply.
import { type BilingualText, t } from '#base/pure/words/fault-text.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ListedNumbers, recordBytes } from '../pure/etc/listed-numbers.ts'
import type { HeldList } from '../pure/etc/list-update.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isSameAccount, type PlatformAccount } from '#base/pure/values/platform-account.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import { accountShape } from '#base/files/kept-accounts.ts'
import { writeWhole } from '#base/files/whole-file.ts'

interface ListPlace {
  readonly dir: string
  readonly chainKey: Uint8Array
  readonly crypto: Pick<Crypto, 'hmacSm3'>
  /** Account of the lot whose list it is; null without a platform. */
  readonly account: PlatformAccount | null
}

const sealBytes = 32
const facts = z.strictObject({
  format: z.literal('etc-status-list-1'),
  version: z.string(),
  asOfMs: z.int(),
  fullAtMs: z.int(),
  /** Absent in a list of an older program: it counts as of the present platform. */
  account: accountShape.optional(),
})

export const listImageOf = (dir: string): string => join(dir, 'status-list.held')

export function writeListImage(
  { dir, chainKey, crypto, account }: ListPlace,
  list: HeldList,
): void {
  const { version, asOfMs, fullAtMs, numbers } = list
  const whose = account === null ? {} : { account }
  const head = JSON.stringify({ format: 'etc-status-list-1', version, asOfMs, fullAtMs, ...whose })
  const open = Buffer.concat([Buffer.from(`${head}\n`), numbers.records])
  writeWhole(listImageOf(dir), Buffer.concat([open, crypto.hmacSm3(chainKey, open)]))
}

/** Null when the file is missing or from another platform. Throws LIST-07 for a damaged one or one sealed elsewhere. */
export function readListImage({ dir, chainKey, crypto, account }: ListPlace): HeldList | null {
  const file = listImageOf(dir)
  if (!existsSync(file)) return null
  const bytes = readFileSync(file)
  const open = bytes.subarray(0, Math.max(bytes.length - sealBytes, 0))
  const seal = Buffer.from(crypto.hmacSm3(chainKey, open))
  const damaged = (note: BilingualText): LaneFault => new LaneFault('LIST-07', { file, note })
  if (!seal.equals(bytes.subarray(open.length)))
    throw damaged(t('它的密封不是这里这个停车场的', 'its seal is not of this lot here'))
  const at = open.indexOf('\n')
  const head = facts.safeParse(parsed(open.toString('utf8', 0, at)))
  const records = Uint8Array.from(open.subarray(at + 1))
  if (!head.success || records.length % recordBytes !== 0)
    throw damaged(t('不是本程序的', 'not of this program'))
  const { version, asOfMs, fullAtMs, account: whose } = head.data
  const isOfAnother = whose !== undefined && (account === null || !isSameAccount(whose, account))
  if (isOfAnother) return null
  return { version, asOfMs, fullAtMs, numbers: new ListedNumbers(records) }
}
