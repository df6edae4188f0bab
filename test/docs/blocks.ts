// Parts of documents that are drawn from tables of the code: figures, fault codes, repair letters.
// docs.test.ts compares them with what the documents hold, or writes them there when asked.
import { passageFaults } from '#harness/lot/sim-faults.ts'
import { faults, type FaultRow } from '#base/pure/faults/faults.ts'
import { serviceEnds } from '#lane/pure/lot/service-ends.ts'
import { repairTable } from '#ledger/sqlite/repair.ts'
import { standardPayTimes } from '#money/pure/pay/times.ts'
import { noBooth } from '#lane/pure/layouts/no-booth.ts'
import { present } from '#base/pure/values/must.ts'
import { badInputs } from '../bad-input/rows.ts'
import { accessFlow, laneEquipment } from '#ledger/pure/platforms/guangxi/access-flow.ts'
import { readTree } from '../tidy/tree.ts'
import { pairLines, purposeLines, wordPairs } from './word-pairs.ts'
import { systems } from './systems.ts'
import { ops } from '#ledger/pure/platforms/guangxi/requests.ts'
import { coverage, coverageLines, drivesLines, shownByWhole } from './coverage-block.ts'
import { callLines } from './call-block.ts'
import { commandLines } from './command-block.ts'
import { platformValueLines } from './platform-values.ts'
import { shownLines, shownRuns } from './shown-runs.ts'
import { jobLines, setupWalkLines, surveyWalkLines, walkLines } from './walk-block.ts'
import { answerCodes } from '#simulators/platform/answers.ts'
import { magicRows } from '#simulators/platform/magic.ts'
import { memberTables } from './member-tables.ts'
import type { MemberRule } from '#simulators/platform/records/members.ts'
import { actKinds } from '#simulators/platform/records/settlement-records.ts'

// The members of the simulated platform's interfaces for docs/platform-sim.md, from the tables that check them.
function kindOf(rule: MemberRule): string {
  switch (rule.is) {
    case 'text': {
      const length = rule.min === rule.max ? `${rule.min}` : `${rule.min}–${rule.max}`
      const shapes: readonly (readonly [string, string])[] = [
        ['^\\d+$', ' digits'],
        ['^[0-9A-F]+$', ' hex'],
        ['^[A-Za-z0-9_*-]+$', ' A-Z a-z 0-9 _ * -'],
        ['^[A-Z0-9\\u4e00-\\u9fff]+$', ' A-Z 0-9 Han'],
      ]
      const shape = shapes.find(([source]) => source === rule.shape?.source)?.[1]
      return rule.shape !== undefined && shape === undefined ? 'day' : `${length}${shape ?? ''}`
    }
    case 'int':
      return rule.max >= Number.MAX_SAFE_INTEGER ? 'whole number' : `${rule.min} to ${rule.max}`
    case 'fen':
      return rule.max === undefined ? 'fen' : `fen, to ${rule.max}`
    case 'time':
      return rule.mayBeAhead === true ? 'any time' : 'time'
    case 'code':
      return `one of ${rule.oneOf.join(' ')}`
    default:
      return rule.is
  }
}

const memberOf = (rule: MemberRule): string =>
  `\`${rule.name}${rule.optional === true ? '?' : ''}\` (${kindOf(rule)})`

/** Every code that an answer may have. */
const platformCodeLines = (): string[] => [
  '| `respCode` | HTTP | `code` | means |',
  '|---|---|---|---|',
  ...Object.entries(answerCodes).map(
    ([respCode, { http, code, en }]) => `| ${respCode} | ${http} | ${code} | ${en} |`,
  ),
]

/** Kinds of `GET /books?kind=`. */
const platformBookLines = (): string[] => [
  [...actKinds, 'rejected'].map((kind) => `\`${kind}\``).join(', '),
]

const platformMagicLines = (): string[] => [
  '| `realFee` | or `vehiclePlate` | what happens |',
  '|---|---|---|',
  ...magicRows.map(({ amountFen, plate, what }) => `| ${amountFen} | \`${plate}\` | ${what} |`),
]

