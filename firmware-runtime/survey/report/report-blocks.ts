// What the sections of a report are made of: words in its language, texts and tables.
import type { SurveyProject } from '../pure/file/project.ts'
import type {
  ReportBlock,
  ReportCell,
  ReportLanguage,
  ReportSection,
  ReportTable,
  SectionId,
} from './report-model.ts'
import { markedVerdict, reportWords, type ReportWord } from './report-words.ts'
import type { Verdict } from '../pure/file/record.ts'

/** A cell that is a text alone has no style. */
export const tableOf = (
  head: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly (string | ReportCell)[])[],
): ReportTable => ({
  kind: 'table',
  head,
  widths,
  rows: rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell))),
})

export const textOf = (text: string, look: 'plain' | 'notice' = 'plain'): ReportBlock => ({
  kind: 'text',
  text,
  look,
})

export class SectionMaker {
  protected readonly survey: SurveyProject
  protected readonly as: ReportLanguage

  constructor(survey: SurveyProject, as: ReportLanguage) {
    this.survey = survey
    this.as = as
  }

  protected word(name: ReportWord): string {
    return reportWords[name][this.as]
  }

  protected verdict(verdict: Verdict): ReportCell {
    return { text: markedVerdict(verdict)[this.as], verdict }
  }

  protected table(
    head: readonly ReportWord[],
    widths: readonly number[],
    rows: readonly (readonly (string | ReportCell)[])[],
  ): ReportTable {
    return tableOf(
      head.map((name) => this.word(name)),
      widths,
      rows,
    )
  }

  protected section(
    id: SectionId,
    word: ReportWord,
    blocks: readonly ReportBlock[],
  ): ReportSection {
    return { id, heading: this.word(word), blocks }
  }
}
