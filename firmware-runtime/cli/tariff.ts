// `etc-lane tariff check|price|schema`: looks at a tariff file and prices one stay with it.
// Output is that of contract.md section 3; a refused file or argument is exit code 2 with its fault.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { readTariff, tariffJsonSchema } from '../app/tariff-file.ts'
import type { CheckedTariff } from '../app/tariff-file.ts'
import { price } from '../core/billing/tariff.ts'
import { LaneFault, faultJson } from '../core/values/faults.ts'
import { fenText } from '../core/values/fen.ts'
import { isoOf, parseIso } from '../core/values/instant.ts'
import type { InstantMs } from '../core/values/instant.ts'

export interface TariffAnswer {
  readonly exitCode: number
  /** The one document printed with --json. */
  readonly json: unknown
  /** What a person reads without --json. */
  readonly text: string
}

export interface CommandOutput {
  stdout(text: string): void
  stderr(text: string): void
  readonly json: boolean
}

const options = {
  file: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  class: { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options']

type Values = Partial<Record<'file' | 'from' | 'to' | 'class', string>>

const acts: Readonly<Record<string, (values: Values) => Promise<TariffAnswer>>> = {
  check: checkAct,
  price: priceAct,
  schema: schemaAct,
}

/** Runs `tariff <args>`; throws LaneFault when it could not run. */
export async function runTariff(args: readonly string[]): Promise<TariffAnswer> {
  const { positionals, values } = parsed(args)
  const [name = '', extra] = positionals
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined
  if (act === undefined) throw argFault('tariff', name, 'check, price or schema is due')
  if (extra !== undefined) throw argFault('tariff', extra, 'one word too many')
  return act(values)
}

export const tariffCommand = {
  name: 'tariff',
  async run(args: readonly string[], io: CommandOutput): Promise<number> {
    try {
      const answer = await runTariff(args)
      io.stdout(io.json ? `${JSON.stringify(answer.json)}\n` : answer.text)
      return answer.exitCode
    } catch (fault) {
      if (!(fault instanceof LaneFault)) throw fault
      const { error } = faultJson(fault)
      if (io.json) io.stdout(`${JSON.stringify({ error })}\n`)
      const place = [error.file, error.field, error.value].filter((part) => part !== '').join(' ')
      io.stderr(`${error.code} ${error.message}\n${place}\n${error.todo}\n`)
      return 2
    }
  },
}

function parsed(args: readonly string[]): { positionals: string[]; values: Values } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw argFault('tariff', args.join(' '), cause.message)
  }
}

async function checkAct(values: Values): Promise<TariffAnswer> {
  const { tariff, warnings } = await loaded(values)
  const lines = warnings.map((w) => `${w.field} ${w.value}: ${w.text.zh} / ${w.text.en}\n`)
  return {
    exitCode: 0,
    json: { ok: true, id: tariff.id, name: tariff.name, warnings },
    text: `${tariff.id} ${tariff.name.zh}: ok\n${lines.join('')}`,
  }
}

async function priceAct(values: Values): Promise<TariffAnswer> {
  const { tariff } = await loaded(values)
  const fromMs = timeOf(values.from, 'from')
  const toMs = timeOf(values.to, 'to')
  const { amountFen, lines } = price(tariff, fromMs, toMs, classOf(values.class))
  const shown = lines.map((l) => ({
    fromIso: isoOf(l.fromMs),
    toIso: isoOf(l.toMs),
    rule: l.rule,
    amountFen: l.amountFen,
    text: l.text.zh,
    textEn: l.text.en,
  }))
  const rows = shown.map((l) => `${l.fromIso}  ${l.toIso}  ${fenText(l.amountFen)}  ${l.text}\n`)
  return {
    exitCode: 0,
    json: { amountFen, lines: shown },
    text: `${rows.join('')}${fenText(amountFen)}\n`,
  }
}

async function schemaAct(): Promise<TariffAnswer> {
  const json = tariffJsonSchema()
  return { exitCode: 0, json, text: `${JSON.stringify(json, null, 2)}\n` }
}

async function loaded(values: Values): Promise<CheckedTariff> {
  const file = values.file
  if (file === undefined) throw argFault('file', '', '--file is due')
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (cause) {
    const note = cause instanceof Error ? cause.message : String(cause)
    throw new LaneFault('FILE-01', { file, note })
  }
  return readTariff(bytes, file)
}

function timeOf(text: string | undefined, option: 'from' | 'to'): InstantMs {
  const atMs = text === undefined ? null : parseIso(text)
  if (atMs === null) {
    throw argFault(option, text ?? '', 'a time such as 2026-11-20T08:00:00+08:00 is due')
  }
  return atMs
}

function classOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d?$/.test(text)) throw argFault('class', text, 'a whole number from 1 to 99 is due')
  return Number(text)
}

const argFault = (field: string, value: string, note: string): LaneFault =>
  new LaneFault('ARG-01', { field: `/${field}`, value, note })
