// A command that calls one row of the call table: its usage line, the arguments made of its flags, its exit code. The
// lines are made by row-lines.ts, which no command loads.
import type { AnswerOf, ApiName } from './table.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { needed } from '#base/commands/command.ts'

/** Where the value of a flag goes in the arguments: under a key, or under `object.key`. */
export interface FlagUse {
  readonly key: string
  /** `list`: words separated by commas; `record`: several `NAME=VALUE`; absent: unchanged. */
  readonly as?: 'list' | 'record' | undefined
  /** Its object is left out without it. */
  readonly isNeeded: boolean
}

export interface RowUsage {
  readonly call: string
  readonly line: string
  /** Name of the act, for --help; null: it only reads. */
  readonly words: BilingualText | null
  /** An act by a named person with a reason. */
  readonly isAct: boolean
  readonly flags: Readonly<Record<string, FlagUse>>
  /** Flags of which each stands for one value of the key. */
  readonly either: readonly {
    readonly flag: string
    readonly or: string
    readonly key: string
    readonly is: false | null
  }[]
  /** Values of keys whose flag is left out; `now`: the time of the command. */
  readonly usual: Readonly<Record<string, unknown>>
}

/** `NAME=VALUE` as typed; an empty value: the member is left out. */
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

/** The arguments made of the flags of a line; without a flag and a usual value there is no argument. */
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

/** Rules for exit code 1: the answer is not the wanted one. All other calls exit with 0 when answered. */
const wrong: Wrong = {
  /** A call for a person is open. */
  'help.list': ({ rows }) => rows.length > 0,
  /** The car could not be charged. */
  'place.quote': ({ why }) => why !== null,
  /** A receipt waits to be printed. */
  'receipt.printers': ({ waiting }) => waiting.length > 0,
  /** The lot has a centre, and is not paired with it or stopped. */
  'centre.state': ({ url, state, fault }) => url !== null && (state !== 'joined' || fault !== null),
  'reservation.check': ({ requirements }) => requirements.some((row) => row.verdict === 'notMet'),
  'reservation.get': ({ link }) => link?.state !== 'up',
  /** A sign with free spaces must not count an unknown one. */
  'spaces.get': ({ unknown }) => unknown > 0,
}

export function exitOf(call: ApiName, answer: unknown): number {
  const isWrong = wrong[call] as ((answer: unknown) => boolean) | undefined
  return isWrong?.(answer) === true ? 1 : 0
}
