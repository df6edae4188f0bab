// Sealed copies opened by the recovery key on any machine: their keys, and a ledger to read that is gone afterwards.
// Neither the copies nor a folder of a lot are changed by it.
import { t } from '../../core/values/fault-text.ts'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { clientCertificates } from '../../adapters/crypto/certs.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { boxNames, listOfCopies } from '../../adapters/copies/copy-list.ts'
import {
  openCopy,
  type CopyChoice,
  type CopyKeys,
  type OpenedCopy,
} from '../../adapters/copies/copy-open.ts'
import { openBox, type FolderKeys } from '../../adapters/secrets/folder-keys.ts'
import type { RecoveryKey } from '../../adapters/secrets/recovery-key.ts'
import type { ReaderOptions } from '../../adapters/sqlite/ledger-reader.ts'
import { diskFault } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { parsed } from '../../core/values/json.ts'
import type { CopyDamage } from '../../ports/copy-service.ts'
import { certFolder } from '../folder/client-key.ts'

export const bytesOf = (base: string | undefined): Uint8Array =>
  new Uint8Array(Buffer.from(base ?? '', 'base64'))

interface KeysFound {
  readonly keys: FolderKeys
  /** One of the two boxes that does not open. */
  readonly damaged: readonly CopyDamage[]
}

/** Whatever opens with the key; why not, where neither does. */
function boxAt(from: string, key: RecoveryKey): KeysFound {
  const damaged: CopyDamage[] = []
  const opened: FolderKeys[] = []
  for (const name of boxNames) {
    const box = join(from, name)
    try {
      opened.push(openBox(box, null, key))
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      const isThere = existsSync(box)
      // Copies of before had one.
      if (isThere || opened.length === 0)
        damaged.push({ file: name, why: isThere ? 'changed' : 'gone' })
    }
  }
  const [keys] = opened
  if (keys !== undefined) return { keys, damaged }
  const half = parsed(
    existsSync(join(from, 'recovery.json'))
      ? readFileSync(join(from, 'recovery.json'), 'utf8')
      : '',
  )
  const id: unknown = typeof half === 'object' && half !== null ? Reflect.get(half, 'id') : null
  const beside = typeof id === 'string' ? { id, publicKey: '', madeAtIso: '' } : null
  return { keys: openBox(join(from, boxNames[0]), beside, key), damaged: [] }
}

/** The key of the copies, of whoever has the recovery key. RECOVERY-02 when it is of another lot. */
export function keysAt(
  from: string,
  key: RecoveryKey,
): FolderKeys & { readonly opens: CopyKeys } & Pick<KeysFound, 'damaged'> {
  const { keys, damaged } = boxAt(from, key)
  return {
    ...keys,
    damaged,
    opens: {
      nodeId: keys.nodeId,
      crypto: openGmCrypto(),
      chainKey: bytesOf(keys.keys['chain']),
      copyKey: bytesOf(keys.keys['copy']),
    },
  }
}

/** A person picks the second place, under which each lot has a folder. */
export function copiesIn(given: string): string {
  const from = resolve(given)
  if (existsSync(listOfCopies(from)) || !existsSync(from)) return from
  const below = readdirSync(from, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(from, name))
    .filter((one) => existsSync(listOfCopies(one)))
  const [only, another] = below
  if (only === undefined || another === undefined) return only ?? from
  const note = t(
    `有几个停车场的副本:${below.map((one) => basename(one)).join(', ')}`,
    `copies of several lots: ${below.map((one) => basename(one)).join(', ')}`,
  )
  throw new LaneFault('ARG-01', { field: '--from', value: from, note })
}

/** Reads a copy, put together in a folder of this user alone. RECOVERY-01 to -03, COPY-02, COPY-12. */
export async function withCopy<T>(
  given: string,
  key: RecoveryKey,
  choice: CopyChoice,
  read: (options: ReaderOptions, copy: OpenedCopy) => T,
): Promise<Awaited<T>> {
  const from = copiesIn(given)
  const { opens, damaged } = keysAt(from, key)
  const { chainKey, crypto, nodeId } = opens
  const dir = mkdtempSync(join(tmpdir(), 'etc-lane-copy-'))
  try {
    const opened = openCopy(from, opens, dir, choice)
    const copy = { ...opened, damaged: [...damaged, ...opened.damaged] }
    const clientKeys = () => clientCertificates(join(dir, certFolder), openGmCrypto())
    return await read({ dir, nodeId, chainKey, crypto, clientKeys }, copy)
  } catch (error) {
    throw diskFault(error, { file: from })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
