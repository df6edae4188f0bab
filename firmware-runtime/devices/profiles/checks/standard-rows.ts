// Checks the rows of Annex A: each row of the kind once, no value without its source, and their verdicts. A value with
// another unit or form than the row's is a mistake, not a silent "not stated".
import { annexA, type StandardRow } from '../../pure/profile/annex-a.ts'
import { judgeRow, type Verdict } from '../../pure/profile/judge-row.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { Findings, Path } from '../findings.ts'
import type { Profile } from '../schema.ts'
import { findingWords as words } from '../finding-words.ts'

type Row = Profile['standardRows'][number]

const isSpan = (value: Row['value']): value is { min: number; max: number } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function checkValue(row: Row, standard: StandardRow, at: Path, findings: Findings): void {
  const { value, unit, source, status } = row
  if (value === null) {
    for (const [member, given] of [
      ['source', source],
      ['status', status],
    ] as const)
      if (given !== null) findings.add('PROFILE-12', [...at, member], given, words.noValueFor())
    return
  }
  if (source === null || status === null)
    findings.add('PROFILE-12', at, row.row, words.valueNeedsSource())
  if (isSpan(value) && value.min > value.max)
    findings.add('PROFILE-05', [...at, 'value'], value, words.maxBelowMin())
  // Limits of another standard are not published: figures for them are stored, not judged.
  if (standard.rule.compare === 'conforms') return
  if (judgeRow(standard, value, unit) === 'notStated')
    findings.add('PROFILE-05', [...at, 'value'], value, words.notAsPrinted(standard.printed))
}

export function checkStandardRows(p: Profile, findings: Findings): void {
  const wanted = annexA[p.kind]
  const seen = new Set<string>()
  p.standardRows.forEach((row, i) => {
    const at: Path = ['standardRows', i]
    const standard = wanted.find((s) => s.row === row.row && s.table === row.table)
    const named = `${row.table} ${row.row}`
    if (standard === undefined) {
      findings.add('PROFILE-13', at, named, words.noRowFor(p.kind))
      return
    }
    if (seen.has(row.row)) findings.add('PROFILE-13', at, named, words.rowTwice())
    seen.add(row.row)
    checkValue(row, standard, at, findings)
  })
  for (const { table, row, printed } of wanted)
    if (!seen.has(row))
      findings.add('PROFILE-13', '/standardRows', `${table} ${row}`, words.rowMissing(printed))
}

interface RowVerdict {
  readonly table: string
  readonly row: string
  readonly printed: string
  readonly value: Row['value']
  readonly unit: string | null
  readonly verdict: Verdict
  /** A peculiarity of the printed rule; null: none. */
  readonly odd: BilingualText | null
}

/** The verdicts of Annex A for a checked profile, row by row. */
export const standardVerdicts = (p: Profile): readonly RowVerdict[] =>
  annexA[p.kind].map((standard) => {
    const { table, row, printed, odd } = standard
    const said = p.standardRows.find((r) => r.row === row && r.table === table)
    const value = said?.value ?? null
    const unit = said?.unit ?? null
    return {
      table,
      row,
      printed,
      value,
      unit,
      verdict: judgeRow(standard, value, unit),
      odd: odd ?? null,
    }
  })
