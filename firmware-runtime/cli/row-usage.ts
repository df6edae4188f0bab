// A command that asks one row of the call table: its line, the arguments that its flags come to, its exit code.
// Lines are made of rows in row-lines.ts, which no command loads.
import type { AnswerOf, ApiName } from '../api/table.ts'
import { LaneFault } from '../core/faults/faults.ts'
import type { BilingualText } from '../core/values/fault-text.ts'
import { isoOf } from '../core/values/instant.ts'
import { needed } from './command.ts'

/** Where the value of a flag stands in the arguments: under a key, or under one of an object, behind a point. */
export interface FlagUse {
  readonly key: string
  /** Words with commas between them, or several of `NAME=VALUE`; else as it was given. */
  readonly as?: 'list' | 'record' | undefined
  /** Its object is nothing without it. */
  readonly isNeeded: boolean
}

export interface RowUsage {
  readonly call: string
  readonly line: string
  /** What the act is called, for --help; null: it only reads. */
  readonly words: BilingualText | null
  /** A person does it, who is named and says why. */
  readonly isAct: boolean
  readonly flags: Readonly<Record<string, FlagUse>>
  /** Either the flag, or another one that stands for this value of the key. */
  readonly either: readonly {
    readonly flag: string
    readonly or: string
    readonly key: string
    readonly is: false | null
  }[]
  /** Keys whose flag is left out; `now`: the time of the command. */
  readonly usual: Readonly<Record<string, unknown>>
}

/** `NAME=VALUE`, as it was typed; nothing behind the sign: the member is left out. */
function memberOf(flag: string, text: string): readonly [string, string | null] {
  const at = text.indexOf('=')
  if (at < 1)
    throw new LaneFault('ARG-01', {
      field: `--${flag}`,
      value: text.slice(0, 80),
      note: 'NAME=VALUE',
    })
  return [text.slice(0, at), text.slice(at + 1) === '' ? null : text.slice(at + 1)]
}

function valueOf(flag: string, { as }: FlagUse, given: unknown): unknown {
  if (given === undefined || given === false) return undefined
  if (as === 'list') return String(given).split(',')
  if (as === undefined) return given
  return Object.fromEntries((given as readonly string[]).map((text) => memberOf(flag, text)))
}

/** The arguments that the flags of a line come to; what is left out and has no usual value is no argument. */
export function rowArgs(
  { flags, either, usual }: Pick<RowUsage, 'flags' | 'either' | 'usual'>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const args: Record<string, unknown> = {}
  const uses = Object.entries(flags).map(([flag, use]) => {
    const [name = '', below] = use.key.split('.')
    return { ...use, flag, name, below, value: valueOf(flag, use, given[flag]) }
  })
  const said = uses.filter(({ value }) => value !== undefined)
  for (const { flag, or, key, is } of either) {
    if ((given[or] === true) === said.some((use) => use.flag === flag))
      throw new LaneFault('ARG-01', { field: `--${flag}`, note: `--${flag} | --${or}` })
    if (given[or] === true) args[key] = is
  }
  for (const { flag, key, name, below, value, isNeeded } of uses) {
    if (below !== undefined && !said.some((use) => use.name === name)) continue
    if (value === undefined && isNeeded) needed(undefined, flag)
    const held = value ?? (usual[key] === 'now' ? isoOf(Date.now()) : usual[key])
    if (held === undefined) continue
    args[name] = below === undefined ? held : { ...(args[name] as object | null), [below]: held }
  }
  return args
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
