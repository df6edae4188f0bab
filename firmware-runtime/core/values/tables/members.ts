// The list of members as a table: written with Chinese headings, read with those or ours. The file is the whole list.
import { t } from '../fault-text.ts'
import type { Member, MemberKind } from '../rows/member-row.ts'
import { day, integer, oneOf, orNone, text, words } from './cells.ts'
import { defineTable, type RowOf } from './table.ts'

const kindWords: Readonly<Record<MemberKind, string>> = {
  period: '月租车',
  white: '白名单',
  emergency: '应急',
  visitor: '访客',
  points: '积分会员',
}

export const membersTable = defineTable({
  name: t('会员', 'members'),
  key: 'no',
  twice: t('编号重复', 'this number stands twice'),
  rowsMax: 2_000,
  others: 'refuse',
  // A file that was cut ends a pass nowhere: an empty last day is one without end.
  isCutRefused: true,
  columns: {
    no: {
      zh: '编号',
      cell: text({ example: 'M-001', help: t('字母、数字或短横', 'letters, digits, dashes') }),
    },
    kind: { zh: '类别', cell: oneOf('类别', kindWords) },
    name: {
      zh: '姓名',
      cell: text({ example: '张三', help: t('1 到 40 个字', '1 to 40 characters') }),
    },
    plates: {
      zh: '车牌',
      cell: words({
        example: '测A12345 测B12345',
        help: t('多个车牌用空格隔开', 'several with blanks between them'),
      }),
    },
    spaces: {
      zh: '车位',
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
      cell: words({ example: '', help: t('空着为全部区域', 'empty for the whole lot') }),
    },
    from: { zh: '起始日', cell: day('2026-12-01') },
    until: { zh: '截止日', cell: orNone(day('2026-12-31')) },
  },
})

type MemberCells = RowOf<typeof membersTable.columns>

export const cellsOfMember = (member: Member): MemberCells => ({
  ...member,
  areas: member.areas ?? [],
})
