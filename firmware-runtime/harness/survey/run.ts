// `survey run --demo --out DIR`: a survey against simulators, from the first record to report and evidence.
// It says that it is a demo everywhere; its key is made for this run and signs nothing else.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pkcs8Of, spkiOf } from '#base/crypto/accelerator.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { itemViews, fieldView, wholeVerdict } from '#survey/pure/file/survey-view.ts'
import { gridNamed, type GridTemplate } from '#survey/pure/field/grid.ts'
import { liveOrigin } from '#survey/pure/file/origin.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import { makeCertificate, signatureOid } from '#simulators/platform/certificates/certificates.ts'
import { jsonText } from '#base/desk/commands/client.ts'
import { within } from '#base/commands/command.ts'
import { checkStep } from './demo-check-steps.ts'
import { clockStep, linkStep, signalStep } from './demo-more-steps.ts'
import { neighbourStep } from './demo-neighbour.ts'
import {
  demoOpened,
  fieldStep,
  type DemoStep,
  type DemoSurvey,
  type StepResult,
} from './demo-steps.ts'
import { makeEvidence, type EvidenceKeys } from '#survey/desk/commands/evidence-acts.ts'
import { newSurvey, surveyDigests } from '#survey/files/open-survey.ts'
import { writeReport } from '#survey/desk/commands/report.ts'
import { act } from '#base/desk/commands/acts.ts'

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
