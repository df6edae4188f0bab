// What a person writes for one more fact of each register, with the number of files that it takes.
/** What a person writes for one fact, by file: the row, and the text after which it goes; '' in a new file. */
type Written = Readonly<Record<string, readonly [behind: string, row: string]>>

const room = 'firmware-runtime'

/** The number of files of each fact, and what is written into them. */
export const prices: Readonly<Record<string, readonly [files: number, written: Written]>> = {
  'a setting of the lot': [
    1,
    {
      [`${room}/base/pure/lot/lot-settings.ts`]: [
        'export const lotSettings = {',
        "toyLimit: { kind: 'whole', min: 1, max: 9, standard: 3, optional: true, group: 'rules', words: t('试限', 'Toy limit') },",
      ],
    },
  ],
  'a setting of a lane': [
    1,
    {
      [`${room}/base/pure/lot/device-members.ts`]: [
        'export const laneDeviceMembers = {',
        "toyDepth: { kind: 'whole', form: 'devices', min: 1, max: 9, optional: true, words: t('试深', 'Toy depth') },",
      ],
    },
  ],
  'a setting of a connection': [
    1,
    {
      [`${room}/base/pure/lot/destination-members.ts`]: [
        'const recordMembers = (told: readonly ToldKind[]) =>\n  ({',
        "toyPace: { kind: 'whole', min: 1, max: 9, optional: true, words: t('试速', 'Toy pace') },",
      ],
    },
  ],
  'a reason why a car goes to a person': [
    1,
    {
      [`${room}/base/pure/words/manual-reason.ts`]: [
        'const manualReasons = {',
        "toyReason: row(t('试因', 'toy reason'), t('试 请稍候', 'Toy, please wait')),",
      ],
    },
  ],
  'a reason why a card may not pay': [
    1,
    {
      [`${room}/base/pure/words/card-reason.ts`]: [
        'export const cardReasons = {',
        "toyCard: row('other', t('试卡', 'toy card'), t('试 卡', 'Toy card')),",
      ],
    },
  ],
  /** The platforms need a number for each, which the compiler requires. */
  'a kind of exception': [
    2,
    {
      [`${room}/base/pure/words/exception-words.ts`]: [
        'export const exceptionWords = {',
        "toyKind: t('试异', 'Toy kind'),",
      ],
      [`${room}/ledger/pure/platforms/guangxi/encode.ts`]: [
        'const exceptionTypes: Record<ExceptionWord, number> = {',
        'toyKind: 99,',
      ],
    },
  ],
  'a fault': [
    1,
    {
      [`${room}/base/pure/faults/member-faults.ts`]: [
        'export const memberFaults = faultRows(means, {',
        "'MEMBER-97': { what: t('试错', 'A toy fault'), todo: t('试改', 'Mend the toy') },",
      ],
    },
  ],
  /** Its columns and what it does with them, beside the page that shows it, which has its own price. */
  'an importable table': [
    3,
    {
      [`${room}/base/pure/tables/toy.ts`]: [
        '',
        `// A table that is made up.
import { t } from '../words/fault-text.ts'
import { integer, text } from './cells.ts'
import { defineImport } from './table.ts'

export const toyTable = defineImport({
  imports: {
    words: t('导入试表', 'Toys brought'),
    title: t('带入试表', 'Bring toys'),
    why: t('列:编号、积分', 'Columns: no, points'),
    reasons: 'members',
    bytesMax: 1_000,
  },
  name: t('试表', 'toys'),
  key: 'no',
  twice: t('编号重复', 'this number stands twice'),
  rowsMax: 9,
  code: 'POINTS-02',
  columns: {
    no: { zh: '编号', cell: text({ example: 'P-1', help: t('编号', 'the number') }) },
    points: { zh: '积分', cell: integer('1', { digits: 3, max: 999 }, t('积分', 'points')) },
  },
})
`,
      ],
      [`${room}/lane/pure/imports/toy.ts`]: [
        '',
        `// Balances that are made up.
import { canonicalJson } from '../../../base/pure/data/json.ts'
import type { PointsRow } from '../../../base/pure/rows/points-row.ts'
import { readTable } from '../../../base/pure/tables/table.ts'
import { toyTable } from '../../../base/pure/tables/toy.ts'
import { defineImporter } from './importer.ts'

export const toy = defineImporter({
  bad: 'POINTS-02',
  moved: { code: 'POINTS-02' },
  restored: (former: readonly PointsRow[], { nowMs }) =>
    former.map((body) => ({ kind: 'points', atMs: nowMs, body })),
  read(text, { lot, nowMs }) {
    const { brought } = lot.points
    const { rows, ...beside } = readTable(toyTable, text, (row) => row)
    const added = rows.filter(({ no }) => !brought.has(no))
    const bodies = added.map((row) => ({ row: 'brought', ...row, until: '2099-12-31' }) as const)
    return {
      diff: { added, ...beside },
      basis: canonicalJson([...brought]),
      rows: () => bodies.map((body) => ({ kind: 'points', atMs: nowMs, body })),
    }
  },
})
`,
      ],
      'renderer/pages/toy/page.ts': [
        '',
        `// A page that is made up.
import { t } from '../../../firmware-runtime/base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/toy',
  place: 'money',
  order: 45,
  title: t('试页', 'Toys'),
  reads: 'points.list',
  imports: 'toy',
  list: {
    columns: [['no', t('编号', 'Number'), ({ no }) => no]],
    empty: { title: t('没有', 'None'), why: t('没有', 'None') },
  },
} as const satisfies Page<'points.list'>
`,
      ],
    },
  ],
  /** Its row, its folder, and the layout that allows it. What starts a driver and what captures its frames name each kind. */
  'a kind of device of a lane': [
    3,
    {
      [`${room}/base/pure/device-kinds/toy.ts`]: [
        '',
        `// A kind that is made up.
import { t } from '../words/fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const toy = defineDeviceKind({
  lane: {
    words: t('试具', 'toy'),
    label: t('试具', 'Toy'),
    like: t('例如 sim:toy', 'For example sim:toy'),
    places: { file: 5, clause: 5, met: 5, call: 5 },
    link: { filled: null },
  },
})
`,
      ],
      [`${room}/devices/pure/toy/kind.ts`]: [
        '',
        `// The link of a kind that is made up.
import { checkWire, defineLaneDevice, wireShape } from '../lane-device.ts'

export const toy = defineLaneDevice({ hasShape: (url) => wireShape.test(url), check: checkWire })
`,
      ],
      [`${room}/lane/pure/layouts/no-booth.ts`]: ['const devices = {', 'toy: null,'],
    },
  ],
  'a call with its form and command': [
    2,
    {
      [`${room}/money/calls/coupon.ts`]: [
        'export const couponCalls = {',
        "'coupons.toy': act('owner', z.strictObject({ most: z.int().min(1).max(9), ...who }), reply<ActAnswer & { readonly most: number }>(), { words: t('试券', 'Toy coupon'), command: 'coupons toy', form: { reasons: 'coupons', usual: 0, title: t('试一张券', 'A toy coupon'), do: t('试 {most} 张', 'Toy {most}'), page: 'coupons', fields: { most: { label: t('试几张', 'How many toys') } } } }),",
      ],
      [`${room}/money/desk/handlers/control-coupons.ts`]: [
        '    ...issueHandlers(of),',
        "'coupons.toy': ({ most }) => ({ ok: true, repeated: false, most }),",
      ],
    },
  ],
}
