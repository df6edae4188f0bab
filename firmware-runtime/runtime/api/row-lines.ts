// Makes the usage line of a call-table row: its flags are the keys of the arguments, by type. `stayId` is `--stay ID`
// and `amountFen` is `--amount FEN`: the unit of a key becomes the placeholder. An object becomes the flags of its
// keys.
import { z } from 'zod'
import type { CallRow } from '#base/calls/rows.ts'
import type { FlagUse, RowUsage } from './row-usage.ts'

/** The part of JSON Schema that flags can express. */
interface Members {
  readonly properties?: Readonly<Record<string, Member>>
  readonly required?: readonly string[]
}
interface Member extends Members {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Member[]
  readonly items?: Member
}

const whoFlags = '--by NAME --reason TEXT [--command-id ID]'
const whoKeys: readonly string[] = ['by', 'reason', 'commandId']
const unit = /(?<=[a-z])(?:Id|Fen|Iso|No|Mm|Microdeg)$/
/** Placeholders of texts; any other text uses the name of its flag. */
const holders: Readonly<Record<string, string>> = {
  approvedBy: 'NAME',
  day: 'YYYY-MM-DD',
  evidence: 'TEXT',
  from: 'DAY',
  laneId: 'L',
  merchant: 'NAME',
  owner: 'NAME',
  paper: 'ID',
  plate: 'P',
  printer: 'ID',
  until: 'DAY',
}
/** Types whose flag is neither a text nor a number. */
const formOf: Readonly<Record<string, FlagUse['as']>> = { array: 'list', object: 'record' }

const kebab = (key: string): string => key.replaceAll(/[A-Z]/g, (one) => `-${one.toLowerCase()}`)

function shapeOf(key: string, { type, enum: words, items }: Member): string | null {
  const known = unit.exec(key)?.[0].toUpperCase()
  if (words !== undefined) return words.join('|')
  if (type === 'boolean') return ''
  if (type === 'integer') return known ?? 'N'
  if (type === 'object') return 'NAME=VALUE ...'
  const isText = (items ?? { type }).type === 'string'
  return isText ? (holders[key] ?? known ?? kebab(key).toUpperCase()) : null
}

/** Throws for a key that no flag can express: such a command is written by hand. */
export function rowUsage(call: string, command: string, row: CallRow): RowUsage {
  const schema = z.toJSONSchema(row.args, { unrepresentable: 'any' }) as Members
  const isAct = Object.hasOwn(schema.properties ?? {}, 'commandId')
  const usual: Record<string, unknown> = { ...row.usual }
  const flags: Record<string, FlagUse> = {}
  const either: RowUsage['either'][number][] = []
  /** `at`: the key of the object, with a dot. */
  const wordsOf = ({ properties = {}, required = [] }: Members, at: string): string =>
    Object.entries(properties)
      .filter(([key]) => at !== '' || !isAct || !whoKeys.includes(key))
      .map(([name, { anyOf, ...plain }]) => {
        const key = `${at}${name}`
        const [own = '', or] = row.flags[key]?.split(/ ?\| ?/) ?? []
        const member = anyOf?.find(({ type }) => type !== 'null') ?? plain
        if (anyOf !== undefined && or === undefined) usual[key] ??= null
        const isNeeded = required.includes(name) && !Object.hasOwn(usual, key)
        let words: string
        if (member.properties === undefined) {
          const [flag = '', shape = shapeOf(name, member)] =
            own === '' ? [kebab(name.replace(unit, ''))] : own.split(' ')
          if (shape === null) throw new Error(`${call}: no flag says ${key}`)
          flags[flag] = { key, as: formOf[member.type ?? ''], isNeeded: isNeeded && at !== '' }
          words = `--${flag} ${shape}`.trim()
        } else words = wordsOf(member, `${key}.`)
        if (or === undefined) return isNeeded ? words : `[${words}]`
        const flag = /(?<=^--)[\w-]+/.exec(words)?.[0] ?? ''
        either.push({ flag, or, key, is: member.type === 'boolean' ? false : null })
        return `(${words} | --${or})`
      })
      .join(' ')
  const words = wordsOf(schema, '')
  const line = [command, '--data DIR', words, isAct ? whoFlags : ''].filter(Boolean).join(' ')
  return { call, line, words: row.words, isAct, flags, either, usual }
}