const platformMemberLines = (): string[] => [
  '| request | members |',
  '|---|---|',
  ...memberTables.map(({ name, when, rules }) => {
    const all = rules.map(memberOf).join(', ')
    return `| \`${name}\`${when === '' ? '' : `, ${when}`} | ${all} |`
  }),
]

export interface Block {
  readonly document: string
  readonly name: string
  readonly lines: readonly string[]
}

const fenced = (lines: readonly string[]): string[] => ['```mermaid', ...lines, '```']

/** One line per interface, its operations together: method, path, and last number of the path. */
function interfaceLines(): string[] {
  const seen = new Map<string, string>()
  for (const { method, path, query, numberMember } of Object.values(ops)) {
    const text = `${method} ${path}${query ? `/:${numberMember}` : ''}`
    seen.set(text, text)
  }
  return [...seen.keys()]
}

/** Figure 1 of DBJT45/T 065-2024: the parts of an ETC car park. */
function compositionFigure(): string[] {
  const box = systems.map(
    ({ id, zh, en, does, clause }) => `${id}["${zh}<br/>${en}<br/>${does}<br/>(${clause})"]`,
  )
  const ours = box.filter((_, i) => systems[i]?.ours === true)
  const others = box.filter((_, i) => systems[i]?.ours !== true)
  const devices = laneEquipment.map(({ device, zh, en }) => {
    const requiredBy = (['entry', 'exit'] as const).filter(
      (way) => noBooth.lanes[way]?.devices[device],
    )
    const clause = present(noBooth.lanes.exit?.devices[device], `a clause asks for the ${device}`)
    return `${device}["${zh}<br/>${en}, ${requiredBy.join(' and ')}<br/>(${clause})"]`
  })
  return fenced([
    'flowchart LR',
    '  subgraph lane["车道设备 / lane devices"]',
    ...devices.map((line) => `    ${line}`),
    '  end',
    '  subgraph studio["ETC Lane Studio"]',
    ...ours.map((line) => `    ${line}`),
    '  end',
    ...others.map((line) => `  ${line}`),
    ...laneEquipment.map(({ device, joins }) => `  ${device} <--> ${joins}`),
    '  billing <-- "order, result" --> access',
    `  access <-- "HTTPS<br/>${interfaceLines().join('<br/>')}" --> platform`,
  ])
}

/** Figure C.1: how an access system is admitted, then how every exchange is proven. */
function accessFigure(): string[] {
  const name = (id: string): string => {
    const row = systems.find((s) => s.id === id)
    return row === undefined ? id : `${row.zh} / ${row.en}`
  }
  const steps = accessFlow.map(
    ({ clause, from, to, zh, en }) => `  ${from}->>${to}: ${zh} / ${en} (${clause})`,
  )
  return fenced([
    'sequenceDiagram',
    `  participant access as ${name('access')}`,
    `  participant platform as ${name('platform')}`,
    ...steps,
  ])
}

function faultLines(): string[] {
  return Object.entries(faults).flatMap(([code, { what, means, todo }]: [string, FaultRow]) => [
    `- **${code}** ${what.en} · ${means.en} · ${todo.en}`,
    `  <br>${what.zh} · ${means.zh} · ${todo.zh}`,
  ])
}

const repairLines = (): string[] => [
  '| letter | does | why |',
  '|---|---|---|',
  ...repairTable.map(({ letter, action, why }) => {
    const does = typeof action === 'object' ? `stops with ${action.stop}` : action
    return `| ${letter} | ${does} | ${why.en} |`
  }),
]

const endLines = (): string[] => [
  '| end | exit | systemd | task of Windows |',
  '|---|---|---|---|',
  ...serviceEnds.map(
    ({ what, exit, systemd, windows }) => `| ${what} | ${exit ?? ''} | ${systemd} | ${windows} |`,
  ),
]

const badInputLines = (): string[] => [
  '| id | what comes in | outcome | what happens | tests |',
  '|---|---|---|---|---|',
  ...badInputs.map(({ id, input, outcome, then, tests }) => {
    const files = tests.map((file) => `\`${file}\``)
    return `| ${id} | ${input} | ${outcome} | ${then} | ${files.join(', ')} |`
  }),
]

