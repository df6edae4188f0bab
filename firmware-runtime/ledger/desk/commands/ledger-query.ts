// `etc-lane ledger query`: rows of a ledger by the filters of the records page, as JSON or as a table file. Without
// --today and --newest it returns the whole ledger, oldest first, as older versions did.
import { t } from '#base/pure/words/fault-text.ts'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import { resolve } from 'node:path'
import type { ArgsOf } from '#runtime/api/table.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { openLedgerReader } from '../../sqlite/ledger-reader.ts'
import { ledgerSheet } from '../../sqlite/sheet.ts'
import { filterOf } from '../handlers/ledger-filter.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { QueryKind } from '../../ports/ledger-reader.ts'
import type { SheetColumn, SheetPlan } from '#base/ports/ledger-sheet.ts'
import { act, printed, type Exit } from '#base/desk/commands/acts.ts'
import { clientOf, folderOf, type RuntimeClient } from '#base/desk/commands/client.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { wrongFlag } from '#base/commands/command.ts'

type Asked = ArgsOf<'ledger.query'>

/** Columns of a table for each kind, by their JSON names. */
const members: Readonly<Record<QueryKind, readonly string[]>> = {
  stay: ['stayId', 'enteredAtIso', 'leftAtIso', 'plate', 'colour', 'laneId', 'amountFen', 'end'],
  deduction: [
    ...['deductionId', 'stayId', 'orderId', 'laneId', 'plate', 'obuId', 'cardNo', 'amountFen'],
    ...['means', 'state', 'intentAtIso', 'outcomeAtIso', 'outTradeNo', 'upload'],
  ],
  payment: [
    ...['paymentId', 'atIso', 'stayId', 'laneId', 'plate', 'amountFen', 'means', 'givenFen'],
    ...['changeFen', 'by', 'reason'],
  ],
  refund: [
    ...['refundId', 'askedAtIso', 'stayId', 'laneId', 'plate', 'amountFen', 'state', 'operator'],
    ...['reason', 'outTradeNo', 'means', 'backMeans', 'stateAtIso'],
  ],
  event: ['seq', 'atIso', 'laneId', 'stayId', 'plate', 'type', 'detail'],
}
const pageRows = 1_000

/** A table shows yuan, as its heading says. */
function columnOf(member: string): SheetColumn {
  if (member.endsWith('Fen'))
    return { member, head: `${member.slice(0, -'Fen'.length)}Yuan`, shape: 'money' }
  const shape = member.endsWith('Iso') ? 'time' : member === 'detail' ? 'facts' : 'text'
  return { member, head: member, shape }
}

const dayMs = 86_400_000

/** The lot's current day, by the clock of its runtime when one runs. */
async function today(client: RuntimeClient | null): Promise<{ from: string; to: string }> {
  const now =
    client === null
      ? isoOf(systemWallClock().nowMs())
      : (await client.call('status.get', {})).clock.businessIso
  const day = (atMs: number): string => `${isoOf(atMs as InstantMs).slice(0, 10)}T00:00:00+08:00`
  const atMs = Date.parse(now)
  return { from: day(atMs), to: day(atMs + dayMs) }
}

function amountOf(fen: number | undefined): number | undefined {
  if (fen === undefined || fen >= 0) return fen
  throw wrongFlag('--amount-fen', t('不能小于 0', 'not below 0'), `${fen}`)
}

async function tableTo(
  file: string,
  plan: SheetPlan,
  place: { readonly dir: string; readonly client: RuntimeClient | null; readonly asked: Asked },
): Promise<Exit> {
  const { dir, client, asked } = place
  const { limit: _limit, after: _after, ...filter } = asked
  const made = async () => {
    if (client !== null) {
      const { columns, ...head } = plan
      const sheet = await client.call('ledger.sheet', {
        ...filter,
        ...head,
        columns: columns.map((column) => ({ ...column })),
      })
      const { base64, rows, cut } = sheet
      return { bytes: Buffer.from(base64, 'base64'), rows, cut }
    }
    using reader = openLedgerReader(readerOptions(dir))
    const page = { ...filterOf(filter), limit: pageRows }
    return await ledgerSheet(plan, (next) =>
      reader.query(asked.kind, next === undefined ? page : { ...page, after: next }),
    )
  }
  mustBeNew(file)
  const { bytes, rows, cut } = await made()
  exportFile(file, bytes)
  return printed({ ok: true, file, rows, cut })
}

export const query = act(
  [
    'ledger query --data DIR --kind stay|deduction|payment|refund|event [--from ISO --to ISO | --today] [--plate P | --plate-part P] [--by NAME --amount-fen N --means etc|qr|cash|transfer|free|waived --stay ID --lane L --newest --after N --limit N] [--format csv|xlsx --file F]',
  ],
  async (values) => {
    const dir = folderOf(values.data)
    const client = clientOf(dir)
    if (values.today && (values.from ?? values.to) !== undefined)
      throw wrongFlag('--today', t('与 --from 和 --to 只用其一', 'instead of --from and --to'))
    if ((values.format === undefined) !== (values.file === undefined))
      throw wrongFlag('--file', t('--format 和 --file 要一起写', '--format and --file go together'))
    const span = values.today ? await today(client) : { from: values.from, to: values.to }
    const { plate, stay, lane, by, means } = values
    const part = values['plate-part']
    const amountFen = amountOf(values['amount-fen'])
    const asked: Asked = {
      kind: values.kind,
      ...span,
      plate,
      stay,
      lane,
      by,
      means,
      amountFen,
      platePart: part,
      ...(values.newest ? { order: 'newest' as const } : {}),
      ...(values.after === undefined ? {} : { after: values.after }),
      ...(values.limit === undefined ? {} : { limit: values.limit }),
    }
    if (values.file !== undefined) {
      const { format = 'csv' } = values
      const plan = { format, name: asked.kind, columns: members[asked.kind].map(columnOf) }
      return tableTo(resolve(values.file), plan, { dir, client, asked })
    }
    if (client !== null) {
      return printed(await client.call('ledger.query', asked))
    }
    const filter = filterOf(asked)
    using reader = openLedgerReader(readerOptions(dir))
    const { rows, next } = reader.query(asked.kind, filter)
    return printed({ rows, next })
  },
)
