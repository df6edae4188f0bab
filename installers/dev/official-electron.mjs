// The official Electron, identified by hash alone: a release archive whose SHA-256 is listed by the
// electron package of the lock file. No folder, file name or environment variable makes one official.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { root } from './node24.mjs'

/** Longest wait for the archive; a filtered network may drop the request silently. */
const downloadTimeoutMs = 300_000
const electron = createRequire(join(root, 'node_modules', 'electron', 'package.json'))

/** SHA-256 of every release file by its name, from the electron package. */
export const listedHashes = () => electron('./checksums.json')

/** Whether the file has the hash listed for `name`; its own name does not matter. */
export async function isListed(path, name, hashes = listedHashes()) {
  if (!Object.hasOwn(hashes, name)) return false
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex') === hashes[name]
}

/** `{ path, version }` of the official archive, downloaded or cached; null when it cannot be had. */
export async function officialArchive(platform = process.platform, arch = process.arch) {
  const { downloadArtifact } = electron('@electron/get')
  const { version } = electron('./package.json')
  const late = new Promise((resolve) => setTimeout(resolve, downloadTimeoutMs, null).unref())
  const archive = downloadArtifact({
    version,
    platform,
    arch,
    artifactName: 'electron',
    checksums: listedHashes(),
  }).catch(() => null)
  const path = await Promise.race([archive, late])
  if (path === null) return null
  const name = `electron-v${version}-${platform}-${arch}.zip`
  return (await isListed(path, name)) ? { path, version } : null
}
