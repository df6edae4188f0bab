// `etc-lane coupons list | issue | import | export | use | validate | give-back | void | merchants | limit` and `etc-lane
// arrears list | waive`: coupons of merchants with their limits, and what drivers left unpaid, of a running lot.
import { couponCodes, couponsTable } from '../core/values/tables/coupons.ts'
import { act, asking, audited, commandOf, whoOf } from './acts.ts'
import { folderOf, lotReader } from './client.ts'
import { exportList, importList } from './list-file.ts'

const list = asking(['coupons list --data DIR'], { name: 'coupons.list' }, () => ({}))

const issue = audited(
  [
    'coupons issue --data DIR --merchant NAME --kind amount|time|percent|whole [--value N] --count N --from DAY --until DAY --by NAME --reason TEXT [--command-id ID]',
  ],
  'coupons.issue',
  ({ merchant, kind, value = 0, count, from, until }, who) => ({
    merchant,
    kind,
    value,
    count,
    from,
    until,
    ...who,
  }),
)

const imported = act(
  ['coupons import --data DIR --file F [--write] [--by NAME] [--reason TEXT] [--command-id ID]'],
  async ({ data, file, write, ...flags }, io) => {
    const client = lotReader(folderOf(data), io)
    return importList(io, {
      file,
      write,
      compare: (text) => client.call('coupons.compare', { text }),
      take: (list) => client.call('coupons.import', { ...list, ...whoOf(flags) }),
    })
  },
)

const exported = act(['coupons export --data DIR [--out F]'], ({ data, out }, io) =>
  exportList(io, out, { ...couponsTable, columns: couponCodes }, () =>
    lotReader(folderOf(data), io).call('coupons.export', {}),
  ),
)

const use = audited(
  [
    'coupons use --data DIR --code CODE (--lane ID | --plate PLATE) --by NAME --reason TEXT [--command-id ID]',
  ],
  'coupons.use',
  ({ code, lane, plate }, who) => ({
    code,
    ...(lane === undefined ? {} : { laneId: lane }),
    ...(plate === undefined ? {} : { plate }),
    ...who,
  }),
)

const validate = audited(
  [
    'coupons validate --data DIR --plate PLATE --merchant NAME --kind amount|time|percent|whole [--value N] --by NAME --reason TEXT [--command-id ID]',
  ],
  'coupons.validate',
  ({ plate, merchant, kind, value = 0 }, who) => ({ plate, merchant, kind, value, ...who }),
)

const giveBack = audited(
  ['coupons give-back --data DIR --code CODE --by NAME --reason TEXT [--command-id ID]'],
  'coupons.giveBack',
  ({ code }, who) => ({ code, ...who }),
)

const voided = audited(
  ['coupons void --data DIR --code CODE --by NAME --reason TEXT [--command-id ID]'],
  'coupons.void',
  ({ code }, who) => ({ code, ...who }),
)

const merchants = asking(
  ['coupons merchants --data DIR [--month MONTH]'],
  { name: 'merchants.list' },
  ({ month }) => (month === undefined ? {} : { month }),
)

const limit = audited(
  [
    'coupons limit --data DIR --merchant NAME [--day-count N] [--month-count N] [--day-fen N] [--month-fen N] --by NAME --reason TEXT [--command-id ID]',
  ],
  'merchants.limit',
  ({ merchant, ...most }, who) => ({
    merchant,
    dayCount: most['day-count'] ?? null,
    monthCount: most['month-count'] ?? null,
    dayFen: most['day-fen'] ?? null,
    monthFen: most['month-fen'] ?? null,
    ...who,
  }),
)

export const couponsCommand = commandOf('coupons', [
  list,
  issue,
  imported,
  exported,
  use,
  validate,
  giveBack,
  voided,
  merchants,
  limit,
])

const owed = asking(['arrears list --data DIR'], { name: 'arrears.list' }, () => ({}))

const waive = audited(
  ['arrears waive --data DIR --order ID --by NAME --reason TEXT [--command-id ID]'],
  'arrears.waive',
  ({ order }, who) => ({ orderId: order, ...who }),
)

export const arrearsCommand = commandOf('arrears', [owed, waive])
