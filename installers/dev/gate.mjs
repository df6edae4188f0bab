// `npm run gate`: a fresh clone of HEAD in a temporary folder, with the folder `shared` beside it, and `npm test` there.
// On success HEAD is the newest commit that may land: its hash goes into .git/last-green.
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commitsSince, git, keepGreen, lastWhole } from './green.mjs'
import { root } from './node24.mjs'
import { inherit, SetupStop } from './progress.mjs'

/** More commits than this since the last whole run of all tests are called late. */
const commitsMax = 20
const print = (text) => void process.stdout.write(`${text}\n`)

/** What the last whole run of all tests was, in one line. */
export function wholeLine(whole, commits) {
  if (whole === null) return 'LATE: no whole run of npm run test:all is known on this checkout'
  const { hash, passed, atIso, isDirty } = whole
  const age = commits === null ? 'on another line of commits' : `${commits} commits ago`
  const late = commits === null || commits > commitsMax ? 'LATE: ' : ''
  const dirty = isDirty ? ', with changes that no commit has' : ''
  return `${late}the last whole test:all: ${hash.slice(0, 10)}, ${age}${dirty}, ${passed} passed, 0 failed, ${atIso}`
}

export async function gate() {
  const changed = git('status', '--porcelain')
  if (changed !== '')
    throw new SetupStop(`The gate judges commits; commit or remove what is changed:\n${changed}`)
  const hash = git('rev-parse', 'HEAD')
  const folder = mkdtempSync(join(tmpdir(), 'etc-lane-gate-'))
  const clone = join(folder, 'clone')
  const shared = join(root, '..', 'shared')
  try {
    if (existsSync(shared)) symlinkSync(realpathSync(shared), join(folder, 'shared'))
    git('clone', '--quiet', root, clone)
    const startMs = Date.now()
    const code = await inherit('bash', [join(clone, '.ci', 'run')], { cwd: clone })
    const minutes = ((Date.now() - startMs) / 60_000).toFixed(1)
    print(`\n${hash} ${code === 0 ? 'passed' : 'did not pass'} the gate in ${minutes} min`)
    const whole = lastWhole()
    print(wholeLine(whole, whole === null ? null : commitsSince(whole.hash)))
    if (code === 0) keepGreen(hash)
    return code
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
