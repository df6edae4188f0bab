// Seals small secrets to this machine, so that a lane starts unattended and a copied data folder is useless elsewhere
// (design.md 4.10). Not a vault: root on this machine can open it.
import { execFileSync } from 'node:child_process'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { orDiskFault } from '../pure/faults/disk-fault.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { writeWhole } from '../files/whole-file.ts'

const machineIdFiles = ['/etc/machine-id', '/var/lib/dbus/machine-id']
const label = 'etc-lane machine seal 1'

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    // Missing or not readable: the next source is tried.
    return null
  }
}

/** For a machine without an id: a random one, stored outside every data folder. */
function ownMachineId(file: string): string {
  const known = readText(file)
  if (known !== null && known !== '') return known
  const made = randomBytes(32).toString('hex')
  orDiskFault({ file }, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx', flush: true })
  })
  return made
}

const machineGuid = ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid']

/**
 * Windows' counterpart of /etc/machine-id; the same for all users, because service and Studio run as different ones.
 */
export const windowsId = (answer: string): string | null =>
  /MachineGuid\s+REG_SZ\s+([0-9a-fA-F-]{36})/.exec(answer)?.[1]?.toLowerCase() ?? null

let windowsKnown: string | null = null
function askWindows(): string | null {
  windowsKnown ??= windowsId(execFileSync('reg', machineGuid, { encoding: 'utf8' }))
  return windowsKnown
}

/** Identity of this machine as key material: about 128 random bits. */
export function machineSecret(
  files: readonly string[] = machineIdFiles,
  fallback = join(homedir(), '.config', 'etc-lane', 'machine.key'),
  ofWindows: (() => string | null) | null = process.platform === 'win32' ? askWindows : null,
): string {
  const windows = ofWindows?.() ?? null
  if (windows !== null) return windows
  for (const file of files) {
    const id = readText(file)
    if (id !== null && id.length >= 32) return id
  }
  return ownMachineId(fallback)
}

const keyOf = (secret: string, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, label, 32))

/** `salt 16 | nonce 12 | tag 16 | ciphertext` in Base64, AES-256-GCM; `purpose` is authenticated. */
export function seal(plain: Uint8Array, purpose: string, secret: string): string {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, salt), nonce)
  cipher.setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]).toString('base64')
}

/** Opens a seal; null when it was sealed elsewhere, for another purpose, or altered. */
export function unseal(text: string, purpose: string, secret: string): Uint8Array | null {
  const bytes = Buffer.from(text.trim(), 'base64')
  if (bytes.length < 45) return null
  const [salt, nonce, tag] = [bytes.subarray(0, 16), bytes.subarray(16, 28), bytes.subarray(28, 44)]
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, salt), nonce)
  decipher.setAAD(Buffer.from(purpose))
  decipher.setAuthTag(tag)
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(44)), decipher.final()]))
  } catch {
    // GCM only reports that the tag does not match.
    return null
  }
}

/** Reads a sealed file. Throws SEAL-01 when it does not open on this machine. */
export function readSealed(file: string, purpose: string, secret: string): Uint8Array | null {
  const text = readText(file)
  if (text === null) return null
  const plain = unseal(text, purpose, secret)
  if (plain === null) throw new LaneFault('SEAL-01', { file })
  return plain
}

/** Writes a sealed file, whole or not at all. */
export function writeSealed(
  file: string,
  plain: Uint8Array,
  purpose: string,
  secret: string,
): void {
  orDiskFault({ file }, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(file, `${seal(plain, purpose, secret)}\n`)
  })
}
