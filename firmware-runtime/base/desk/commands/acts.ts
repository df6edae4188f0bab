// Acts of commands. The usage line shown by --help is the only source: its words select the act, its flags are parsed,
// typed and refused by name. Items in brackets, or beside an alternative, are optional.
import { randomUUID } from 'node:crypto'
import type { ApiName, ArgsOf } from '#runtime/api/table.ts'
import type { Who } from '../../calls/rows.ts'
import type { BilingualText } from '../../pure/words/fault-text.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import { folderOf, jsonText, lotReader } from './client.ts'
import {
  flags,
  needed,
  oneOf,
  whole,
  wordsIn,
  type CliIo,
  type Command,
  wrongFlag,
} from '../../commands/command.ts'
import { rowCommands } from '#runtime/api/row-commands.ts'
import { exitOf, rowArgs, type RowUsage } from '#runtime/api/row-usage.ts'
import type { Given, PlaceUsage } from '../../commands/usage-types.ts'

/** Placeholders of whole numbers; every other one is a text. */
const numbers: readonly string[] = ['N', 'SEC', 'MS', 'FEN', 'MM', 'MICRODEG']

/** `PLACE` in a usage line: a device on a link of its own, or that of a lane of a running lot. */
export const placeUsage =
  '(--link URL [--site NAME] [--state DIR] | --data DIR) [--lane ID]' satisfies PlaceUsage

export interface UsageFlag {
  readonly kind: 'string' | 'boolean' | 'list'
  /** Placeholder of its value; `a|b`: all allowed values. */
  readonly shape: string
  readonly isNeeded: boolean
}

interface UsageLine {
  /** The words that select the act, without the name of the command. */
  readonly path: readonly string[]
  readonly flags: ReadonlyMap<string, UsageFlag>
  /** Number of words accepted after the path. */
  readonly wordsMin: number
  readonly wordsMax: number
  readonly takesRest: boolean
  /** Path and words, for a refusal. */
  readonly head: string
}

const count = (word: string, mark: RegExp): number => mark.exec(word)?.[0].length ?? 0
const bare = (word: string): string => word.replace(/^[[(]+|[\])]+$/g, '')

function usageOf(line: string): UsageLine {
  const [own = '', behind] = line.replace(/ PLACE(?= |$)/, ` ${placeUsage}`).split(' [-- ')
  const words = own.split(' ')
  const found = new Map<string, UsageFlag>()
  const named = words.findIndex((word) => !/^[a-z]/.test(word))
  const path = words.slice(1, named < 0 ? words.length : named)
  const takes: { readonly name: string; readonly isNeeded: boolean; readonly most: number }[] = []
  let depth = 0
  let hasChoice = words.includes('…')
  for (let at = path.length + 1; at < words.length; at++) {
    const [word = '', next = ''] = words.slice(at, at + 2)
    const isList = /^\.\.\.[\])]*$/
    depth += count(word, /^[[(]+/)
    const name = /^--([a-z][\w-]*)/.exec(bare(word))?.[1]
    const hasValue = !/[\])]$/.test(word) && next !== '' && !/^(--|\[|\(|\||…)/.test(next)
    if (name !== undefined) {
      const kind = !hasValue ? 'boolean' : isList.test(words[at + 2] ?? '') ? 'list' : 'string'
      const shape = hasValue ? bare(next) : ''
      const isNeeded = kind === 'string' && depth === 0
      found.set(name, { kind, shape, isNeeded })
      if (hasValue) depth -= count(next, /[\])]+$/)
      if (hasValue) at++
    } else if (/^[A-Z]/.test(bare(word))) {
      const most = isList.test(next) ? Infinity : 1
      takes.push({ name: word, isNeeded: depth === 0, most })
    }
    if (word === '|' && depth === 0) hasChoice = true
    depth -= count(word, /[\])]+$/)
  }
  const flags = [...found].map(
    ([name, flag]) => [name, { ...flag, isNeeded: flag.isNeeded && !hasChoice }] as const,
  )
  return {
    path,
    flags: new Map(flags),
    wordsMin: takes.filter(({ isNeeded }) => isNeeded).length,
    wordsMax: takes.reduce((sum, { most }) => sum + most, 0),
    takesRest: behind !== undefined,
    head: [words[0], ...path, ...takes.map(({ name }) => name)].join(' '),
  }
}

/** The flags of one usage line, in order. */
export const flagsOf = (line: string): ReadonlyMap<string, UsageFlag> => usageOf(line).flags

/** The flags of all lines of an act; one is required when every complete line requires it. */
function allFlags(lines: readonly string[]): Map<string, UsageFlag> {
  const read = lines.map(flagsOf)
  const whole = read.filter((_, at) => lines[at]?.includes(' … ') !== true)
  const all = new Map(read.flatMap((found) => [...found]))
  for (const [name, flag] of all)
    all.set(name, { ...flag, isNeeded: whole.every((way) => way.get(name)?.isNeeded === true) })
  return all
}

/** Allowed values of a placeholder; empty: any text. */
const choicesOf = (shape: string): readonly string[] =>
  /^[a-z].*\|/.test(shape) ? shape.split('|') : []

function valueOf(name: string, { shape, isNeeded }: UsageFlag, text: string | undefined) {
  const given = isNeeded ? needed(text, name) : text
  if (given === undefined) return undefined
  if (numbers.includes(shape)) return whole(given, name, 0)
  const choices = choicesOf(shape)
  const [first] = choices
  return first === undefined ? given : oneOf(given, name, choices, first)
}

type Kinds = Readonly<Record<string, UsageFlag['kind']>>

