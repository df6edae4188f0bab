// Which program a build is: the version grows with every commit, a change of the sources shows in the build, and
// without a whole history no number is invented.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const here = join(import.meta.dirname, '..', '..', '..', 'installers', 'dev')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'etc-build-'))
  folders.push(folder)
  return folder
}
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

function checkout(): string {
  const root = newFolder()
  mkdirSync(join(root, 'installers', 'dev'), { recursive: true })
  mkdirSync(join(root, 'firmware-runtime'))
  for (const name of ['build-id.mjs', 'node24.mjs'])
    cpSync(join(here, name), join(root, 'installers', 'dev', name))
  writeFileSync(join(root, 'package.json'), '{ "version": "3.4.0", "type": "module" }')
  writeFileSync(join(root, 'firmware-runtime', 'main.ts'), '')
  return root
}

function commit(root: string): void {
  git(root, 'add', '-A')
  git(root, 'commit', '-q', '--allow-empty', '-m', 'x')
}

function idOf(root: string): { version: string; build: string } {
  const url = pathToFileURL(join(root, 'installers', 'dev', 'build-id.mjs')).href
  const code = `import { buildId } from ${JSON.stringify(url)}; console.log(JSON.stringify(buildId()))`
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  })
  return JSON.parse(text) as { version: string; build: string }
}

it('grows with every commit and names it', () => {
  const root = checkout()
  git(root, 'init', '-q')
  commit(root)
  const versions = [1, 2, 3].map((number) => {
    if (number > 1) commit(root)
    expect(idOf(root).build).toBe(git(root, 'rev-parse', '--short=10', 'HEAD'))
    return idOf(root).version
  })
  expect(versions).toEqual(['3.4.1', '3.4.2', '3.4.3'])
})

it.each([
  ['a source', 'firmware-runtime/main.ts', true],
  ['a new source', 'firmware-runtime/other.ts', true],
  ['the lock file', 'package-lock.json', true],
  ['a page of docs', 'docs.md', false],
])('%s that differs from the commit', (_, file, isMarked) => {
  const root = checkout()
  git(root, 'init', '-q')
  commit(root)
  writeFileSync(join(root, file), 'changed')
  expect(idOf(root).build.endsWith('-changed')).toBe(isMarked)
})

it('has no number in a shallow clone, nor without git', () => {
  const root = checkout()
  expect(idOf(root)).toEqual({ version: '3.4.0', build: 'unknown' })
  git(root, 'init', '-q')
  commit(root)
  commit(root)
  const clone = newFolder()
  git(clone, 'clone', '-q', '--depth', '1', pathToFileURL(root).href, '.')
  expect(idOf(clone)).toEqual({
    version: '3.4.0',
    build: git(root, 'rev-parse', '--short=10', 'HEAD'),
  })
})
