// The bench as a table: a file a row, in the order in which they run.
// Rows that start many processes stand last.
import type { BenchRow } from '../kit/measure.ts'
import { backlogRow } from './backlog.ts'
import { codecRow } from './codec.ts'
import { commitRow } from './commit.ts'
import { configRow } from './config.ts'
import { connectRow } from './connect.ts'
import { consoleRow } from './console.ts'
import { moneyRow } from './money.ts'
import { laneRow } from './lane.ts'
import { replayRow } from './replay.ts'
import { reportRow } from './report.ts'
import { serviceRow } from './service.ts'
import { signedRow } from './signed.ts'
import { simRow } from './sim.ts'
import { startRow } from './start.ts'
import { surveyRow } from './survey.ts'
import { tariffRow } from './tariff.ts'
import { windowRow } from './window.ts'

export const benchRows: readonly BenchRow[] = [
  codecRow,
  configRow,
  tariffRow,
  consoleRow,
  connectRow,
  surveyRow,
  reportRow,
  commitRow,
  simRow,
  signedRow,
  moneyRow,
  startRow,
  serviceRow,
  backlogRow,
  windowRow,
  laneRow,
  replayRow,
]
