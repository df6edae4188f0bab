// `etc-lane members list | issue | reverse | import | template | export`: period passes, white list, emergency vehicles
// and visitors of a running lot. An import prints what it would change, and writes it only with --write; who is not in
// the file stays, unless --take-back says of how many it is known that they go.
import { audited, commandOf } from './acts.ts'
import { broughtIn, exportOf } from './list-file.ts'

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

export const membersCommand = commandOf('members', [
  issue,
  ...broughtIn('members'),
  exportOf('members'),
])
