// Opens sealed copies with the recovery key on any machine: their keys, and a ledger to read that is deleted
// afterwards.
// Neither the copies nor the lot's folder are changed.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { clientCertificates } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { boxNames, listOfCopies } from '../../copies/copy-list.ts'
import {
  openCopy,
  type CopyChoice,
  type CopyKeys,
  type OpenedCopy,
} from '../../copies/copy-open.ts'
import { openBox, type FolderKeys } from '#base/secrets/folder-keys.ts'
import type { RecoveryKey } from '#base/secrets/recovery-key.ts'
import type { ReaderOptions } from '../../sqlite/ledger-reader.ts'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { CopyDamage } from '../../ports/copy-service.ts'
import { certFolder } from '#lane/folder/client-key.ts'
import { removePath } from '#base/files/held-path.ts'

export const bytesOf = (base: string | undefined): Uint8Array =>
  new Uint8Array(Buffer.from(base ?? '', 'base64'))

interface KeysFound {
  readonly keys: FolderKeys
  /** The box of keys, of the two, that is missing or does not open. */
  readonly damaged: readonly CopyDamage[]
}

/** The first box of keys that opens with the recovery key. When neither opens, throws the reason of the first one. */
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
      // Older copies have only one box.
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

/** The keys of the copies, opened with the recovery key. Throws RECOVERY-02 when it belongs to another lot. */
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

/**
 * Accepts the folder above the copies too: there each lot has a folder. Throws ARG-01 when it holds copies of several
 * lots.
 */
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

/**
 * Puts a copy together in a temporary folder, calls `read` and deletes it. Throws RECOVERY-01 to -03, COPY-02, COPY-12.
 */
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
    removePath(dir, { recursive: true, force: true })
  }
}
