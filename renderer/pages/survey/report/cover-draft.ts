// The cover of a report while a person edits it; an empty field is not recorded.
// The lengths are those that a record allows.
import type { CoverTexts } from '#survey/calls/survey.ts'
import type { SurveyPage } from '#survey/calls/survey-views.ts'

export interface CoverDraft extends CoverTexts {
  /** PNG; null: remove the logo; undefined: keep the recorded one. */
  readonly logo: Uint8Array | null | undefined
}

export const coverLengths = { number: 60, company: 120, address: 200, representative: 60 } as const

export const draftOf = (cover: SurveyPage['cover']): CoverDraft => ({
  number: cover?.number ?? '',
  company: cover?.company ?? '',
  address: cover?.address ?? '',
  representative: cover?.representative ?? '',
  logo: undefined,
})

export const trimmed = ({ number, company, address, representative }: CoverTexts): CoverTexts => ({
  number: number.trim(),
  company: company.trim(),
  address: address.trim(),
  representative: representative.trim(),
})

/** Whether anything is filled in; an empty cover is not recorded. */
export const isSaid = (draft: CoverDraft): boolean =>
  Object.values(trimmed(draft)).some((text) => text !== '') || draft.logo instanceof Uint8Array