/** The one JSON document that an act prints at its end, and its exit code. */
interface Printed {
  readonly json: unknown
  readonly exit: number
}
/** How an act ends: with a document to be printed, or with an exit code alone. */
export type Exit = number | Printed

/** Exit code 0 for a good result, 1 for a bad one; or the given code. */
export const printed = (json: unknown, result: boolean | number = true): Printed => ({
  json,
  exit: typeof result === 'number' ? result : result ? 0 : 1,
})

export interface Act {
  /** The words after the name of the command that select it, one path for each usage line. */
  readonly paths: readonly (readonly string[])[]
  readonly kinds: Kinds
  readonly usage: readonly string[]
  /** Its name in --help. */
  readonly words?: BilingualText | null
  /** `args` begin with the words of one of its paths. */
  run(args: readonly string[], io: CliIo): Promise<number>
}

const beginsWith = (words: readonly string[], path: readonly string[]): boolean =>
  path.every((word, at) => words[at] === word)

/** The words after the path of the matching line. */
function takenWords(lines: readonly UsageLine[], words: readonly string[]): readonly string[] {
  const ways = lines.filter(({ path }) => beginsWith(words, path))
  const most = Math.max(0, ...ways.map(({ path }) => path.length))
  const own = words.slice(most)
  const near = ways.filter(({ path }) => path.length === most)
  if (near.some(({ wordsMin, wordsMax }) => wordsMin <= own.length && own.length <= wordsMax))
    return own
  throw wrongFlag(
    near[0]?.head.split(' ', 1)[0] ?? '',
    [...new Set(near.map(({ head }) => head))].join(', '),
    own.slice(Math.max(0, ...near.map(({ wordsMax }) => wordsMax))).join(' '),
  )
}

/** One act of a command: `lines` are all ways to call it. */
export function act<const L extends readonly string[]>(
  lines: L,
  run: (values: Given<L>, io: CliIo) => Exit | Promise<Exit>,
): Act {
  const ways = lines.map(usageOf)
  const all = allFlags(lines)
  const kinds = Object.fromEntries([...all].map(([name, { kind }]) => [name, kind]))
  const takesRest = ways.some((way) => way.takesRest)
  return {
    paths: ways.map(({ path }) => path),
    kinds,
    usage: lines,
    async run(args, io) {
      const behind = takesRest && args.includes('--') ? args.indexOf('--') : args.length
      const { values, words } = flags(args.slice(0, behind), kinds)
      const own = takenWords(ways, words)
      const read = [...all].map(([name, flag]): [string, unknown] => {
        const text = values[name]
        const isText = text === undefined || typeof text === 'string'
        return [name, isText ? valueOf(name, flag, text) : text]
      })
      const given: unknown = {
        ...Object.fromEntries(read),
        words: own,
        rest: args.slice(behind + 1),
      }
      const end = await run(given as Given<L>, io)
      if (typeof end === 'number') return end
      io.stdout(jsonText(end.json, io.json))
      return end.exit
    },
  }
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

/** An act for one row of the control API, with a running or stopped lot: prints the answer unchanged. */
function rowAct(row: RowUsage): Act {
  const name = row.call as ApiName
  const lines: readonly string[] = [row.line]
  const asked = act(lines, async (values, io) => {
    const { data, ...given } = values as WhoFlags & { data?: string }
    const who = row.isAct ? whoOf(given) : null
    const args: unknown = { ...rowArgs(row, values), ...who }
    const answer: object = await lotReader(folderOf(data), io).call(name, args as ArgsOf<ApiName>)
    const { commandId } = who ?? {}
    return printed(who === null ? answer : { ...answer, commandId }, exitOf(name, answer))
  })
  return { ...asked, words: row.words }
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`

/** The act with the longest path that matches these words; ARG-01 names the words allowed at the first mismatch. */
function actFor(name: string, acts: readonly Act[], words: readonly string[]): Act {
  const ways = acts.flatMap((one) => one.paths.map((path) => ({ one, path })))
  const fits = ways.filter(({ path }) => beginsWith(words, path))
  const [found] = fits.toSorted((a, b) => b.path.length - a.path.length)
  if (found !== undefined) return found.one
  const shared = ways.map(({ path }) => path.findIndex((word, at) => words[at] !== word))
  const depth = Math.max(0, ...shared)
  const may = ways.flatMap(({ path }, at) =>
    shared[at] === depth ? path.slice(depth, depth + 1) : [],
  )
  const said = [name, ...words.slice(0, depth)].join(' ')
  throw new LaneFault('ARG-01', {
    field: name,
    value: words[depth] ?? '',
    note: `${said} ${listed([...new Set(may)])}`,
  })
}

/** A command made of its acts, selected by their words: those written by hand, and those of rows that name it. */
export function commandOf(name: string, byHand: readonly Act[] = []): Command {
  const ofRows = rowCommands.filter(({ line }) => line.startsWith(`${name} `)).map(rowAct)
  const acts = [...ofRows, ...byHand]
  return {
    usage: acts.flatMap(({ usage }) => usage),
    words: new Map(acts.flatMap(({ usage, words }) => usage.map((line) => [line, words ?? null]))),
    async run(args, io) {
      const near = acts.filter(({ paths }) => paths.some(([verb]) => verb === args[0]))
      const kinds = (near.length > 0 ? near : acts).map((one) => one.kinds)
      const known = Object.fromEntries(kinds.flatMap((one) => Object.entries(one)))
      return actFor(name, acts, wordsIn(args, known)).run(args, io)
    },
  }
}
