// The list of members as a table: written with Chinese headings, read with those or ours. The file is the whole list.
import { t } from '../words/fault-text.ts'
import type { Member, MemberKind } from '../rows/member-row.ts'
import { day, integer, lastDay, oneOf, orNone, plates, text, words } from './cells.ts'
import { firstDayHeads, lastDayHeads, memberHeads, nameHeads, plateHeads } from './headings.ts'
import { defineImport, type RowOf } from './table.ts'

const period = (word: string): [string, MemberKind] => [word, 'period']
const white = (word: string): [string, MemberKind] => [word, 'white']

const kindWords: Readonly<Record<MemberKind, string>> = {
  period: '月租车',
  white: '白名单',
  emergency: '应急',
  visitor: '访客',
  points: '积分会员',
}

/** Words of other systems; what a permanent card is there parks without end and free of charge, as the white list does. */
const otherKinds: ReadonlyMap<string, MemberKind> = new Map([
  ...[
    '月卡',
    '月租',
    '月租卡',
    '月租用户',
    '月卡车',
    '月保',
    '月保卡',
    '包月',
    '包月卡',
    '包月车',
  ].map(period),
  ...['季卡', '季租', '半年卡', '年卡', '年租', '年租车', '年租卡', '包年', '包年卡', '固定车'].map(
    period,
  ),
  ...['永久', '永久卡', '永久车', '长期', '长期卡', '免费车', '免费卡', '白名单车'].map(white),
  ['应急车', 'emergency'],
  ['访客车', 'visitor'],
  ['积分', 'points'],
])

export const membersTable = defineImport({
  imports: {
    words: t('导入名单', 'List imported'),
    why: t(
      '导入只新增和修改:表格里没有的保留不动。下面是要改动的内容,确认后一次写入。',
      'An import only adds and changes; entries not in the table stay. The changes are shown below and written together after you confirm.',
    ),
    reasons: 'members',
    bytesMax: 500_000,
    mayBeWhole: true,
  },
  name: t('会员', 'members'),
  key: 'no',
  twice: t('编号重复', 'this number stands twice'),
  rowsMax: 2_000,
  code: 'MEMBER-05',
  // A file that was cut ends a pass nowhere: an empty last day is one without end.
  isCutRefused: true,
  columns: {
    no: {
      zh: '编号',
      also: memberHeads,
      cell: text({ example: 'M-001', help: t('字母、数字或短横', 'letters, digits, dashes') }),
    },
    kind: {
      zh: '类别',
      also: ['卡类型', '卡类', '卡种', '类型', '会员类型', '会员类别', '用户类型', '月卡类型'],
      cell: oneOf('类别', kindWords, { also: otherKinds }),
    },
    name: {
      zh: '姓名',
      also: nameHeads,
      cell: text({ example: '张三', help: t('1 到 40 个字', '1 to 40 characters') }),
    },
    plates: {
      zh: '车牌',
      also: plateHeads,
      isMany: true,
      cell: plates({
        example: '测A12345 测B12345',
        help: t('多个车牌用空格或顿号隔开', 'several with blanks or commas between them'),
      }),
    },
    spaces: {
      zh: '车位',
      also: ['车位数', '车位数量', '车位个数'],
      isOptional: true,
      cell: orNone(
        integer(
          '1',
          { digits: 3 },
          t('车位为整数,空着为不限', 'a whole number, empty for no limit'),
        ),
      ),
    },
    areas: {
      zh: '区域',
      also: ['停车区域', '车场区域'],
      isOptional: true,
      cell: words({ example: '', help: t('空着为全部区域', 'empty for the whole lot') }),
    },
    from: { zh: '起始日', also: firstDayHeads, cell: day('2026-12-01') },
    until: { zh: '截止日', also: lastDayHeads, cell: lastDay('2026-12-31') },
  },
})

type MemberCells = RowOf<typeof membersTable.columns>

export const cellsOfMember = (member: Member): MemberCells => ({
  ...member,
  areas: member.areas ?? [],
})
