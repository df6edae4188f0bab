// `etc-lane day`: the books of a day, held against the gateway's bill, the drawer at the end of a shift, and the end
// of every difference. Through the running runtime, as every act on money.
import { asking, audited, commandOf } from './acts.ts'

const show = asking(
  ['day show --data DIR [--day YYYY-MM-DD] [--shift N]'],
  { name: 'day.get' },
  ({ day, shift }) => ({
    ...(day === undefined ? {} : { day }),
    ...(shift === undefined ? {} : { shift }),
  }),
)

const reconcile = audited(
  ['day reconcile --data DIR --day YYYY-MM-DD --by NAME --reason TEXT [--command-id ID]'],
  'day.reconcile',
  ({ day }, who) => ({ day, ...who }),
)

const count = audited(
  [
    'day count --data DIR --counted FEN [--left FEN] [--since ISO] --by NAME --reason TEXT [--command-id ID]',
  ],
  'day.count',
  ({ counted, left, since }, who) => ({
    countedFen: counted,
    ...(since === undefined ? {} : { sinceIso: since }),
    ...(left === undefined ? {} : { leftFen: left }),
    ...who,
  }),
)

const drawer = audited(
  ['day drawer --data DIR --by NAME --reason TEXT [--command-id ID]'],
  'day.drawer',
  (_values, who) => ({ ...who }),
)

const float = audited(
  ['day float --data DIR --fen FEN --by NAME --reason TEXT [--command-id ID]'],
  'day.float',
  ({ fen }, who) => ({ floatFen: fen, ...who }),
)

const own = audited(
  ['day own --data DIR --item ID --owner NAME --by NAME --reason TEXT [--command-id ID]'],
  'day.own',
  ({ item, owner }, who) => ({ itemId: item, owner, ...who }),
)

const end = audited(
  [
    'day end --data DIR --item ID --how found|explained|refunded [--evidence TEXT] [--means cash|transfer|issuer] --by NAME [--approved-by NAME] --reason TEXT [--command-id ID]',
  ],
  'day.end',
  ({ item, how, means, evidence, 'approved-by': approvedBy }, who) => ({
    itemId: item,
    how,
    ...(evidence === undefined ? {} : { evidence }),
    ...(means === undefined ? {} : { refundMeans: means }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...who,
  }),
)

const writeOff = audited(
  [
    'day write-off --data DIR --item ID --by NAME [--approved-by NAME] --reason TEXT [--command-id ID]',
  ],
  'day.writeOff',
  ({ item, 'approved-by': approvedBy }, who) => ({
    itemId: item,
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...who,
  }),
)

export const dayCommand = commandOf('day', [
  show,
  reconcile,
  count,
  drawer,
  float,
  own,
  end,
  writeOff,
])
