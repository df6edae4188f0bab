// The list of members as a table of text, for spreadsheets; its columns are declared in values/tables/members.ts.
// An error names line, heading and value of the bad cell; a file with an error is refused completely.
import type { Member } from '#base/pure/rows/member-row.ts'
import { cellsOfMember, membersTable } from '#base/pure/tables/members.ts'
import {
  badCell,
  readTable,
  tableCsv,
  type BadCell,
  type BesideTable,
} from '#base/pure/tables/table.ts'
import { memberPlate, memberRefusals, membersTwice } from './member-rules.ts'

const { columns } = membersTable

export const membersCsv = (members: readonly Member[]): string =>
  tableCsv(columns, members.map(cellsOfMember))

interface ReadMembers extends BesideTable {
  readonly members: readonly Member[]
  readonly bad: readonly BadCell[]
}

/** Every fault of the file. The file is the whole list. */
export function readMembersCsv(text: string, areas: readonly string[]): ReadMembers {
  const lineOf = new Map<string, number>()
  const { rows, bad, ...beside } = readTable<typeof columns, Member>(
    membersTable,
    text,
    (row, at) => {
      const plates = row.plates.map((plate) => memberPlate(plate, row.kind) ?? plate)
      const member: Member = { ...row, plates, areas: row.areas.length === 0 ? null : row.areas }
      lineOf.set(member.no, at.line)
      const wrong = memberRefusals(member, areas).map(({ field, value, text: said }) =>
        at.refuse(field, value === '' ? at.cell(field) : value, said.zh, said.en),
      )
      if (plates.length > 1 && !at.has('spaces'))
        wrong.push(
          at.refuse(
            'spaces',
            '',
            `没有车位列,不知 ${plates.length} 辆车共用几个车位:加上这一列`,
            `no column of spaces: add it, to say how many of them these ${plates.length} cars share`,
          ),
        )
      return wrong.length === 0 ? member : wrong
    },
  )
  const again = membersTwice(rows).map(({ no, plate, otherNo }) => ({
    ...badCell(
      lineOf.get(no) ?? 0,
      columns.plates.zh,
      plate,
      `与编号 ${otherNo} 重复`,
      `also in number ${otherNo}`,
    ),
    code: membersTable.code,
  }))
  return { members: rows, bad: [...bad, ...again].sort((a, b) => a.line - b.line), ...beside }
}
