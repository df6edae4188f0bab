// Shared by the documents of an acceptance: title, basis, a first section of facts, and the mark of a simulated run,
// which is in that section and at the foot of every page.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { isQuotedItem } from '#survey/report/quoted-items.ts'
import { withChineseMarks } from '#survey/report/report-marks.ts'
import type { ReportDocument, ReportLanguage, ReportSection } from '#survey/report/report-model.ts'
import { reportWords } from '#survey/report/report-words.ts'

export const simulatedMark = t('模拟运行,不是验收', 'SIMULATED, no acceptance')

export interface AcceptedLot {
  readonly name: BilingualText
  readonly lotId: string
}

interface MarkedDocument {
  readonly language: ReportLanguage
  readonly printedAtMs: InstantMs
  readonly lot: AcceptedLot
  readonly isSimulated: boolean
  readonly title: BilingualText
  readonly basis: BilingualText
  readonly first: {
    readonly heading: BilingualText
    /** Facts shown after the name of the car park. */
    readonly facts: readonly (readonly [BilingualText, string])[]
  }
  readonly sections: readonly ReportSection[]
}

export function markedDocument(given: MarkedDocument): ReportDocument {
  const { language, printedAtMs, lot, isSimulated, title, basis, first, sections } = given
  const say = (text: BilingualText): string => text[language]
  const facts = [
    [t('停车场', 'Car park'), `${say(lot.name)} ${lot.lotId}`] as const,
    ...first.facts,
  ]
  return withChineseMarks(
    {
      language,
      printedAtMs,
      title: `${say(title)} ${say(lot.name)}`,
      basis: say(basis),
      footer: `${isSimulated ? `${say(simulatedMark)} · ` : ''}${say(reportWords.footer)} · ${say(lot.name)}`,
      sections: [
        {
          id: 'head',
          heading: say(first.heading),
          blocks: [
            ...(isSimulated
              ? [{ kind: 'text' as const, text: say(simulatedMark), look: 'notice' as const }]
              : []),
            { kind: 'facts', rows: facts.map(([what, value]) => [say(what), value] as const) },
          ],
        },
        ...sections,
      ],
    },
    isQuotedItem,
  )
}
