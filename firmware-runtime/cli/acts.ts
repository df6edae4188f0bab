// Acts of commands: the line that --help shows is the one source. Its words find the act, its flags are parsed,
// typed and refused by name from it. Words in brackets, or beside an alternative, may be left out.
import { randomUUID } from 'node:crypto'
import type { AnswerOf, ApiName, ArgsOf } from '../api/table.ts'
import { LaneFault } from '../core/values/faults.ts'
import { folderOf, jsonText, runningClient } from './client.ts'
import { flags, needed, oneOf, whole, type CliIo, type Command } from './command.ts'
import type { Given } from './usage-types.ts'

/** Place holders of whole numbers; every other one stands for a text. */
const numbers: readonly string[] = ['N', 'SEC', 'FEN', 'MM']

export interface UsageFlag {
  readonly kind: 'string' | 'boolean' | 'list'
  /** What stands for its value; `a|b` are all that it may be. */
  readonly shape: string
  readonly isNeeded: boolean
}

const count = (word: string, mark: RegExp): number => mark.exec(word)?.[0].length ?? 0

/** The flags of one line, in their order. */
export function flagsOf(line: string): Map<string, UsageFlag> {
  const words = line.split(' ')
  const found = new Map<string, UsageFlag>()
  let depth = 0
  let hasChoice = line.includes('…')
  for (const [at, word] of words.entries()) {
    depth += count(word, /^\[+/)
    const name = /^\[*--([a-z][\w-]*)/.exec(word)?.[1]
    const next = words[at + 1] ?? ''
    const hasValue = !word.endsWith(']') && next !== '' && !/^(--|\[|\||…)/.test(next)
    if (name !== undefined) {
      const kind = !hasValue ? 'boolean' : words[at + 2]?.startsWith('...') ? 'list' : 'string'
      const shape = hasValue ? next.replace(/\]+$/, '') : ''
      found.set(name, { kind, shape, isNeeded: kind === 'string' && depth === 0 })
    }
    if (word === '|' && depth === 0) hasChoice = true
    depth -= count(word, /\]+$/)
  }
  if (!hasChoice) return found
  return new Map([...found].map(([name, flag]) => [name, { ...flag, isNeeded: false }]))
}

/** The flags of all ways to call an act; one is needed where every whole way needs it. */
function allFlags(lines: readonly string[]): Map<string, UsageFlag> {
  const read = lines.map(flagsOf)
  const whole = read.filter((_, at) => lines[at]?.includes('…') !== true)
  const all = new Map(read.flatMap((found) => [...found]))
  for (const [name, flag] of all)
    all.set(name, { ...flag, isNeeded: whole.every((way) => way.get(name)?.isNeeded === true) })
  return all
}

function valueOf(name: string, { shape, isNeeded }: UsageFlag, text: string | undefined) {
  const given = isNeeded ? needed(text, name) : text
  if (given === undefined) return undefined
  if (numbers.includes(shape)) return whole(given, name, 0)
  const choices = shape.includes('|') && shape !== shape.toUpperCase() ? shape.split('|') : []
  const [first] = choices
  return first === undefined ? given : oneOf(given, name, choices, first)
}

export interface Act {
  /** Behind the name of the command: none, or its verb. */
  readonly verb: string
  readonly usage: readonly string[]
  run(args: readonly string[], io: CliIo): Promise<number>
}

const verbOf = ([line = '']: readonly string[]): string => {
  const [, verb = ''] = line.split(' ')
  return /^[a-z]/.test(verb) ? verb : ''
}

/** An act that reads its flags itself; a test holds its lines to what it takes. */
export const shown = (
  lines: readonly string[],
  run: (args: readonly string[], io: CliIo) => number | Promise<number>,
): Act => ({ verb: verbOf(lines), usage: lines, run: async (args, io) => run(args, io) })

/** One act of a command: `lines` are all ways to call it. */
export function act<const L extends readonly string[]>(
  lines: L,
  run: (values: Given<L>, io: CliIo) => number | Promise<number>,
): Act {
  const all = allFlags(lines)
  return {
    verb: verbOf(lines),
    usage: lines,
    async run(args, io) {
      const spec = Object.fromEntries([...all].map(([name, { kind }]) => [name, kind]))
      const { values } = flags(args, spec)
      const read = [...all].map(([name, flag]) => {
        const text = values[name]
        const isText = text === undefined || typeof text === 'string'
        return [name, isText ? valueOf(name, flag, text) : text]
      })
      return run(Object.fromEntries(read) as Given<L>, io)
    },
  }
}

interface Done<N extends ApiName> {
  readonly name: N
  /** 1 where the answer is not what the act was for. */
  exit?(answer: AnswerOf<N>): number
}

/** A question to the running lot: one row of the control API, its answer printed as it is. */
export const asking = <const L extends readonly string[], N extends ApiName>(
  lines: L,
  { name, exit = () => 0 }: Done<N>,
  args: (values: Given<L>) => ArgsOf<N>,
): Act =>
  act(lines, async (values, io) => {
    const { data } = values as { data?: string }
    const asked = args(values)
    const answer = await runningClient(folderOf(data)).call(name, asked)
    io.stdout(jsonText(answer, io.json))
    return exit(answer)
  })

/** Who acts and why, and the id by which a repeat does nothing twice. */
export interface Who {
  readonly by: string
  readonly reason: string
  readonly commandId: string
}

interface WhoFlags {
  readonly by?: string | undefined
  readonly reason?: string | undefined
  readonly 'command-id'?: string | undefined
}

export const whoOf = (values: WhoFlags): Who => ({
  by: needed(values.by, 'by'),
  reason: needed(values.reason, 'reason'),
  commandId: values['command-id'] ?? randomUUID(),
})

/** An act of a person on the running lot: one row of the control API, answered with the id of the act. */
export const audited = <const L extends readonly string[], N extends ApiName>(
  lines: L,
  name: N,
  args: (values: Given<L>, who: Who) => ArgsOf<N>,
): Act =>
  act(lines, async (values, io) => {
    const { data, ...rest } = values as WhoFlags & { data?: string }
    const who = whoOf(rest)
    const answer = await runningClient(folderOf(data)).call(name, args(values, who))
    io.stdout(jsonText({ ...answer, commandId: who.commandId }, io.json))
    return 0
  })

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`

/** A command as its acts: the first word is the verb, unless the command has none. */
export function commandOf(name: string, acts: readonly Act[]): Command {
  return {
    usage: acts.flatMap(({ usage }) => usage),
    async run(args, io) {
      const [verb = '', ...rest] = args
      const whole = acts.find((one) => one.verb === '')
      const found = whole ?? acts.find((one) => one.verb === verb)
      if (found === undefined)
        throw new LaneFault('ARG-01', {
          value: verb,
          note: `${name} ${listed(acts.map((one) => one.verb))}`,
        })
      return found.run(whole === undefined ? rest : args, io)
    },
  }
}