const secondsOf = (ms: number): string => `${ms / 1000} s`

/** The waiting times of a payment, in readable form. */
const payTimeLines = (): string[] => [
  '| wait | default |',
  '|---|---|',
  ...Object.entries(standardPayTimes).map(([name, ms]: [string, number | readonly number[]]) => {
    const all = typeof ms === 'number' ? [ms] : ms
    return `| \`${name}\` | ${all.map(secondsOf).join(', ')} |`
  }),
]

const platformFaultLines = (): string[] => [
  '| fault | request | when | what |',
  '|---|---|---|---|',
  ...passageFaults
    .filter(({ place }) => place === 'platform' || place === 'operator')
    .map(({ name, rule }) => {
      const { at, when, do: what } = rule
      const times = Number(rule['times'] ?? 1)
      return `| ${name} | ${at === '*' ? 'any' : at} | ${when} the effect | ${what}, ${times} × |`
    }),
]

export const blocks = (): Block[] => [
  { document: 'docs/architecture.md', name: 'figure-1', lines: compositionFigure() },
  { document: 'docs/architecture.md', name: 'figure-c1', lines: accessFigure() },
  { document: 'docs/operations.md', name: 'faults', lines: faultLines() },
  { document: 'docs/operations.md', name: 'repair', lines: repairLines() },
  { document: 'docs/operations.md', name: 'ends', lines: endLines() },
  { document: 'docs/bad-input.md', name: 'bad-inputs', lines: badInputLines() },
  { document: 'docs/reliability.md', name: 'platform-faults', lines: platformFaultLines() },
  { document: 'docs/platform-sim.md', name: 'platform-members', lines: platformMemberLines() },
  { document: 'docs/platform-sim.md', name: 'platform-values', lines: platformValueLines() },
  { document: 'docs/platform-sim.md', name: 'platform-codes', lines: platformCodeLines() },
  { document: 'docs/platform-sim.md', name: 'platform-books', lines: platformBookLines() },
  { document: 'docs/platform-sim.md', name: 'platform-magic', lines: platformMagicLines() },
  { document: 'docs/usability.md', name: 'walk', lines: walkLines() },
  { document: 'docs/usability.md', name: 'survey-walk', lines: surveyWalkLines() },
  { document: 'docs/usability.md', name: 'setup-walk', lines: setupWalkLines() },
  { document: 'docs/usability.md', name: 'jobs', lines: jobLines() },
  ...coverage().map((table) => ({
    document: 'docs/coverage.md',
    name: `coverage-${table.id}`,
    lines: coverageLines(table, shownByWhole()),
  })),
  { document: 'docs/coverage.md', name: 'coverage-rules', lines: shownLines(shownRuns()) },
  { document: 'docs/coverage.md', name: 'coverage-drives', lines: drivesLines() },
  { document: 'docs/payment-port.md', name: 'pay-times', lines: payTimeLines() },
  { document: 'docs/cli.md', name: 'commands', lines: commandLines() },
  { document: 'docs/cli.md', name: 'calls', lines: callLines() },
  { document: 'docs/words.md', name: 'words-on-purpose', lines: purposeLines() },
  { document: 'docs/words.md', name: 'word-pairs', lines: pairLines(wordPairs(readTree())) },
]

const marks = (name: string): [string, string] => [
  `<!-- from the code: ${name} -->`,
  `<!-- end of ${name} -->`,
]

/** The text between the marks, or null unless both marks occur exactly once. */
export function blockIn(text: string, name: string): string | null {
  const [begin, end] = marks(name)
  const parts = text.split(`${begin}\n`)
  const rest = parts[1]?.split(`\n${end}`)
  return parts.length === 2 && rest?.length === 2 ? (rest[0] ?? null) : null
}

/** The document with another text between the marks. */
export function withBlock(text: string, { name, lines }: Block): string {
  const [begin, end] = marks(name)
  const [before = '', rest = ''] = text.split(`${begin}\n`)
  const after = rest.slice(rest.indexOf(end))
  return `${before}${begin}\n${lines.join('\n')}\n${after}`
}
