// The demo's rows 1 to 4: a made-up site's answers through the same entries as a person's, each question
// that requires one with a drawn picture. Every remark says that it is a demo.
import { addCover, addNameplate, addPhoto } from '#survey/runs/survey-entries.ts'
import { partsAt } from '#survey/pure/checks.ts'
import { checkPhotos, questions } from '#survey/pure/field/pictures.ts'
import { geometryOf } from '#survey/pure/items/d02-layout.ts'
import { plateFindings } from '#survey/pure/nameplate.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { antennaProfile } from '#devices/desk/profile/antenna-profiles.ts'
import { demoPicture } from './demo-picture.ts'
import { demoMount, type DemoStep, type TrueFigure } from './demo-steps.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'

const remark = '演示数据 demo data'
/** The simulated site: what tape, inclinometer and name plate would say there. */
const { xMm, yMm, zMm: heightMm, downDeg, yawDeg } = demoMount
const site = { heightMm, downDeg, yawDeg } as const
const reason = '演示:天线装于车道上方横臂 demo: antenna on an arm over the lane'
const antenna = 'generic/generic-bcc'
/** Half of the range of C0; represents the EIRP of the simulated antenna. */
const demoStepNow = 16
const noBooth = 'D2 booth'

export const checkStep: DemoStep = async ({ ledger, by, seed, record, stopped }) => {
  record([
    {
      kind: 'setup',
      profile: antenna,
      firmware: null,
      ...site,
      at: { xMm, yMm },
      settings: { powerStep: demoStepNow },
    },
    { kind: 'deviation', item: 'D2', text: reason, area: null },
  ] satisfies SurveyBody[])
  const company = '演示单位 demo'
  const address = '演示地址 demo'
  addCover(ledger, { number: 'DEMO-1', company, address, representative: '演示 demo', by })
  const plate = { model: 'demo', serialNo: null, approvalNo: 'DEMO-1', hardwareVersion: null, by }
  addNameplate(ledger, plate, antennaProfile(null, antenna, '/profile'))
  let photos = 0
  for (const [item, parts] of questions)
    for (const { part, photo } of partsAt(parts, ledger.project)) {
      if (stopped()) break
      const answer = `${item} ${part}` === noBooth ? 'notApplicable' : 'yes'
      record([{ kind: 'check', item, part, answer, remark, where: '', photos: [] }])
      if (!photo) continue
      const from = { field: 'demo', value: part }
      const picture = { bytes: demoPicture(seed + photos), from, digestOf: surveyDigests().ofBytes }
      addPhoto(ledger, { item, part, where: '演示', at: { xMm, yMm }, remark, by }, picture)
      photos++
    }
  const { project } = ledger
  const truth: TrueFigure[] = geometryOf(project).map(({ id, value }) => ({
    what: id,
    true: site[id],
    got: value ?? Number.NaN,
  }))
  const found = project.nameplate === null ? null : plateFindings(project.nameplate)
  // No profile in the library states a type approval: the plate cannot be compared, and the result says so.
  truth.push({ what: 'plate unknown', true: 1, got: found?.approval === 'unknown' ? 1 : 0 })
  truth.push({ what: 'photos', true: photos, got: checkPhotos(project).length })
  return Promise.resolve({ step: 'check', truth })
}
