// All keys of a data folder: opened on this machine, sealed to the lot's recovery key, and sealed anew when the folder
// moves to another machine. The recovery key itself is never in the folder.
import { t } from '../pure/words/fault-text.ts'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { orDiskFault } from '../pure/faults/disk-fault.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { orIfFault } from '../pure/faults/on-fault.ts'
import { parsed } from '../pure/data/json.ts'
import { writeWhole } from '../files/whole-file.ts'
import { machineSecret, readSealed, writeSealed } from './machine-seal.ts'
import { keyIdOf, openWithKey, recoveryKeyOf, sealToKey, type RecoveryKey } from './recovery-key.ts'
import { secretStore } from './secret-store.ts'

/** A folder, and the folder of its platform certificates; null without a platform. */
export interface KeyPlace {
  readonly dir: string
  readonly lotId: string
  readonly nodeId: string
  readonly certDir: string | null
}

const base64 = z.base64()
const keysShape = z.strictObject({
  lotId: z.string(),
  nodeId: z.string(),
  /** Keys of ledger chain, receipts, people and copies, as far as the folder has them. */
  keys: z.record(z.string(), base64),
  /** The client's signing key as PEM. */
  client: base64.nullable(),
  /** Keys of former certificates, PEM texts one after another; absent without any. */
  former: base64.optional(),
  secrets: z.record(z.string(), base64),
})
export type FolderKeys = z.infer<typeof keysShape>

const publicShape = z.strictObject({ id: z.string(), publicKey: base64, madeAtIso: z.string() })
type RecoveryHalf = z.infer<typeof publicShape>

/** Files of `keys/` by the purpose label that they are sealed under. */
const ownKeys = {
  chain: 'chain.key',
  receipt: 'receipt.key',
  people: 'people.key',
  copy: 'copy.key',
}

const halfFile = (dir: string): string => join(dir, 'keys', 'recovery.json')
export const boxFile = (dir: string): string => join(dir, 'keys', 'recovery.box')

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const bytesOf = (base: string): Uint8Array => new Uint8Array(Buffer.from(base, 'base64'))

/** Parses a file of keys. Throws RECOVERY-03 for another shape. */
export function readKeys(bytes: Uint8Array, file: string): FolderKeys {
  const found = keysShape.safeParse(parsed(Buffer.from(bytes).toString('utf8')))
  if (found.success) return found.data
  throw new LaneFault('RECOVERY-03', {
    file,
    note: t('里面没有停车场的密钥', 'no keys of a lot are in it'),
  })
}

/** All keys that this machine can open. Throws SEAL-01 for a key sealed on another one. */
export function keysOf({ dir, lotId, nodeId, certDir }: KeyPlace): FolderKeys {
  const secret = machineSecret()
  const keys: Record<string, string> = {}
  for (const [purpose, name] of Object.entries(ownKeys)) {
    const known = readSealed(join(dir, 'keys', name), purpose, secret)
    if (known !== null) keys[purpose] = text(known)
  }
  const store = secretStore(dir, secret)
  const secrets = store.names().map((name) => {
    return [name, text(new TextEncoder().encode(store.read(name) ?? ''))] as const
  })
  const client = certDir === null ? null : clientKeyIn(certDir, secret)
  const former = certDir === null ? null : formerKeysOf(certDir, secret)
  const more = former === null ? {} : { former }
  return { lotId, nodeId, keys, client, ...more, secrets: Object.fromEntries(secrets) }
}

const formerFile = (certDir: string): string => join(certDir, 'client.former.sealed')

/** Damaged former keys do not prevent copies: they sign only when the key in use is refused. */
const formerKeysOf = (certDir: string, secret: string): string | null =>
  orIfFault(() => {
    const sealed = readSealed(formerFile(certDir), 'client', secret)
    return sealed === null ? null : text(sealed)
  }, null)

function clientKeyIn(certDir: string, secret: string): string | null {
  const sealed = readSealed(join(certDir, 'client.key.sealed'), 'client', secret)
  if (sealed !== null) return text(sealed)
  const plain = join(certDir, 'client.key.pem')
  return existsSync(plain) ? text(readFileSync(plain)) : null
}

