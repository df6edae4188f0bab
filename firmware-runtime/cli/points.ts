// `etc-lane points list | statement | use | import --data DIR`: the points of members of a running lot; `import` prints
// what a file of another system would bring, and brings it with --write.
import { act, asking, audited, commandOf, whoOf } from './acts.ts'
import { folderOf, jsonText, runningClient } from './client.ts'
import { csvTextOf } from './csv-file.ts'

const list = asking(['points list --data DIR'], { name: 'points.list' }, () => ({}))

const statement = asking(
  ['points statement --data DIR --no NO'],
  { name: 'points.statement' },
  ({ no }) => ({ no }),
)

const use = audited(
  [
    'points use --data DIR --points N (--lane ID | --plate PLATE) --by NAME --reason TEXT [--command-id ID]',
  ],
  'points.use',
  ({ points, lane, plate }, who) => ({
    points,
    ...(lane === undefined ? {} : { laneId: lane }),
    ...(plate === undefined ? {} : { plate }),
    ...who,
  }),
)

const imported = act(
  ['points import --data DIR --file F [--write] [--by NAME] [--reason TEXT] [--command-id ID]'],
  async ({ data, file, write, ...flags }, io) => {
    const client = runningClient(folderOf(data))
    const text = csvTextOf(file)
    const diff = await client.call('points.compare', { text })
    const isOk = diff.bad.length === 0
    const written = write === true && isOk
    if (written) await client.call('points.import', { text, digest: diff.digest, ...whoOf(flags) })
    io.stdout(jsonText({ ok: isOk, written, ...diff }, io.json))
    return isOk ? 0 : 1
  },
)

export const pointsCommand = commandOf('points', [list, statement, use, imported])
