// `npm run gate`: clones HEAD into a temporary folder, with the folder `shared` beside it, and runs `npm test` there.
// On success HEAD may be merged: its hash is written to .git/last-green, and the processor time of its stages to
// .git/last-gate.json, which the bench reads.
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commitsSince, git, keepGate, keepGreen, lastWhole } from './green.mjs'
import { root } from './node24.mjs'
import { inherit, SetupStop } from './progress.mjs'

/** From more commits than this, the last complete test run is reported as old. */
const commitsMax = 20
const print = (text) => void process.stdout.write(`${text}\n`)

/** The last complete run of all tests, in one line. */
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
    const figures = join(folder, 'figures.json')
    const env = { ETC_LANE_FIGURES: figures }
    const code = await inherit('bash', [join(clone, '.ci', 'run')], { cwd: clone, env })
    const minutes = ((Date.now() - startMs) / 60_000).toFixed(1)
    print(`\n${hash} ${code === 0 ? 'passed' : 'did not pass'} the gate in ${minutes} min`)
    const whole = lastWhole()
    print(wholeLine(whole, whole === null ? null : commitsSince(whole.hash)))
    if (code === 0) {
      keepGreen(hash)
      keepGate({ hash, ...JSON.parse(readFileSync(figures, 'utf8')) })
    }
    return code
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