/** Seals the keys to this machine. */
export function putKeys(place: KeyPlace, { keys, client, former, secrets }: FolderKeys): void {
  const { dir, certDir } = place
  const secret = machineSecret()
  for (const [purpose, name] of Object.entries(ownKeys)) {
    const key = keys[purpose]
    if (key !== undefined) writeSealed(join(dir, 'keys', name), bytesOf(key), purpose, secret)
  }
  const store = secretStore(dir, secret)
  for (const [name, value] of Object.entries(secrets))
    store.write(name, new TextDecoder().decode(bytesOf(value)))
  if (client === null || certDir === null) return
  if (former !== undefined) writeSealed(formerFile(certDir), bytesOf(former), 'client', secret)
  writeSealed(join(certDir, 'client.key.sealed'), bytesOf(client), 'client', secret)
}

/** The public half of the recovery key; null without one. */
export function recoveryHalf(dir: string): RecoveryHalf | null {
  const file = halfFile(dir)
  if (!existsSync(file)) return null
  const found = publicShape.safeParse(parsed(readFileSync(file, 'utf8')))
  const half = found.success ? found.data : null
  if (half === null || keyIdOf(bytesOf(half.publicKey)) !== half.id)
    throw new LaneFault('RECOVERY-03', {
      file,
      note: t('不是恢复密钥的公开部分', 'not the public half of a recovery key'),
    })
  return half
}

function write(file: string, bytes: Uint8Array): void {
  orDiskFault({ file }, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(file, bytes)
  })
}

/** Seals the folder's present keys to its recovery key; null without one. */
export function sealBox(place: KeyPlace): Buffer | null {
  const half = recoveryHalf(place.dir)
  if (half === null) return null
  const plain = new TextEncoder().encode(JSON.stringify(keysOf(place)))
  const box = sealToKey(plain, bytesOf(half.publicKey))
  write(boxFile(place.dir), box)
  return box
}

/** Makes the recovery key of a folder. Throws RECOVERY-04 when it exists and `replace` is false. */
export function makeRecoveryKey(place: KeyPlace, atIso: string, replace: boolean): RecoveryKey {
  const { dir } = place
  const known = recoveryHalf(dir)
  if (known !== null && !replace)
    throw new LaneFault('RECOVERY-04', { file: halfFile(dir), value: known.id })
  // All keys are opened before anything changes: a key that could not be sealed must not be made.
  const keys = keysOf(place)
  const key = recoveryKeyOf()
  const half: RecoveryHalf = { id: key.id, publicKey: text(key.publicKey), madeAtIso: atIso }
  const plain = new TextEncoder().encode(JSON.stringify(keys))
  write(boxFile(dir), sealToKey(plain, key.publicKey))
  write(halfFile(dir), new TextEncoder().encode(`${JSON.stringify(half)}\n`))
  return key
}

/**
 * The keys in a box. Throws RECOVERY-02 when the recovery key belongs to another lot, RECOVERY-03 when the box is
 * damaged. `half`: the public half stored beside the box, which tells the two cases apart.
 */
export function openBox(file: string, half: RecoveryHalf | null, key: RecoveryKey): FolderKeys {
  if (half !== null && half.id !== key.id)
    throw new LaneFault('RECOVERY-02', {
      file,
      value: key.id,
      note: t(`这个停车场的是 ${half.id}`, `this lot has ${half.id}`),
    })
  const box = orDiskFault({ file, otherwise: 'FILE-01' }, () => readFileSync(file))
  const plain = openWithKey(box, key)
  if (plain === null)
    throw new LaneFault('RECOVERY-03', { file, note: t('打不开', 'it does not open') })
  return readKeys(plain, file)
}

/** The keys of a folder sealed on any machine, by its recovery key. Writes nothing. */
export const keysByRecovery = (dir: string, key: RecoveryKey): FolderKeys =>
  openBox(boxFile(dir), recoveryHalf(dir), key)

/** The key that seals copies of this folder; made when it does not exist. */
export function copyKeyOf(dir: string): Uint8Array {
  const file = join(dir, 'keys', ownKeys.copy)
  const secret = machineSecret()
  const known = readSealed(file, 'copy', secret)
  if (known !== null) return known
  const made = recoveryKeyOf().seed
  writeSealed(file, made, 'copy', secret)
  return made
}
