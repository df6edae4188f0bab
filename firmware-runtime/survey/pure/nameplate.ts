// The antenna's name plate against what the profile library says of the tested type (table D.1 row 4).
// Where the library or the plate says nothing, nothing is concluded.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { plateFoundWords, plateGapWords } from '#base/pure/words/survey-words.ts'
import type { NameplateBody } from './file/record.ts'

type PlateWord = keyof typeof plateFoundWords | 'unknown'

/** Why nothing is concluded; null: something is. */
type PlateGap = keyof typeof plateGapWords

export interface PlateFindings {
  readonly approval: PlateWord
  readonly hardware: PlateWord
  readonly gaps: { readonly approval: PlateGap | null; readonly hardware: PlateGap | null }
}

/** Blanks and case are the printer's, not the type's. */
const bare = (text: string): string => text.replaceAll(/\s+/g, '').toUpperCase()

const nothing = (gap: PlateGap): PlateFindings => ({
  approval: 'unknown',
  hardware: 'unknown',
  gaps: { approval: gap, hardware: gap },
})
const found = (
  approval: PlateWord,
  hardware: PlateWord,
  gap: PlateGap | null = null,
): PlateFindings => ({ approval, hardware, gaps: { approval: null, hardware: gap } })

export function plateFindings(plate: NameplateBody): PlateFindings {
  const { approvalNo, hardwareVersion, library } = plate
  if (library === null) return nothing('noProfile')
  if (library.approvals.length === 0) return nothing('libraryNamesNone')
  if (approvalNo === null) return nothing('plateSilent')
  const tested = library.approvals.find((one) => bare(one.approvalNo) === bare(approvalNo))
  if (tested === undefined) return found('differs', 'unknown', 'otherType')
  const versions = tested.hardwareVersions.map(bare)
  if (versions.length === 0) return found('match', 'unknown', 'libraryNamesNone')
  if (hardwareVersion === null) return found('match', 'unknown', 'plateSilent')
  return found('match', versions.includes(bare(hardwareVersion)) ? 'match' : 'differs')
}

const wordOf = (word: PlateWord, gap: PlateGap | null): BilingualText =>
  word === 'unknown' ? plateGapWords[gap ?? 'noProfile'] : plateFoundWords[word]

/** One line for reports: the comparison and its result. */
export function plateWords({ approval, hardware, gaps }: PlateFindings): BilingualText {
  const number = wordOf(approval, gaps.approval)
  const version = wordOf(hardware, gaps.hardware)
  return t(
    `检测编号:${number.zh};硬件版本:${version.zh}`,
    `Approval number: ${number.en}; hardware version: ${version.en}`,
  )
}
