// The cover of a report while a person types it; what is empty is not said.
// Lengths are those that a record takes.
import type { CoverTexts } from '../../../firmware-runtime/api/calls/survey.ts'
import type { SurveyPage } from '../../../firmware-runtime/api/survey-views.ts'

export interface CoverDraft extends CoverTexts {
  /** PNG; null: none from now on; undefined: as it is on record. */
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

/** Somebody said something: a survey without is begun without a record of it. */
export const isSaid = (draft: CoverDraft): boolean =>
  Object.values(trimmed(draft)).some((text) => text !== '') || draft.logo instanceof Uint8Array
