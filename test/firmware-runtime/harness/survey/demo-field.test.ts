// The demo's antenna on its arm, in the simulator's own field: row 5 passes by measurement, and fails when the antenna's
// power is raised by 6 dB. The program itself walks the same field in test/wire/survey.test.ts.
import { expect, it } from 'vitest'
import { demoMount, demoOpened } from '#harness/survey/demo-steps.ts'
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { zoneFacts } from '#survey/pure/field/zone-verdict.ts'
import { fieldDbm, usualAntenna } from '#simulators/instrument/field-truth.ts'
import { recordsOf } from '../../survey/pure/records.ts'
import { wholeField } from '../../survey/pure/whole-field.ts'

const facts = (seed: number, turnUpDb: number) => {
  const antenna = { ...usualAntenna, ...demoMount, eirpDbm: demoMount.eirpDbm + turnUpDb }
  const field = ({ xMm, yMm }: { readonly xMm: number; readonly yMm: number }): number =>
    fieldDbm(antenna, seed, { xMm, yMm, zMm: parkingGrid.heightMm })
  return zoneFacts(projectOf(recordsOf(wholeField(field, demoOpened(parkingGrid)))))
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])('passes with seed %d and fails 6 dB stronger', (seed) => {
  expect(facts(seed, 0)).toMatchObject({ verdict: 'pass', gaps: [] })
  expect(facts(seed, 6)).toMatchObject({ verdict: 'fail', gaps: [] })
})
