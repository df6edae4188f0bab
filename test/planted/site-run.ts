// One day of a replay in a bug's layout with the bug planted. Arguments: data folder, trace, name of the bug.
// Output and exit code as `etc-lane replay`.
import { atRest } from '#runtime/host/at-rest.ts'
import { plant } from './plant.ts'
import { siteBugs } from './site-bugs.ts'

const [dir = '', trace = '', name = ''] = process.argv.slice(2)
const bug = siteBugs.find((one) => one.name === name)
if (bug === undefined) throw new Error(`no bug is called ${name}`)
plant(bug)
const { replayCommand } = await import('#harness/replay.ts')
process.exitCode = await replayCommand.run(
  ['--trace', trace, '--data', dir, '--days', '1', '--mix', 'odd', '--layout', bug.layout],
  {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    json: true,
    onStop: () => undefined,
    atRest,
  },
)
