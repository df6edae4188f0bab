// The list of members: a file adds and changes; only a file that is said to be the whole list ends the others.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { areasOf } from '#base/pure/lot/config.ts'
import { readMembersCsv } from '#money/pure/member/member-csv.ts'
import { diffOf, membersNow, rowsOfDiff } from '#money/pure/member/member-diff.ts'
import { mustBeOnce } from '#money/pure/member/member-once.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { unusualPlates } from '#base/pure/plates/plate.ts'
import type { MemberRow } from '#base/pure/rows/member-row.ts'
import { defineImporter } from './importer.ts'

export const members = defineImporter({
  bad: 'MEMBER-05',
  moved: { code: 'MEMBER-04' },
  restored: (former: readonly MemberRow[], { nowMs }) =>
    former.map((body) => ({ kind: 'member', atMs: nowMs, body })),
  read(text, { lot, config, nowMs }) {
    const now = membersNow(lot.members)
    const { members: wanted, bad, ...beside } = readMembersCsv(text, areasOf(config))
    const found = diffOf(now, bad.length > 0 ? now : wanted)
    const given = [...found.added, ...found.changed.map(({ after }) => after)]
    /** `unusual`: plates that are accepted but should be checked by a person: base/pure/plates/plate.ts. */
    const unusual = unusualPlates(given.flatMap(({ plates }) => plates))
    return {
      diff: { ...found, unusual, bad, ...beside },
      basis: canonicalJson(now),
      rows(takeBack) {
        const { length } = found.ended
        if (takeBack !== undefined && takeBack !== length)
          throw new LaneFault('MEMBER-04', { field: '/takeBack', value: String(length) })
        const isComplete = takeBack !== undefined
        if (!isComplete) mustBeOnce([...found.ended, ...given])
        return rowsOfDiff(found, isComplete).map((body) => ({ kind: 'member', atMs: nowMs, body }))
      },
    }
  },
})
