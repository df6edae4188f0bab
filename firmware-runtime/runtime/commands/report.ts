// `etc-lane report`: takings by day, shift, month, tariff and means, and unusual events, as JSON or as a file. Through
// the runtime when one runs; else from the ledger of the folder.
import { t } from '#base/pure/words/fault-text.ts'
import { basename, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { ReportFormat, ReportSheet } from '#money/calls/report-views.ts'
import { makeReport, type ReportRequest } from '#money/desk/report/make-report.ts'
import { reportFile } from '#money/desk/report/report-file.ts'
import { reportSheet } from '#money/desk/report/report-sheet.ts'
import type { ReportKind } from '#base/pure/values/report-kinds.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { isSimulated } from '#lane/folder/replay-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { restingReports } from '../host/host-reports.ts'
import { documentPdf } from '#base/desk/document/document-pdf.ts'
import { act, commandOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { clientOf, folderOf, type RuntimeClient } from '#base/desk/commands/client.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { wrongFlag } from '#base/commands/command.ts'

interface MadeReport {
  readonly sheet: ReportSheet
  bytes(format: ReportFormat): Promise<Uint8Array>
}

type Request = ReportRequest & { readonly language: 'zh' | 'en' }

const lookAgainMs = 200

async function byRuntime(client: RuntimeClient, request: Request): Promise<MadeReport> {
  const begun = await client.call('report.start', request)
  const { reportId } = begun
  let run = begun
  while (run.state === 'running') {
    await delay(lookAgainMs)
    run = await client.call('report.state', { reportId })
  }
  const { sheet } = run
  if (sheet === null) throw new LaneFault('RUN-05', { note: run.error?.message ?? run.state })
  return {
    sheet,
    async bytes(format) {
      const { base64 } = await client.call('report.file', { reportId, format })
      return Buffer.from(base64, 'base64')
    },
  }
}

async function byLedger(dir: string, { language, ...request }: Request): Promise<MadeReport> {
  const name = { zh: basename(dir), en: basename(dir) }
  const config = isSimulated(dir) ? { name, lanes: [] } : loadLot(dir).config
  const source = restingReports(readerOptions(dir), config)
  try {
    const report = await makeReport(source, request, { goesOn: () => true })
    if (report === null) throw new LaneFault('RUN-05', { note: 'stopped' })
    const sheet = reportSheet(report, source.lot, language)
    return { sheet, bytes: (format) => reportFile(sheet, format, documentPdf) }
  } finally {
    source.close()
  }
}

interface Asked {
  readonly data: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly language?: 'zh' | 'en' | undefined
  readonly format?: ReportFormat | undefined
  readonly out?: string | undefined
}

async function run(kind: ReportKind, values: Asked): Promise<Exit> {
  const { data, language = 'zh', format, out } = values
  const dir = folderOf(data)
  if ((format === undefined) !== (out === undefined))
    throw wrongFlag('--out', t('--format 和 --out 要一起写', '--format and --out go together'))
  if (out !== undefined) mustBeNew(out)
  const today = isoOf(systemWallClock().nowMs()).slice(0, 10)
  const { from = today, to = from } = values
  const client = clientOf(dir)
  const request = { kind, from, to, language }
  const made = client === null ? await byLedger(dir, request) : await byRuntime(client, request)
  if (format === undefined || out === undefined) {
    return printed(made.sheet)
  }
  const file = resolve(out)
  exportFile(file, await made.bytes(format))
  const { isOpen, notices, head } = made.sheet
  return printed({ ok: true, file, isOpen, notices, head })
}

const flags =
  '--data DIR [--from DAY] [--to DAY] [--language zh|en] [--format csv|xlsx|pdf --out FILE]'

export const reportCommand = commandOf('report', [
  act([`report day ${flags}`], (values) => run('day', values)),
  act([`report shift ${flags}`], (values) => run('shift', values)),
  act([`report month ${flags}`], (values) => run('month', values)),
  act([`report tariff ${flags}`], (values) => run('tariff', values)),
  act([`report means ${flags}`], (values) => run('means', values)),
  act([`report exceptions ${flags}`], (values) => run('exceptions', values)),
])
