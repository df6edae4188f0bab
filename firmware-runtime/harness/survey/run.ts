// `survey run --demo --out DIR`: a survey against simulators, from the first record to report and evidence.
// It says that it is a demo everywhere; its key is made for this run and signs nothing else.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { pkcs8Of, spkiOf } from '../../adapters/crypto/accelerator.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { addCover, addNameplate, addPhoto } from '../../app/survey/survey-entries.ts'
import { act } from '../../cli/acts.ts'
import { jsonText } from '../../cli/client.ts'
import { within } from '../../cli/command.ts'
import { type EvidenceKeys, makeEvidence } from '../../cli/survey/evidence-acts.ts'
import { writeReport } from '../../cli/survey/report.ts'
import { orDiskFault } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { dayMs, type InstantMs } from '../../core/values/instant.ts'
import { antennaProfile } from '../../runtime/profile/antenna-profiles.ts'
import { newSurvey, surveyDigests } from '../../runtime/survey/open-survey.ts'
import { makeCertificate, signatureOid } from '../../simulators/platform/certificates.ts'
import { gridNamed, type GridTemplate } from '../../survey/grid.ts'
import { geometryOf } from '../../survey/items/d02-layout.ts'
import { plateFindings } from '../../survey/nameplate.ts'
import { liveOrigin } from '../../survey/origin.ts'
import { checkPhotos, questions } from '../../survey/pictures.ts'
import type { SurveyBody } from '../../survey/record.ts'
import { fieldView, itemViews, wholeVerdict } from '../../survey/survey-view.ts'
import { clockStep, linkStep, signalStep } from './demo-more-steps.ts'
import { neighbourStep } from './demo-neighbour.ts'
import { demoPicture } from './demo-picture.ts'
import type { DemoStep, DemoSurvey, StepResult, TrueFigure } from './demo-steps.ts'
import { demoMount, demoOpened, fieldStep } from './demo-steps.ts'

// The demo's rows 1 to 4: a made-up site's answers through the same entries as a person's, each question
// that requires one with a drawn picture. Every remark says that it is a demo.
const remark = '演示数据 demo data'
/** The simulated site: what tape, inclinometer and name plate would say there. */
const { xMm, yMm, zMm: heightMm, downDeg, yawDeg } = demoMount
const site = { heightMm, downDeg, yawDeg } as const
const reason = '演示:天线装于车道上方横臂 demo: antenna on an arm over the lane'
const antenna = 'generic/generic-bcc'
/** Half of the range of C0; represents the EIRP of the simulated antenna. */
const demoStepNow = 16
const noBooth = 'D2 booth'

