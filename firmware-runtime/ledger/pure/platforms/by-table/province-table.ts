// A province as data: its names of paths, members and codes that the first dialect names otherwise.
// All of it can be written as JSON; a name without a row is that of the first dialect.
import type {
  AccessStep,
  CodeMeaning,
  EquipmentRow,
  ProvinceRules,
} from '../../../ports/dialect.ts'
import type { PlatformMethod } from '../../../ports/envelope.ts'

/** An interface under its own path. One without a row is not offered by the province. */
export interface RouteRow {
  readonly method: PlatformMethod
  /** Path of the first dialect, and of this one. */
  readonly from: string
  readonly to: string
  /** Request type of the access check; absent where the province has no access check. */
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

/** Headers of the access check: account, request type, and a proof of the authorisation code. */
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
  /** Members of bodies and answers: name of the first dialect -> own name. Members of the status list keep their names. */
  readonly members: Readonly<Record<string, string>>
  /** Members (by the name of the first dialect) that must not be corrected here, with the clause. */
  readonly sealed: Readonly<Record<string, string>>
  readonly laneEquipment: readonly EquipmentRow[]
  readonly accessFlow: readonly AccessStep[]
  readonly rules: ProvinceRules
}
