// Balances of points of another system.
import { readPointsCsv } from '#money/pure/member/points-csv.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { PointsRow } from '#base/pure/rows/points-row.ts'
import { defineImporter } from './importer.ts'

export const points = defineImporter({
  bad: 'POINTS-02',
  moved: {
    code: 'POINTS-02',
    note: t('看过之后积分有变动', 'the points have changed since you looked at them'),
  },
  restored(former: readonly PointsRow[], { lot, nowMs }) {
    const { brought, spends } = lot.points
    const spent = new Set(
      [...spends.values()].flatMap(({ no, atMs }) =>
        atMs >= (brought.get(no)?.atMs ?? nowMs) ? [no] : [],
      ),
    )
    return former.flatMap(({ no, points, until }) => {
      const body = { row: 'brought', no, points, until } as const
      return spent.has(no) ? [] : [{ kind: 'points', atMs: nowMs, body }]
    })
  },
  read(text, { lot, nowMs }) {
    const diff = readPointsCsv(text, lot.points, { members: lot.members, nowMs })
    return {
      diff,
      basis: canonicalJson([...lot.points.brought]),
      rows: () =>
        [...diff.added, ...diff.changed].map((body) => ({ kind: 'points', atMs: nowMs, body })),
    }
  },
})
