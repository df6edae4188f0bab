// The papers of a data folder as one document (appendices J and K, 9.2): the rules with their verdicts, then each
// paper.
// Made from the files as they are; none is changed.
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { PapersReportView } from '../../calls/papers-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { papersDocument } from '../service/papers-document.ts'
import { compactOf } from '#base/pure/values/instant.ts'
import { acceptanceAtRest } from '../folder/acceptance-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import type { LayOut } from '#base/desk/document/paper-process.ts'
import { surveyLines } from '#survey/desk/worker/survey-lines.ts'
import { papersHere } from './papers-folder.ts'
import { rulesOfFolder } from './rules-of-folder.ts'

export async function papersReport(
  dir: string,
  { format, language }: ArgsOf<'papers.report'>,
  layOut: LayOut,
): Promise<PapersReportView> {
  const { config } = loadLot(dir)
  const acceptance = await acceptanceAtRest(dir, surveyLines(dir)).view()
  const { lines } = rulesOfFolder(dir, acceptance)
  const view = papersHere(dir).view()
  const nowMs = systemWallClock().nowMs()
  const document = papersDocument(view, lines, config, nowMs, language)
  const bytes = await layOut({ kind: format, document })
  return {
    fileName: `papers-${config.lotId}-${compactOf(nowMs).slice(0, 12)}.${format}`,
    base64: Buffer.from(bytes).toString('base64'),
    simulated: view.simulated,
  }
}
