// The list of members as a table of text, for spreadsheets; its columns are declared in values/tables/members.ts.
// An error names line, heading and value of the bad cell; a file with an error is refused completely.
import type { Member } from '../values/rows/member-row.ts'
import { cellsOfMember, membersTable } from '../values/tables/members.ts'
import { badCell, readTable, tableCsv, type BadCell } from '../values/tables/table.ts'
import { memberPlate, memberRefusal, memberTwice } from './member-rules.ts'

const { columns } = membersTable

export const membersCsv = (members: readonly Member[]): string =>
  tableCsv(columns, members.map(cellsOfMember))

interface ReadMembers {
  readonly members: readonly Member[]
  readonly bad: readonly BadCell[]
}

/** Every bad line by its first bad cell. The file is the whole list. */
export function readMembersCsv(text: string, areas: readonly string[]): ReadMembers {
  const lineOf = new Map<string, number>()
  const { rows, bad } = readTable(membersTable, text, (row, { line, refuse }) => {
    const member: Member = {
      ...row,
      plates: row.plates.map((plate) => memberPlate(plate, row.kind) ?? plate),
      areas: row.areas.length === 0 ? null : row.areas,
    }
    lineOf.set(member.no, line)
    const wrong = memberRefusal(member, areas)
    return wrong === null ? member : refuse(wrong.field, wrong.value, wrong.text.zh, wrong.text.en)
  })
  const twice = memberTwice(rows)
  if (twice === null) return { members: rows, bad }
  const again = badCell(
    lineOf.get(twice.no) ?? 0,
    columns.plates.zh,
    twice.plate,
    `与编号 ${twice.otherNo} 重复`,
    `also in number ${twice.otherNo}`,
  )
  return { members: rows, bad: [...bad, again] }
}
