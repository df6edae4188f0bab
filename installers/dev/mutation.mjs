// Packages that only `npm run test:mutation` needs: installed on its first run, in a folder of their own.
// They are not in the common lock file, because no other task needs them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'
import { npm } from './packages.mjs'
import { say, SetupStop, step, tail } from './progress.mjs'

const folder = join(root, 'installers', 'dev', 'mutation')
const name = '@stryker-mutator/instrumenter'
const installTimeoutMs = 10 * 60_000

function isThere() {
  const manifest = join(folder, 'node_modules', name, 'package.json')
  if (!existsSync(manifest)) return false
  const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies[name]
  return JSON.parse(readFileSync(manifest, 'utf8')).version === wanted
}

export async function ensureMutation() {
  if (isThere()) return
  const { code, output } = await step('packages of the mutation run', () =>
    npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder], {
      cwd: folder,
      timeoutMs: installTimeoutMs,
    }),
  )
  if (code === 0) return
  say(tail(output))
  throw new SetupStop('They could not be installed; mend the cause above and run again.')
}
