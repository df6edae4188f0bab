// `etc-lane points list | statement | use | import --data DIR`: the points of members of a running lot; `import` prints
// what a file of another system would bring, and brings it with --write.
import { act, asking, audited, commandOf, whoOf } from './acts.ts'
import { folderOf, lotReader } from './client.ts'
import { importList } from './list-file.ts'

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
    const client = lotReader(folderOf(data), io)
    return importList(io, {
      file,
      write,
      compare: (text) => client.call('points.compare', { text }),
      take: (list) => client.call('points.import', { ...list, ...whoOf(flags) }),
    })
  },
)

export const pointsCommand = commandOf('points', [list, statement, use, imported])
