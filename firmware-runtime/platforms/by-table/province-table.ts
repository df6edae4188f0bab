// A province as data: what it calls paths, members and codes that the first dialect has under other names.
// Everything here can be written as JSON; what no row names is said as the first dialect says it.
import type { AccessStep, CodeMeaning, EquipmentRow, ProvinceRules } from '../../ports/dialect.ts'
import type { PlatformMethod } from '../../ports/envelope.ts'

/** An interface under its own path. One without a row is not offered by the province. */
export interface RouteRow {
  readonly method: PlatformMethod
  /** Path of the first dialect, and of this one. */
  readonly from: string
  readonly to: string
  /** Of the access check; absent where the province has none. */
  readonly requestType?: string
}

/** Where an answer says what. */
interface AnswerShape {
  /** Member with a list of answers, the last of which decides; null: the code stands at the top. */
  readonly list: string | null
  readonly code: string
  readonly at: string
  readonly data: string
  readonly detail: string
  readonly message: string
}

/** Headers of the access check: who asks, what for, and a proof of the authorisation code. */
interface AccessHeaders {
  readonly account: string
  readonly requestType: string
  readonly proof: string
}

export interface ProvinceTable {
  readonly standard: string
  readonly access: AccessHeaders | null
  readonly answer: AnswerShape
  readonly routes: readonly RouteRow[]
  /** A code of this province, and the code of the first dialect that means the same. */
  readonly codes: readonly CodeMeaning[]
  /** Members of bodies and answers: name of the first dialect -> own name. Those of the status list keep theirs. */
  readonly members: Readonly<Record<string, string>>
  /** Members, by the name of the first dialect, that nobody may mend here, with the clause that says so. */
  readonly sealed: Readonly<Record<string, string>>
  readonly laneEquipment: readonly EquipmentRow[]
  readonly accessFlow: readonly AccessStep[]
  readonly rules: ProvinceRules
}
