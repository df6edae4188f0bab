// The demo's clocks at any phase of the simulated chrony, which polls its server every 1024 s: rows 14 and 15 ask for two
// polls within the survey, wherever its readings begin between two of them.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newSurvey, surveyDigests } from '#survey/files/open-survey.ts'
import { gridNamed } from '#survey/pure/field/grid.ts'
import { liveOrigin } from '#survey/pure/file/origin.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { itemViews } from '#survey/pure/file/survey-view.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { program } from './kit/program.ts'

const folder = folderOfFile('etc-demo-phases-')
const pollMs = 1_024_000
/** The steps before the clocks take at least as long as the readings of the modem: 30 in 5.5 minutes. */
const beforeMs = 330_000
const pollAtMs = 1_730_000 * pollMs
const instrument: SurveyBody = {
  kind: 'instrument',
  instrumentId: 'demo',
  model: 'simulated',
  serialNo: null,
  calibratedOn: null,
  calibratedUntil: null,
  correctionDb: 0,
  simulated: true,
}

// The simulators are started from the file of this process.
process.argv[1] = program
const { clockStep } = await import('#harness/survey/demo-more-steps.ts')
const { demoOpened } = await import('#harness/survey/demo-steps.ts')

test.concurrent.each([1, 200, 329, 406, 450, 500, 523, 800, 1_023])(
  'readings that begin %d s after a poll are complete',
  async (phaseSec) => {
    let atMs = pollAtMs + phaseSec * 1_000 - beforeMs
    const nowMs = (): number => (atMs += 1)
    const { ledger, writer } = newSurvey(join(folder, `${phaseSec}.etcsurvey`), { nowMs })
    const grid = gridNamed(undefined)
    ledger.add(demoOpened(grid), 'demo')
    ledger.add(instrument, 'demo')
    atMs += beforeMs
    await clockStep({
      ledger,
      by: 'demo',
      seed: 1,
      grid,
      turnUpDb: 0,
      out: folder,
      stopped: () => false,
      nowMs,
      record(bodies, apartMs = 0, received) {
        for (const body of bodies) {
          ledger.add(body, 'demo', liveOrigin(received, surveyDigests().ofBytes))
          atMs += apartMs
        }
      },
    })
    writer.close()
    const rows = itemViews(ledger.project).filter(({ id }) => id === 'D14' || id === 'D15')
    // A busy machine may add to an offset, which is then marginal.
    expect(rows).toHaveLength(2)
    for (const { verdict } of rows) expect(['pass', 'marginal']).toContain(verdict)
  },
)