const checkStep: DemoStep = async ({ ledger, by, seed, record, stopped }) => {
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
    for (const { part, photo } of parts) {
      if (stopped()) break
      const answer = `${item} ${part}` === noBooth ? 'notApplicable' : 'yes'
      record([{ kind: 'check', item, part, answer, remark, where: '', photos: [] }])
      if (!photo) continue
      const from = { field: 'demo', value: part }
      const picture = { bytes: demoPicture(seed + photos), from, digestOf: surveyDigests().ofBytes }
      addPhoto(ledger, { item, part, where: '演示', at: { xMm: 0, yMm: 0 }, remark, by }, picture)
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

const by = 'demo'
/** Longer than the total duration in demo time. */
const demoLeadMs = 3 * 3_600_000
const demoSteps: readonly DemoStep[] = [
  checkStep,
  fieldStep,
  neighbourStep,
  linkStep,
  signalStep,
  clockStep,
]
const pem = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`

/** A key of TEST for this run alone; production refuses what it signs. */
function demoKeys(out: string): EvidenceKeys {
  const crypto = openGmCrypto()
  const pair = crypto.keyPair()
  const serialHex = '5D01'
  const nowMs = systemWallClock().nowMs()
  const certificate = makeCertificate({
    serialHex,
    subject: 'Survey demo',
    issuer: 'Survey demo',
    use: 'signing',
    spki: spkiOf(pair.publicKey),
    fromMs: nowMs - dayMs,
    toMs: nowMs + 365 * dayMs,
    signatureOid: signatureOid.sm2,
    sign: (tbs) => crypto.signingKey(pair, serialHex).sign(tbs),
  })
  const keys = { key: join(out, 'demo.key.pem'), cert: join(out, 'demo.pem') }
  writeFileSync(keys.key, pem('PRIVATE KEY', pkcs8Of(pair)), { mode: 0o600 })
  writeFileSync(keys.cert, pem('CERTIFICATE', certificate))
  return keys
}

function madeFolder(out: string): void {
  if (existsSync(join(out, 'demo.etcsurvey'))) throw new LaneFault('SURVEY-04', { file: out })
  orDiskFault({ file: out }, () => mkdirSync(out, { recursive: true }))
}

function chosenGrid(named: string | undefined, step: number | undefined): GridTemplate {
  const usual = gridNamed(named)
  const stepMm = step ?? usual.stepMm
  if (stepMm < 50 || stepMm > 5_000)
    throw new LaneFault('ARG-01', { field: '--step-mm', value: `${stepMm}`, note: '50 to 5000' })
  return { ...usual, stepMm }
}

export const runSurvey = act(
  [
    'survey run --demo --out DIR [--seed N] [--grid d5-parking|d5-highway] [--step-mm N] [--turn-up N] [--language zh|en]',
  ],
  async ({ out, seed = 1, language = 'zh', ...values }, io) => {
    if (!values.demo)
      throw new LaneFault('ARG-01', { field: '--demo', note: 'on a site: survey new, then Studio' })
    const grid = chosenGrid(values.grid, values['step-mm'])
    const turnUp = { fallback: 0, min: -30, max: 30 }
    const turnUpDb = within(values['turn-up'], 'turn-up', turnUp)
    madeFolder(out)
    const survey = join(out, 'demo.etcsurvey')
    let stopped = false
    io.onStop(() => {
      stopped = true
    })
    // Behind the machine's time, so that nothing of the demo is later than its signature.
    let shiftMs = -demoLeadMs
    const wall = systemWallClock()
    const nowMs = (): InstantMs => wall.nowMs() + shiftMs
    const { ledger, writer } = newSurvey(survey, { nowMs })
    const steps: StepResult[] = []
    try {
      ledger.add(demoOpened(grid), by)
      const demo: DemoSurvey = {
        ledger,
        by,
        seed,
        grid,
        turnUpDb,
        out,
        stopped: () => stopped,
        nowMs,
        record(bodies, apartMs = 0, receivedBytes) {
          const origin = liveOrigin(receivedBytes, surveyDigests().ofBytes)
          if (apartMs === 0) ledger.addAll(bodies, by, origin)
          else
            for (const body of bodies) {
              ledger.add(body, by, origin)
              shiftMs += apartMs
            }
        },
      }
      for (const step of demoSteps) if (!stopped) steps.push(await step(demo))
    } finally {
      writer.close()
    }
    const at = (end: string): string => join(out, `demo.${end}`)
    const evidence = at('etcevidence')
    makeEvidence(survey, evidence, demoKeys(out))
    const formats = ['html', 'pdf', 'xlsx'] as const
    for (const format of formats) await writeReport(survey, at(format), { format, language })
    const reports = { report: at('html'), pdf: at('pdf'), xlsx: at('xlsx') }
    const files = { survey, evidence, ...reports }
    const items = itemViews(ledger.project)
    const { zone, containment } = fieldView(ledger.project) ?? { zone: null, containment: null }
    const done = { ok: !stopped, demo: true, seed, files, verdict: wholeVerdict(items), items }
    io.stdout(jsonText({ ...done, zone, containment, steps }, io.json))
    return stopped ? 1 : 0
  },
)
