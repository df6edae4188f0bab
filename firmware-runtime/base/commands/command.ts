// What every etc-lane command is: a line of the table in index.ts and a function, one file each in cli/. Output rules
// of contract.md section 2: one JSON document on stdout, logs on stderr, exit code 0, 1 or 2.
import { t } from '../pure/words/fault-text.ts'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { ApiReply } from '../calls/rows.ts'
import { LaneFault, type BilingualText, type Why } from '../pure/faults/faults.ts'
import type { InstantMs } from '../pure/values/instant.ts'

/** When the folder of a stopped lot was written last; `newestMs` null: its ledger is empty. */
export interface RestingSource {
  readonly newestMs: InstantMs | null
  readonly nowMs: InstantMs
}

export interface CliIo {
  stdout(text: string): void
  stderr(text: string): void
  readonly json: boolean
  /** Answers a call from the folder of a stopped lot, and says how old it is; absent: nothing answers it (RUN-02). */
  atRest?(
    dir: string,
    name: string,
    args: unknown,
    found: (source: RestingSource) => void,
  ): Promise<ApiReply<unknown>>
  /** Called once on SIGTERM or SIGINT; the command then ends by itself within 5 s. */
  onStop(stop: () => void): void
}

export interface Command {
  /** Each form of the command, for --help and docs/cli.md. */
  readonly usage: readonly string[]
  /** Description of a usage line that has one of its own. */
  readonly words?: ReadonlyMap<string, BilingualText | null>
  /** Exit code: 0 ok, 1 found a problem. Throws LaneFault when it could not run. */
  run(args: readonly string[], io: CliIo): Promise<number>
}

/** A row of the table: its help text, and the module that has the command. */
export interface CommandEntry {
  readonly name: string
  readonly summary: BilingualText
  load(): Promise<Command>
}

type Options = NonNullable<ParseArgsConfig['options']>
type Kind = 'string' | 'boolean' | 'list'
type Values<S extends Record<string, Kind>> = {
  [K in keyof S]: S[K] extends 'boolean'
    ? boolean
    : S[K] extends 'list'
      ? string[]
      : string | undefined
}

const optionsOf = (spec: Readonly<Record<string, Kind>>): Options =>
  Object.fromEntries(
    Object.entries(spec).map(([name, kind]) => [
      name,
      { type: kind === 'boolean' ? 'boolean' : 'string', multiple: kind === 'list' },
    ]),
  )

/** Arguments that are neither flags nor their values; flags are not validated here. */
export const wordsIn = (args: readonly string[], spec: Readonly<Record<string, Kind>>) =>
  parseArgs({ args: [...args], options: optionsOf(spec), allowPositionals: true, strict: false })
    .positionals

/** Parses `--name value` flags; an unknown or repeated flag is refused by name. */
export function flags<S extends Record<string, Kind>>(
  args: readonly string[],
  spec: S,
): { values: Values<S>; words: string[] } {
  const options = optionsOf(spec)
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const values: Record<string, unknown> = {}
    for (const [name, kind] of Object.entries(spec)) {
      const given = parsed.values[name]
      values[name] = kind === 'boolean' ? given === true : kind === 'list' ? (given ?? []) : given
    }
    return { values: values as Values<S>, words: parsed.positionals }
  } catch (error) {
    throw new LaneFault('ARG-01', { note: error instanceof Error ? error.message : String(error) })
  }
}

/** ARG-01 for a flag, or for all flags together when `field` is empty; with the given text, when there is one. */
export const wrongFlag = (field: string, note: Why, value?: string): LaneFault =>
  new LaneFault('ARG-01', { field, note, ...(value === undefined ? {} : { value }) })

/** The value of a required flag; ARG-01 when it is missing. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value.trim() === '')
    throw wrongFlag(`--${name}`, t(`缺少 --${name}`, `--${name} is missing`))
  return value
}

export function whole(value: string | undefined, name: string, fallback: number): number {
  if (value === undefined) return fallback
  if (!/^-?\d{1,12}$/.test(value))
    throw wrongFlag(`--${name}`, t('不是整数', 'not a whole number'), value)
  return Number(value)
}

/** Applies the limits of the control API to a number given for a link of its own as well. */
export function within(
  value: number | undefined,
  name: string,
  { fallback, min, max }: { readonly fallback: number; readonly min: number; readonly max: number },
): number {
  const number = value ?? fallback
  if (number >= min && number <= max) return number
  const note = t(`须为 ${min} 到 ${max} 的整数`, `a whole number from ${min} to ${max}`)
  throw new LaneFault('ARG-01', { field: `--${name}`, value: String(number), note })
}

/** Length of a trial in seconds: at most an hour, so that every trial ends. */
export const trialSecOf = (value: number | undefined): number =>
  within(value, 'trial-sec', { fallback: 60, min: 1, max: 3_600 })

export function oneOf<T extends string>(
  value: string | undefined,
  name: string,
  allowed: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback
  const found = allowed.find((a) => a === value)
  if (found === undefined)
    throw wrongFlag(
      `--${name}`,
      t(`是其中之一:${allowed.join(', ')}`, `one of ${allowed.join(', ')}`),
      value,
    )
  return found
}
