// The handlers of all calls of a running lot, from the files of the generated table: each call has exactly one.
import type { ApiName } from '../api/table.ts'
import type { Handlers } from '#base/desk/handlers/handlers.ts'
import { callFiles } from './table.ts'

type Files = typeof callFiles
/** What all files together use of a lot. */
export type Scope = Files[keyof Files] extends (lot: infer L) => unknown ? L : never

type Names = { [F in keyof Files]: keyof ReturnType<Files[F]> }
/** Names that two files answer, that none answers, and that are no call. */
type Wrong =
  | { [F in keyof Files]: Names[F] & Names[Exclude<keyof Files, F>] }[keyof Files]
  | Exclude<ApiName, Names[keyof Files]>
  | Exclude<Names[keyof Files], ApiName>

/** A wrong name is a member that no dispatcher takes: the compiler says which. */
type Joined = [Wrong] extends [never] ? Handlers : { readonly [N in Wrong]: 'no handler, or two' }

export const joined = (lot: Scope): Joined =>
  Object.assign({}, ...Object.values(callFiles).map((make) => make(lot as never))) as Joined
