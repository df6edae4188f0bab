// `etc-lane tariff check|price|plot|replay|days|schema`: checks a tariff file and prices stays with it. Output by
// contract.md sections 3 and 8; faults are thrown as LaneFault and printed by the caller.
import { t } from '#base/pure/words/fault-text.ts'
import { exportFile } from '#base/files/exported-file.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { withDays } from '#lane/lot/files/day-list.ts'
import { jsonBytesMax } from '#base/process/strict-json.ts'
import { readTariff, tariffJsonSchema, type CheckedTariff } from '#lane/lot/files/tariff-file.ts'
import { price } from '../../pure/billing/price.ts'
import { curveOf } from '../../pure/billing/tariff-curve.ts'
import { replayTariff } from '../../pure/lot/tariff-replay.ts'
import { WhoPaysMore } from '../../pure/lot/who-pays-more.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { curveCsv, curveSvg, whoPaysCsv, whoPaysSvg } from '#base/pure/data/tariff-plot.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf } from '#base/desk/commands/client.ts'
import { type CliIo, wrongFlag } from '#base/commands/command.ts'
import { csvTextOf } from '#base/desk/commands/csv-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'

interface TariffAnswer {
  /** The document printed with --json. */
  readonly json: unknown
  /** Text for a person, without --json. */
  readonly text: string
}

const printAnswer = ({ json, text }: TariffAnswer, io: CliIo): number => {
  io.stdout(io.json ? `${JSON.stringify(json)}\n` : text)
  return 0
}

const check = act(['tariff check --file F'], async ({ file }, io) => {
  const { tariff, warnings } = await loaded(file)
  const lines = warnings.map((w) => `${w.field} ${w.value}: ${w.text.zh} / ${w.text.en}\n`)
  const json = { ok: true, id: tariff.id, name: tariff.name, warnings }
  return printAnswer({ json, text: `${tariff.id} ${tariff.name.zh}: ok\n${lines.join('')}` }, io)
})

const pricing = act(
  [
    'tariff price --file F --from ISO --to ISO [--class N] [--colour blue|yellow|black|white|green|yellowGreen|blueWhite|unknown] [--area AREA]',
  ],
  async ({ file, from, to, class: carClass, colour = 'unknown', area = null }, io) => {
    const { tariff } = await loaded(file)
    const fromMs = timeOf(from, '--from')
    const toMs = timeOf(to, '--to')
    const vehicle = { vehicleClass: classOf(carClass), colour, area }
    const { amountFen, lines } = price(tariff, fromMs, toMs, vehicle)
    const shown = lines.map((l) => ({
      fromIso: isoOf(l.fromMs),
      toIso: isoOf(l.toMs),
      rule: l.rule,
      amountFen: l.amountFen,
      text: l.text.zh,
      textEn: l.text.en,
    }))
    const rows = shown.map((l) => `${l.fromIso}  ${l.toIso}  ${fenText(l.amountFen)}  ${l.text}\n`)
    const text = `${rows.join('')}${fenText(amountFen)}\n`
    return printAnswer({ json: { amountFen, lines: shown }, text }, io)
  },
)

const stayMinMax = 44_640

const plot = act(
  [
    'tariff plot --file F --from ISO --out FILE [--before OLD] [--minutes N] [--class N] [--colour blue|yellow|black|white|green|yellowGreen|blueWhite|unknown] [--area AREA]',
  ],
  async ({ file, before, from, out, minutes = 1440, ...car }) => {
    const { colour = 'unknown', area = null } = car
    if (minutes < 1 || minutes > stayMinMax)
      throw new LaneFault('ARG-01', { field: '--minutes', value: String(minutes) })
    const vehicle = { vehicleClass: classOf(car.class), colour, area }
    const range = { fromMs: timeOf(from, '--from'), minutes, vehicle }
    const now = curveOf((await loaded(file)).tariff, range)
    const was = before === undefined ? null : curveOf((await loaded(before)).tariff, range)
    writePlot(out, () => ({ csv: curveCsv(now, was), svg: curveSvg(now, was) }))
    return printed({ ok: true, file: out, ...now })
  },
)

/** The file extension decides the format. */
function writePlot(file: string, made: () => { readonly csv: string; readonly svg: string }): void {
  const kind = /\.(csv|svg)$/.exec(file)?.[1]
  if (kind !== 'csv' && kind !== 'svg')
    throw wrongFlag('--out', t('.csv 或 .svg', '.csv or .svg'), file)
  exportFile(file, made()[kind])
}

const replay = act(
  ['tariff replay --data DIR --file NEW [--from ISO] [--to ISO] [--out FILE]'],
  async ({ data, file, from, to, out }) => {
    const { tariff } = await loaded(file)
    const window = {
      fromMs: from === undefined ? -Infinity : timeOf(from, '--from'),
      toMs: to === undefined ? Infinity : timeOf(to, '--to'),
    }
    using reader = openLedgerReader(readerOptions(folderOf(data)))
    const whoPays = new WhoPaysMore()
    const sums = replayTariff(reader.rows(), tariff, window, (stay) => whoPays.add(stay))
    const { groups } = whoPays.answer
    if (out !== undefined)
      writePlot(out, () => ({ csv: whoPaysCsv(groups), svg: whoPaysSvg(groups) }))
    return printed(sums)
  },
)

const days = act(
  ['tariff days --file F --days CALENDAR --to NEW'],
  async ({ file, days: calendar, to }) => {
    const before = (await loaded(file)).tariff
    const { tariff, added, removed } = withDays(before, await csvTextOf(calendar), calendar)
    exportFile(to, `${JSON.stringify(tariff, null, 2)}\n`)
    return printed({ ok: true, file: to, added, removed })
  },
)

const schema = act(['tariff schema'], (_values, io) => {
  const json = tariffJsonSchema()
  return printAnswer({ json, text: `${JSON.stringify(json, null, 2)}\n` }, io)
})

export const tariffCommand = commandOf('tariff', [check, pricing, plot, replay, days, schema])

async function loaded(file: string): Promise<CheckedTariff> {
  let bytes: Uint8Array
  try {
    bytes = readUpTo(file, jsonBytesMax)
  } catch (cause) {
    if (cause instanceof LaneFault) throw cause
    const note = cause instanceof Error ? cause.message : String(cause)
    throw new LaneFault('FILE-01', { file, note })
  }
  return readTariff(bytes, file)
}

function timeOf(text: string, field: string): InstantMs {
  const atMs = parseIso(text)
  if (atMs === null)
    throw wrongFlag(
      field,
      t(
        '要写时间,例如 2026-11-20T08:00:00+08:00',
        'a time such as 2026-11-20T08:00:00+08:00 is due',
      ),
      text,
    )
  return atMs
}

function classOf(carClass: number | undefined): number | null {
  if (carClass !== undefined && (carClass < 1 || carClass > 99))
    throw wrongFlag(
      '--class',
      t('要写 1 到 99 的整数', 'a whole number from 1 to 99 is due'),
      `${carClass}`,
    )
  return carClass ?? null
}
