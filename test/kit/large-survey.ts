// A survey file with 60 x 60 readings, whose report takes seconds to lay out.
// Written record by record, as a walk does.
import { newSurvey } from '#survey/files/open-survey.ts'
import { gridPoints } from '#survey/pure/field/grid.ts'

const widthMm = 59 * 250
const sizes = { stepMm: 250, heightMm: 1_000, ring: null, widthMm, lengthMm: widthMm }
const grid = { id: 'g', ...sizes }
const place = { antennaId: null, place: 'lane', zMm: 1_000, instrumentId: 'a' } as const

export function writeLargeSurvey(file: string): void {
  const { ledger, writer } = newSurvey(file)
  const who = { title: 't', site: 's', lane: 'exit' }
  ledger.keep({ kind: 'opened', ...who, grid, trigger: null, access: 'wire' }, '甲')
  for (const { xMm, yMm } of gridPoints(grid))
    ledger.keep({ kind: 'field', xMm, yMm, ...place, levelsDbm: [-30 - (xMm % 1_750) / 100] }, '甲')
  writer.close()
}
