// The acceptance service with its ports in memory, which count their calls.
import { baseRules } from '#base/pure/rules/packs.ts'
import type { TestObu } from '#ledger/pure/facts.ts'
import type { Declaration } from '#acceptance/pure/declaration.ts'
import { found } from '#acceptance/pure/item.ts'
import {
  AcceptanceService,
  type AcceptancePorts,
} from '#acceptance/desk/service/acceptance-service.ts'
import {
  noSession,
  type AcceptanceSession,
  type Override,
} from '#acceptance/desk/service/session.ts'
import { keptSessions, noteRow, type RunNote } from '#acceptance/desk/service/run-notes.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'

export const survey = (verdict: SurveyLine['verdict'], day: string): SurveyLine => ({
  name: day,
  title: 'T',
  site: 'S',
  lane: 'L',
  createdAtIso: `2026-03-0${day}T00:00:00+08:00`,
  records: 1,
  verdict,
  simulated: false,
  whole: true,
  failing: [],
  open: [],
})
/** A lane as the surveys name it; `rsu` is null for one without an antenna. */
export const lane = (id: string, name: string, rsu: string | null) =>
  ({ id, name: t(name, id), rsu }) as LotConfig['lanes'][number]
export const lot = {
  mode: 'production',
  lanes: [lane('exit', 'L', 'tcp://h:1'), lane('entry', 'E', null)],
} as const
export const pack = { packId: 'guangxi', standard: 'S', digest: 'D' }
export const made = { program: '1.2.3', lotId: 'GX00099', pack }
export const inputs = { lotFile: '', chargeMode: 'card', lanes: [], platform: null, testObus: [] }
export const declaration: Declaration = { features: ['card', 'exit', 'exitAntenna'] }
const noJoint = { runId: 'T1', startedAtMs: 1, lines: [], reportId: null, former: [] }
const askedAt = {
  lotId: 'GX00099',
  lotName: '',
  url: '',
  appId: 'SB1',
  reportId: null,
  startIso: null,
  endIso: null,
  interfaces: [],
  anomalies: [],
  former: { startIso: null, calls: 0, anomalies: [] },
}
export const passed = [survey('fail', '1'), survey('pass', '2')]

export function opened(over: Partial<AcceptancePorts> = {}) {
  let session: AcceptanceSession = noSession
  let nowMs = 1_772_409_600_000
  let testObus: readonly TestObu[] = []
  const judged: string[][] = []
  const overrides: Override[] = []
  const notes: RunNote[] = []
  const ports: AcceptancePorts = {
    read: () => session,
    keep: (next) => {
      session = next
    },
    note: (note) => void notes.push(note),
    sessions: () =>
      keptSessions(
        notes.map((note, i) => ({ ...noteRow(note, i), nodeId: 'n1', seq: i + 1 }) as LedgerRow),
      ),
    surveys: () => Promise.resolve(passed),
    overrides: () => overrides,
    judge: (ids) => {
      judged.push([...ids])
      return Promise.resolve(ids.map(() => found('pass', t('好', 'good'))))
    },
    asking: () => null,
    isSimulated: () => true,
    lot: () => lot,
    made: () => made,
    inputs: () => inputs,
    testObus: {
      read: () => testObus,
      keep: (next) => {
        testObus = next
      },
    },
    declaration: () => declaration,
    aim: (asked) => ({ ...asked, appId: 'SB1', joint: noJoint }),
    joint: () => ({ ended: Promise.resolve(), stop: () => undefined }),
    asked: ({ url }) => ({ ...askedAt, url }),
    rules: () => baseRules,
    issuer: () => null,
    nowMs: () => (nowMs += 1_000),
    plants: null,
    ...over,
  }
  const service = new AcceptanceService(ports)
  /** The audit row of an override. */
  const override = (by: string, reason: string): void => {
    const atIso = '2026-03-02T08:00:00.000+08:00'
    overrides.push({ sessionId: service.toOverride(), by, reason, atIso })
  }
  return { service, judged, notes, session: () => session, ports, override }
}
