// `survey report FILE --out FILE [--format html|pdf|docx|xlsx]` and `survey template --out FILE`.
// It contains what the records say; a damaged survey is refused, because a report must not have gaps.
import { existsSync } from 'node:fs'
import { exportFile } from '#base/files/exported-file.ts'
import type { ReportLanguage } from '../../report/report-model.ts'
import { builtInTemplate } from '../../report/report-template.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { reportBytes, type ReportFormat } from '../worker/report-bytes.ts'

function write(out: string, bytes: Uint8Array): void {
  if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
  exportFile(out, bytes)
}

export async function writeReport(
  file: string,
  out: string,
  { format, language }: { readonly format: ReportFormat; readonly language: ReportLanguage },
): Promise<void> {
  if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
  write(out, await reportBytes(file, format, language))
}

export const reportAct = act(
  ['survey report FILE --out FILE [--format html|pdf|docx|xlsx] [--language zh|en]'],
  async ({ words: [file], out, format = 'html', language = 'zh' }) => {
    await writeReport(file, out, { format, language })
    return printed({ ok: true, file: out, format })
  },
)

/** The built-in template, to be edited and stored beside the surveys. */
export const templateAct = act(['survey template --out FILE'], ({ out }) => {
  write(out, new TextEncoder().encode(builtInTemplate))
  return printed({ ok: true, file: out })
})
