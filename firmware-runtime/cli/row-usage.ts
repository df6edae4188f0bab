// A command that asks one row of the call table: its line, the arguments that its flags come to, its exit code.
// Lines are made of rows in row-lines.ts, which no command loads.
import type { AnswerOf, ApiName } from '../api/table.ts'
import type { BilingualText } from '../core/values/fault-text.ts'

export interface RowUsage {
  readonly call: string
  readonly line: string
  /** What the act is called, for --help; null: it only reads. */
  readonly words: BilingualText | null
  /** A person does it, who is named and says why. */
  readonly isAct: boolean
  /** Keys of the arguments by flag. */
  readonly keys: Readonly<Record<string, string>>
  /** Keys whose flag is left out. */
  readonly usual: Readonly<Record<string, unknown>>
}

/** The arguments that the flags of a line come to; what is left out and has no usual value is no argument. */
export function rowArgs(
  { keys, usual }: Pick<RowUsage, 'keys' | 'usual'>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const all = Object.entries(keys).map(([flag, key]) => [key, given[flag] ?? usual[key]] as const)
  return Object.fromEntries(all.filter(([, value]) => value !== undefined && value !== false))
}

type Wrong = { readonly [N in ApiName]?: (answer: AnswerOf<N>) => boolean }

/** Exit code 1: the answer is not what it was asked for. All others are 0 as soon as they are answered. */
const wrong: Wrong = {
  /** Somebody waits. */
  'help.list': ({ rows }) => rows.length > 0,
  /** It would not be charged. */
  'place.quote': ({ why }) => why !== null,
  /** Something waits to be printed. */
  'receipt.printers': ({ waiting }) => waiting.length > 0,
  'reservation.check': ({ requirements }) => requirements.some((row) => row.verdict === 'notMet'),
  'reservation.get': ({ link }) => link?.state !== 'up',
  /** A sign that shows free spaces must not count one that is not known. */
  'spaces.get': ({ unknown }) => unknown > 0,
}

export function exitOf(call: ApiName, answer: unknown): number {
  const isWrong = wrong[call] as ((answer: unknown) => boolean) | undefined
  return isWrong?.(answer) === true ? 1 : 0
}
