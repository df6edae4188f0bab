// `etc-lane members list | issue | reverse | import | export --data DIR`: period passes, white list, emergency vehicles
// and visitors of a running lot. An import prints what it would change, and writes it only with --write; who is not in
// the file stays, unless --take-back says of how many it is known that they go.
import { membersTable } from '../core/values/tables/members.ts'
import { act, asking, audited, commandOf, whoOf } from './acts.ts'
import { folderOf, lotReader } from './client.ts'
import { exportList, importList } from './list-file.ts'

const list = asking(['members list --data DIR'], { name: 'members.list' }, () => ({}))

const issue = audited(
  [
    'members issue --data DIR --no NO --kind period|white|emergency|visitor|points --name NAME --plates PLATES --from DAY [--until DAY] [--spaces N] [--areas AREAS] [--sold-fen FEN [--means cash|transfer]] --by NAME --reason TEXT [--command-id ID]',
  ],
  'members.issue',
  (
    {
      no,
      kind,
      name,
      plates,
      from,
      until = null,
      spaces = null,
      areas,
      'sold-fen': soldFen,
      means = 'cash',
    },
    who,
  ) => ({
    member: {
      no,
      kind,
      name,
      plates: plates.split(','),
      spaces,
      areas: areas === undefined ? null : areas.split(','),
      from,
      until,
    },
    ...(soldFen === undefined ? {} : { sold: { amountFen: soldFen, means } }),
    ...who,
  }),
)

const reverse = audited(
  ['members reverse --data DIR --no NO --by NAME --reason TEXT [--command-id ID]'],
  'members.reverse',
  ({ no }, who) => ({ no, ...who }),
)

const imported = act(
  [
    'members import --data DIR --file F [--write [--take-back N]] [--by NAME] [--reason TEXT] [--command-id ID]',
  ],
  async ({ data, file, write, 'take-back': takeBack, ...flags }, io) => {
    const client = lotReader(folderOf(data), io)
    return importList(io, {
      file,
      write,
      compare: (text) => client.call('members.compare', { text }),
      take: (list) =>
        client.call('members.import', {
          ...list,
          ...(takeBack === undefined ? {} : { takeBack }),
          ...whoOf(flags),
        }),
    })
  },
)

const exported = act(['members export --data DIR [--out F]'], ({ data, out }, io) =>
  exportList(io, out, membersTable, () => lotReader(folderOf(data), io).call('members.export', {})),
)

export const membersCommand = commandOf('members', [list, issue, reverse, imported, exported])
