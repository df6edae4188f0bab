// What makes an Electron official: the hash of its archive, and nothing that can be written beside it.
// OpenSSL confirms the hash.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { folderOfFile } from '../../kit/own-folder.ts'

type Hashes = Readonly<Record<string, string>>
const script = new URL('../../../installers/dev/official-electron.mjs', import.meta.url)
const { isListed, listedHashes } = (await import(script.href)) as {
  isListed: (path: string, name: string, hashes?: Hashes) => Promise<boolean>
  listedHashes: () => Hashes
}

const name = 'electron-v45.3.4-linux-x64.zip'
const made = folderOfFile('etc-lane-archive-')
let count = 0
function newFolder(): string {
  const path = join(made, `${++count}`)
  mkdirSync(path)
  return path
}

const sha256Of = (path: string): string =>
  execFileSync('openssl', ['dgst', '-sha256', '-r', path], { encoding: 'utf8' }).slice(0, 64)

it('takes an archive of the listed hash, wherever it lies and whatever it is called', async () => {
  const path = join(newFolder(), 'anything.bin')
  writeFileSync(path, Buffer.alloc(3_000_000, 7))
  expect(await isListed(path, name, { [name]: sha256Of(path) })).toBe(true)
})

it('refuses one changed byte, a hash of another file, and a name that is not listed', async () => {
  const dir = newFolder()
  const path = join(dir, name)
  writeFileSync(path, Buffer.alloc(3_000_000, 7))
  const hashes = { [name]: sha256Of(path), 'electron-v45.3.4-linux-arm64.zip': '0'.repeat(64) }
  const changed = join(dir, 'changed', name)
  mkdirSync(join(dir, 'changed'))
  copyFileSync(path, changed)
  writeFileSync(changed, Uint8Array.of(8), { flag: 'r+' })
  expect(await isListed(changed, name, hashes)).toBe(false)
  expect(await isListed(path, 'electron-v45.3.4-linux-arm64.zip', hashes)).toBe(false)
  expect(await isListed(path, 'toString', hashes)).toBe(false)
  expect(await isListed(path, name)).toBe(false)
})

it('has the list of the electron package that the lock file pins', () => {
  expect(listedHashes()[name]).toMatch(/^[0-9a-f]{64}$/)
})
