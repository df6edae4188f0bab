// The state of joining a platform as files of the lot's folder: joining.json, and the test channel with its keys in a
// separate folder, so that no file of a joint test is where the lanes look for theirs.
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { loadCertFolder } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { readAccess } from '#ledger/files/access-file.ts'
import { exportFile } from '#base/files/exported-file.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { readChannel } from './channel-file.ts'
import type { JoiningPorts } from './joining-service.ts'
import type { SandboxLink } from './joint-runner.ts'
import { joiningSchema, noJoining, type Joining, type Sandbox } from './onboarding.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import { accessCodeFiles } from '../../folder/access-code.ts'
import { sealedClientKey } from '../../folder/client-key.ts'
import { credentialsIn } from '../../folder/credentials.ts'
import { readText } from '#base/process/read-file.ts'
import { jointLink } from './joint-link.ts'

const bytesMax = 65_536
/** Enough for a record of some thousand lines. */
const joiningBytesMax = 4_194_304
const sandboxFiles = ['client.pem', 'client.key.pem', 'platform.pem', 'ca.pem'] as const
const channelName = 'channel.json'
const reviewName = 'review.json'

const sandboxDir = (dir: string): string => join(dir, 'keys', 'sandbox')

const written = <T>(file: string, write: () => T): T =>
  orDiskFault({ file }, () => {
    mkdirSync(dirname(file), { recursive: true })
    return write()
  })

function readJoining(dir: string): Joining {
  const file = join(dir, 'joining.json')
  if (!existsSync(file)) return noJoining
  const text = readText(file, joiningBytesMax)
  const parsed = joiningSchema.safeParse(jsonOf(text))
  if (!parsed.success)
    throw new LaneFault('FILE-02', { file, field: String(parsed.error.issues[0]?.path.join('/')) })
  return parsed.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function sandboxIn(dir: string): Sandbox | null {
  const file = join(sandboxDir(dir), channelName)
  if (!existsSync(file)) return null
  const { url, appId } = readChannel(readText(file, bytesMax), file)
  return { url, appId }
}

/** Copies key and certificates first, the channel file last: it shows that they are complete. */
function keepSandbox(dir: string, from: string): void {
  const to = sandboxDir(dir)
  for (const name of sandboxFiles)
    if (!existsSync(join(from, name))) throw new LaneFault('CERT-01', { file: join(from, name) })
  written(join(to, channelName), () => {
    for (const name of sandboxFiles) copyFileSync(join(from, name), join(to, name))
    if (existsSync(join(from, accessCodeFiles.plain)))
      copyFileSync(join(from, accessCodeFiles.plain), join(to, accessCodeFiles.plain))
    sealedClientKey(to)
    loadCertFolder(to, openGmCrypto(), sealedClientKey(to))
    writeWhole(join(to, channelName), readText(join(from, channelName), bytesMax))
  })
}

/** The files of a folder, or one file, from the platform for the steps before production. */
function foundIn(from: string): {
  readonly review: string | null
  readonly channel: string | null
} {
  const isFolder = existsSync(from) && statSync(from).isDirectory()
  const names = isFolder ? readdirSync(from) : []
  const named = (name: string): string | null => (names.includes(name) ? join(from, name) : null)
  if (isFolder) return { review: named(reviewName), channel: named(channelName) }
  return { review: from.endsWith('.json') ? from : null, channel: null }
}

function linkTo(dir: string, sandbox: Sandbox, dialect: Dialect): SandboxLink {
  const certDir = sandboxDir(dir)
  const crypto = openGmCrypto()
  const clientKey = () => sealedClientKey(certDir)
  const credentials = credentialsIn(dialect, { certDir, isSealed: true, clientKey }, crypto)
  return jointLink({ ...sandbox, caFile: join(certDir, 'ca.pem') }, dialect, credentials, crypto)
}

export function joiningPorts(dir: string): JoiningPorts {
  const file = join(dir, 'joining.json')
  return {
    read: () => readJoining(dir),
    keep: (joining) => written(file, () => writeWhole(file, JSON.stringify(joining))),
    sandbox: () => sandboxIn(dir),
    found: foundIn,
    text: (path) => readText(path, bytesMax),
    keepSandbox: (from) => keepSandbox(dir, from),
    dialect: (provinceCode) => dialectOf({ provinceCode }),
    open: (sandbox, dialect) => linkTo(dir, sandbox, dialect),
    access: (filter) => readAccess(dir, filter),
    export: (path, text) => exportFile(path, new TextEncoder().encode(text)),
  }
}
