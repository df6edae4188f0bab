// `etc-lane survey link`: rows 7 to 12 of table D.1 over this machine's link, by hand or from a script. Prints the
// bodies of survey records, their figures, and the verdict of each row.
import { t } from '#base/pure/words/fault-text.ts'
import { X509Certificate } from 'node:crypto'
import { textOfCertificates } from '#base/crypto/pem.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { addressText, runLinkTests } from '../../runs/link-tests.ts'
import type { LinkTestOptions, LinkTests } from '../../runs/link-tests.ts'
import { surveyItems } from '../../pure/items/index.ts'
import { probeEveryMsMin } from '../../pure/figures/link-figures.ts'
import { linkSummary, rateKbps } from '../../pure/figures/link-summary.ts'
import { projectOf } from '../../pure/file/project.ts'
import { rulesOf } from '../../pure/survey-rules.ts'
import type { ItemId, SurveyBody } from '../../pure/file/record.ts'
import { linkPlan, rerunBody, startedBody, type RunPlan } from '../../pure/reruns.ts'
import { isProbing } from '../../runs/measure-jobs.ts'
import type { SurveyLedger } from '../../runs/survey-ledger.ts'
import { faultJson, LaneFault, whyIn } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { needed, within, wrongFlag } from '#base/commands/command.ts'
import type { Given } from '#base/commands/usage-types.ts'
import { readSurvey } from '../../files/open-survey.ts'
import { withSurvey } from './record-into.ts'
import { rateMibMax, linkAddress, peerAddress, rateOf, linkPorts } from '../worker/link-ports.ts'

const linkItems: readonly ItemId[] = ['D7', 'D8', 'D9', 'D10', 'D11', 'D12']

const authorityBytesMax = 262_144

/** Certificate authorities for https hosts; a file without certificates is refused, not ignored. */
function authorityOf(file: string): string {
  try {
    const pem = textOfCertificates(readUpTo(file, authorityBytesMax))
    void new X509Certificate(pem)
    return pem
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('ARG-01', { field: '--ca', value: file, note })
  }
}

interface Asked extends LinkTestOptions {
  /** The survey file that receives the bodies, and the author. */
  readonly into: {
    readonly file: string
    readonly by: string
    readonly reason: string | undefined
  } | null
}

const usage = [
  'survey link (--peer HOST:PORT | --to HOST|HOST:PORT|URL) [--interface NAME] [--method auto|icmp|tcp|https] [--ca FILE] [--strict-certificate] [--count N] [--every-ms N] [--seconds N] [--streams N] [--mib-max N] [--clocks-within MS] [--survey FILE --by NAME [--reason TEXT]]',
] as const

function optionsOf(values: Given<typeof usage>): Asked {
  const peer = values.peer === undefined ? null : peerAddress(values.peer, '--peer')
  const target = values.to === undefined ? null : linkAddress(values.to, '--to')
  if (peer === null && target === null)
    throw wrongFlag(
      '',
      t('--peer HOST:PORT、--to HOST[:PORT],或两者', '--peer HOST:PORT, --to HOST[:PORT], or both'),
    )
  const seconds = within(values.seconds, 'seconds', { fallback: 10, min: 0, max: 60 })
  const clocks = values['clocks-within']
  const counted = values.count
  const usualEveryMs = counted === undefined ? probeEveryMsMin : 200
  const file = values.survey
  return {
    into: file === undefined ? null : { file, by: needed(values.by, 'by'), reason: values.reason },
    ...(file === undefined ? {} : { rules: rulesOf(projectOf(readSurvey(file).records).opened) }),
    target,
    peer,
    interfaceName: values.interface ?? null,
    method: values.method ?? 'auto',
    https: {
      ca: values.ca === undefined ? null : authorityOf(values.ca),
      strict: values['strict-certificate'],
    },
    count:
      counted === undefined
        ? null
        : within(counted, 'count', { fallback: 100, min: 1, max: 10_000 }),
    everyMs: within(values['every-ms'], 'every-ms', {
      fallback: usualEveryMs,
      min: 10,
      max: 60_000,
    }),
    timeoutMs: 2_000,
    clocksWithinMs:
      clocks === undefined
        ? null
        : within(clocks, 'clocks-within', { fallback: 0, min: 0, max: 1_000 }),
    rate: rateOf(
      seconds,
      within(values.streams, 'streams', { fallback: 4, min: 1, max: 16 }),
      within(values['mib-max'], 'mib-max', { fallback: rateMibMax, min: 1, max: 16_384 }),
    ),
  }
}

/** Findings of rows 7 to 12 as if these bodies were the whole survey, by the rule pack and instruments of the target file. */
function findingsOf({ bodies }: LinkTests, atMs: number, into: Asked['into']) {
  const basis =
    into === null
      ? []
      : readSurvey(into.file).records.filter(
          ({ body }) => body.kind === 'opened' || body.kind === 'instrument',
        )
  const survey = projectOf([
    ...basis,
    ...bodies.map((body, seq) => ({ id: `${seq}`, seq, atMs, by: 'link', body })),
  ])
  return surveyItems
    .filter(({ id }) => linkItems.includes(id))
    .map((item) => ({ item: item.id, ...item.judge(survey) }))
}

/** Records all bodies of a run or none, each durable before it is reported. */
function recorded(tests: LinkTests, into: Asked['into']): readonly string[] {
  if (into === null || tests.bodies.length === 0) return []
  return withSurvey(into.file, ({ ledger }) =>
    ledger.addAll(tests.bodies, into.by, { how: 'live' }).map(({ id }) => id),
  )
}

const planOf = ({ peer, rate }: Asked): RunPlan => linkPlan(peer !== null, rate !== null)

/**
 * Before the run: records why rows are measured again, and that the first probe is sent, so that a killed run is
 * visible.
 */
function noteRun(into: Asked['into'], body: (ledger: SurveyLedger) => SurveyBody | null): void {
  if (into === null) return
  withSurvey(into.file, ({ ledger }) => {
    const noted = body(ledger)
    if (noted !== null) ledger.keep(noted, into.by)
  })
}

export const surveyLink = act(usage, async (values, io) => {
  const options = optionsOf(values)
  // A file that accepts nothing, and a row measured before, are detected before time is spent.
  const { into } = options
  const plan = planOf(options)
  noteRun(into, ({ records: before }) => rerunBody(before, plan, into?.reason))
  let isBegun = false
  const stop = new AbortController()
  io.onStop(() => stop.abort())
  const tests = await runLinkTests(options, {
    ...linkPorts(stop.signal),
    step(step) {
      if (!isBegun && isProbing(step)) noteRun(into, () => startedBody(plan))
      isBegun ||= isProbing(step)
      if (!io.json) io.stderr(`${step} ...\n`)
    },
  })
  const records = recorded(tests, options.into)
  const findings = findingsOf(tests, Date.now(), options.into)
  const figures = tests.bodies.map((body) =>
    body.kind === 'link'
      ? { way: body.way, method: body.method, ...linkSummary(body) }
      : { way: body.way, kbps: rateKbps(body), bytes: body.bytes },
  )
  const faults = tests.faults.map((fault) => faultJson(fault).error)
  const ok = faults.length === 0 && findings.every(({ verdict }) => verdict !== 'fail')
  const to = options.target ?? options.peer
  const { bodies, offsetMs, icmpComplaint } = tests
  const target = to === null ? '' : addressText(to)
  const all = {
    ok,
    target,
    bodies,
    figures,
    findings,
    offsetMs,
    icmpComplaint: whyIn(icmpComplaint),
    faults,
    records,
  }
  return printed(all, ok)
})
