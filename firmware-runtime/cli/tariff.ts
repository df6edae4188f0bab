// `etc-lane tariff check|price|schema`: looks at a tariff file and prices one stay with it.
// Output is that of contract.md section 3; faults leave as LaneFault and are printed by the caller.
import { readUpTo } from '../adapters/files/read-up-to.ts'
import { jsonBytesMax } from '../app/strict-json.ts'
import { readTariff, tariffJsonSchema } from '../app/lot/tariff-file.ts'
import type { CheckedTariff } from '../app/lot/tariff-file.ts'
import { price } from '../core/billing/tariff.ts'
import { LaneFault } from '../core/values/faults.ts'
import { fenText } from '../core/values/fen.ts'
import { isoOf, parseIso } from '../core/values/instant.ts'
import type { InstantMs } from '../core/values/instant.ts'
import { flags, needed } from './command.ts'
import type { Command } from './command.ts'

interface TariffAnswer {
  /** The one document printed with --json. */
  readonly json: unknown
  /** What a person reads without --json. */
  readonly text: string
}

const options = { file: 'string', from: 'string', to: 'string', class: 'string' } as const

type Values = Readonly<Record<keyof typeof options, string | undefined>>

const acts: Readonly<Record<string, (values: Values) => Promise<TariffAnswer>>> = {
  check: checkAct,
  price: priceAct,
  schema: schemaAct,
}

export const tariffCommand: Command = {
  usage: [
    'tariff check --file F',
    'tariff price --file F --from ISO --to ISO [--class N]',
    'tariff schema',
  ],
  async run(args, io) {
    const { values, words } = flags(args, options)
    const [name = '', extra] = words
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined
    if (act === undefined) throw argFault('tariff', name, 'check, price or schema is due')
    if (extra !== undefined) throw argFault('tariff', extra, 'one word too many')
    const answer = await act(values)
    io.stdout(io.json ? `${JSON.stringify(answer.json)}\n` : answer.text)
    return 0
  },
}

async function checkAct(values: Values): Promise<TariffAnswer> {
  const { tariff, warnings } = await loaded(values)
  const lines = warnings.map((w) => `${w.field} ${w.value}: ${w.text.zh} / ${w.text.en}\n`)
  return {
    json: { ok: true, id: tariff.id, name: tariff.name, warnings },
    text: `${tariff.id} ${tariff.name.zh}: ok\n${lines.join('')}`,
  }
}

async function priceAct(values: Values): Promise<TariffAnswer> {
  const { tariff } = await loaded(values)
  const fromMs = timeOf(needed(values.from, 'from'), '--from')
  const toMs = timeOf(needed(values.to, 'to'), '--to')
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
  return { json: { amountFen, lines: shown }, text: `${rows.join('')}${fenText(amountFen)}\n` }
}

async function schemaAct(): Promise<TariffAnswer> {
  const json = tariffJsonSchema()
  return { json, text: `${JSON.stringify(json, null, 2)}\n` }
}

async function loaded(values: Values): Promise<CheckedTariff> {
  const file = needed(values.file, 'file')
  let bytes: Uint8Array
  try {
    bytes = readUpTo(file, jsonBytesMax)
  } catch (cause) {
    const note = cause instanceof Error ? cause.message : String(cause)
    throw new LaneFault('FILE-01', { file, note })
  }
  return readTariff(bytes, file)
}

function timeOf(text: string, field: string): InstantMs {
  const atMs = parseIso(text)
  if (atMs === null) throw argFault(field, text, 'a time such as 2026-11-20T08:00:00+08:00 is due')
  return atMs
}

function classOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d?$/.test(text))
    throw argFault('--class', text, 'a whole number from 1 to 99 is due')
  return Number(text)
}

const argFault = (field: string, value: string, note: string): LaneFault =>
  new LaneFault('ARG-01', { field, value, note })
