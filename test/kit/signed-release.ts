// Releases of tests, signed with keys that are made for the test by the program of the people who publish.
import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const signer = join(import.meta.dirname, '..', '..', 'installers', 'dev', 'sign-release.mjs')

export interface Published {
  readonly version: string
  readonly build: string
  readonly archive: string
  /** Absent: this one. */
  readonly system?: string
}

export interface Publisher {
  /** File of the root that lots trust. */
  readonly root: string
  /** A release with this archive alone; returns its folder. */
  publish(release: Published): string
  /** Signs a release as `npm run release` leaves it. */
  sign(place: string): void
}

/** A person who publishes alone; keys and releases are below `folder`. */
export function publisherIn(folder: string): Publisher {
  const [key, pub, root] = ['key.pem', 'key.pub', '1.root.json'].map((name) => join(folder, name))
  const sign = (...args: readonly (string | undefined)[]): void => {
    const words = args.filter((word) => word !== undefined)
    execFileSync(process.execPath, [signer, ...words], { stdio: 'pipe' })
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(String(key), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(String(pub), publicKey.export({ type: 'spki', format: 'pem' }))
  sign('root', '--out', root, '--threshold', '1', '--public', pub, '--key', key)
  let count = 0
  const signed = (place: string): void =>
    sign('release', '--folder', place, '--root', root, '--key', key)
  return {
    root: String(root),
    sign: signed,
    publish({ version, build, archive, system = `${process.platform}-${process.arch}` }) {
      const place = join(folder, `release-${++count}`)
      mkdirSync(place)
      const name = basename(archive)
      copyFileSync(archive, join(place, name))
      const bytes = readFileSync(archive)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const files = [{ name, target: `lanes-${system}`, bytes: bytes.length, sha256 }]
      const release = { product: 'etc-lane', version, build, files, notMade: [] }
      writeFileSync(join(place, 'release.json'), JSON.stringify(release))
      signed(place)
      return place
    },
  }
}
