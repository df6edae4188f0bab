// The command of a row of the call table, as a line of usage: its flags are the keys of the arguments, by their types.
// `stayId` is `--stay ID` and `amountFen` is `--amount FEN`: the unit of a key is its place holder.
import { z } from 'zod'
import type { CallRow } from '../api/rows.ts'
import type { RowUsage } from './row-usage.ts'

/** Of JSON Schema, what a flag can say. */
interface Member {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Member[]
}
interface Members {
  readonly properties?: Readonly<Record<string, Member>>
  readonly required?: readonly string[]
}

const whoFlags = '--by NAME --reason TEXT [--command-id ID]'
const whoKeys: readonly string[] = ['by', 'reason', 'commandId']
const unit = /(?<=[a-z])(?:Id|Fen|Iso|No)$/
/** Of texts; any other is called as its flag is. */
const holders: Readonly<Record<string, string>> = {
  approvedBy: 'NAME',
  day: 'YYYY-MM-DD',
  evidence: 'TEXT',
  from: 'DAY',
  laneId: 'L',
  merchant: 'NAME',
  owner: 'NAME',
  plate: 'P',
  printer: 'ID',
  until: 'DAY',
}

const kebab = (key: string): string => key.replaceAll(/[A-Z]/g, (one) => `-${one.toLowerCase()}`)

function shapeOf(key: string, { type, enum: words }: Member): string | null {
  const known = unit.exec(key)?.[0].toUpperCase()
  if (words !== undefined) return words.join('|')
  if (type === 'boolean') return ''
  if (type === 'integer') return known ?? 'N'
  return type === 'string' ? (holders[key] ?? known ?? kebab(key).toUpperCase()) : null
}

/** Throws for a key that no flag can say: such a command is written by hand. */
export function rowUsage(call: string, command: string, row: CallRow): RowUsage {
  const schema = z.toJSONSchema(row.args, { unrepresentable: 'any' }) as Members
  const { properties = {}, required = [] } = schema
  const isAct = Object.hasOwn(properties, 'commandId')
  const usual: Record<string, unknown> = { ...row.usual }
  const keys: Record<string, string> = {}
  const flags = Object.entries(properties).flatMap(([key, { anyOf, ...plain }]) => {
    if (isAct && whoKeys.includes(key)) return []
    const member = anyOf?.find(({ type }) => type !== 'null') ?? plain
    if (anyOf !== undefined) usual[key] ??= null
    const said = row.flags[key]?.split(' ') ?? [kebab(key.replace(unit, ''))]
    const [name = '', shape = shapeOf(key, member)] = said
    if (shape === null) throw new Error(`${call}: no flag says ${key}`)
    keys[name] = key
    const flag = `--${name} ${shape}`.trim()
    return [required.includes(key) && !Object.hasOwn(usual, key) ? flag : `[${flag}]`]
  })
  const line = [command, '--data DIR', ...flags, ...(isAct ? [whoFlags] : [])].join(' ')
  return { call, line, words: row.words, isAct, keys, usual }
}
