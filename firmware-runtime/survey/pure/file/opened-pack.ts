// The rule pack in a survey or in its evidence: what its seal and its digest say, checked wherever a file is opened.
import { packIssuer } from '#base/pure/faults/pack-fault.ts'
import type { Digests } from '#base/pure/passport/container.ts'
import type { PackIssuer } from '#base/pure/rules/rule-kind.ts'
import type { SignatureJudge } from '#base/pure/data/signed.ts'
import type { OpenedBody, SurveyRecord } from './record.ts'
import { rulesOf } from '../survey-rules.ts'

/** Issuer of the pack of the first opening record; null: no pack, or not signed. Throws RULE-01, RULE-02. */
export function surveyIssuer(
  records: readonly SurveyRecord[],
  file: string,
  digests: Digests,
  judge: SignatureJudge,
): PackIssuer | null {
  const issuers = records.flatMap(({ seq, body }) => {
    if (body.kind !== 'opened') return []
    const { rules } = body
    return [rules === undefined ? null : packIssuer(rules, `${file}#${seq}`, digests, judge)]
  })
  return issuers[0] ?? null
}

/** Rules that a survey is judged by, how they differ from those of the program, and who signed them. */
export function rulesSaid(opened: OpenedBody | null, issuer: PackIssuer | null) {
  const { packId, standard, altered } = rulesOf(opened)
  return { packId, standard, altered, issuer }
}
