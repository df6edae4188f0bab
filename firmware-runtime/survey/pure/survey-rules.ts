// The rules of a survey: the rule pack in its first record, else that of the standard it was made for.
// The pack is stored in the file, so that the same file has the same verdict on every computer.
import { baseRules, rulesIn } from '#base/pure/rules/packs.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { OpenedBody } from './file/record.ts'

export const rulesOf = (opened: Pick<OpenedBody, 'rules'> | null): Rules =>
  opened?.rules === undefined ? baseRules : rulesIn(opened.rules)

/** dBm, table D.1 row 5. */
export const fieldLimitOf = (opened: Pick<OpenedBody, 'rules'> | null): number =>
  rulesOf(opened).limit('D5', 'levelMin')
