// What an item of the acceptance is: the row as printed, how it is carried out, what is expected, and a pure judge.
// One file an item; a rule pack names items, so that a province swaps what it asks for (design.md section 3).
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { LedgerRow } from '../core/values/rows/ledger-row.ts'
import type { OwnRule } from '../core/values/rules/rule-kind.ts'
import type { Rules } from '../core/values/rules/rule-pack.ts'
import { declarationOf, notDeclared, type Feature } from './declaration.ts'
import type { AcceptanceFacts, AccessFact, FrameFact, PlatformWord } from './facts.ts'
import type { ItemId } from './items/ids.ts'
import type { Planting } from './plant.ts'

export const verdicts = ['pass', 'fail', 'incomplete', 'notApplicable'] as const
export type Verdict = (typeof verdicts)[number]

/** Where a reader finds what a verdict stands on. */
export interface Evidence {
  readonly source: 'ledger' | 'platform' | 'frame' | 'access' | 'walk'
  /** Sequence number of a row, business number, request id, stay with the frame, or the name of a way through the window. */
  readonly ref: string
  readonly text: string
}

export interface Finding {
  readonly verdict: Verdict
  /** Why, in a sentence. */
  readonly words: BilingualText
  readonly evidence: readonly Evidence[]
  /** Names of the assertions that failed, each once. */
  readonly failed: readonly string[]
  /** Those of them that the text only recommends: no item fails by them. */
  readonly warned: readonly string[]
  /** The verdict without what failed. */
  readonly otherwise: Verdict
  /** Of an item that is tried with each combination of OBU and card. */
  readonly matrix?: readonly CombinationLine[]
}

/** A combination of OBU and card with the charge that tried it. */
export interface CombinationLine {
  readonly words: BilingualText
  /** Of the charge; null: none has tried it. */
  readonly businessNo: string | null
  /** Stay and type of each, as evidence names them. */
  readonly frames: readonly string[]
}

/** `R`: clause 10.3.2, which has no table. */
export const appendices = ['E', 'F', 'G', 'H', 'I', 'R'] as const
type Appendix = (typeof appendices)[number]

export interface AcceptanceItem {
  readonly id: ItemId
  readonly title: BilingualText
  /** What the base pack says of it: carried to the table of the rules by test/tidy/folder-tables.test.ts. */
  readonly rule: OwnRule
  /** The requirement as printed. */
  readonly printed: string
  /** Features that a lot declares, each of them: without one of them it does not apply. */
  readonly needs: readonly Feature[]
  /** What a person does at the lane, one after the other; a demo does it by itself. */
  readonly steps: readonly BilingualText[]
  /** With the figures of the pack. */
  expected(rules: Rules): BilingualText
  /** What is taken from no standard, said beside the verdict. */
  assumed(rules: Rules): BilingualText | null
  judge(facts: AcceptanceFacts): Finding
  /** What turns it red at a simulated lot, or why nothing there does. */
  readonly plant: Planting
}

type Said<T> = T | ((rules: Rules) => T)
interface ItemFile extends Omit<AcceptanceItem, 'expected' | 'assumed'> {
  readonly expected: Said<BilingualText>
  readonly assumed: Said<BilingualText | null>
}

const saying =
  <T extends BilingualText | null>(said: Said<T>) =>
  (rules: Rules): T =>
    typeof said === 'function' ? said(rules) : said

/** A pass stands on evidence of each source that the pack asks for, and what no pack asks for is not judged. */
export const defineAcceptanceItem = (item: ItemFile): AcceptanceItem => ({
  ...item,
  expected: saying(item.expected),
  assumed: saying(item.assumed),
  judge(facts) {
    const { rules } = facts
    if (!rules.asks(item.id)) return notAsked(rules)
    const away = notDeclared(item, declarationOf(facts))
    if (away !== null) return found('notApplicable', away)
    const whole = item.judge(facts)
    const finding = { ...whole, evidence: shownOf(whole.evidence) }
    if (whole.otherwise !== 'pass') return finding
    const sources = new Set<string>(whole.evidence.map(({ source }) => source))
    const absent = rules.evidence(item.id).filter((one) => !sources.has(one))
    if (absent.length === 0) return finding
    const otherwise = 'incomplete'
    if (finding.verdict !== 'pass') return { ...finding, otherwise }
    const names = absent.join(', ')
    return {
      ...finding,
      verdict: 'incomplete',
      otherwise,
      words: t(`没有这些来源的证据:${names}`, `no evidence of these sources: ${names}`),
    }
  },
})

const notAsked = ({ packId, standard }: Rules): Finding =>
  found(
    'notApplicable',
    t(
      `规则包 ${packId}(${standard})不要求`,
      `The rule pack ${packId} (${standard}) does not ask for it`,
    ),
  )

export const appendixOf = (id: ItemId): Appendix => id.slice(0, 1) as Appendix

/** `E.1-3`: table and row, as the pack numbers it. */
export const clauseOf = (id: ItemId, rules: Rules): string => rules.clause(id) ?? id

/** The figures that it is judged by, in the words of its file. */
export const limitsOf = ({ id, rule }: Pick<AcceptanceItem, 'id' | 'rule'>, rules: Rules) =>
  rules.limits(id).flatMap((limit) => {
    const words = rule.thresholds?.[limit.name]?.words
    return words === undefined ? [] : [{ ...limit, words }]
  })

/** Pages show a verdict's first evidence, not a thousand rows: three lines for each of sixteen combinations, and some. */
const evidenceMax = 64

/** The first lines, and at least one of each source that a verdict stands on. */
function shownOf(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length <= evidenceMax) return evidence
  const first = evidence.slice(0, evidenceMax)
  const isShown = (source: Evidence['source']): boolean =>
    first.some((one) => one.source === source)
  const others = [
    ...new Map(evidence.toReversed().map((one) => [one.source, one])).values(),
  ].filter(({ source }) => !isShown(source))
  return [...first.slice(0, evidenceMax - others.length), ...others]
}

export const found = (
  verdict: Verdict,
  words: BilingualText,
  evidence: readonly Evidence[] = [],
  failed: readonly string[] = [],
): Finding => ({
  verdict,
  words,
  evidence,
  failed,
  warned: [],
  otherwise: verdict === 'fail' ? 'incomplete' : verdict,
})

export const rowEvidence = ({ seq, kind, atMs, body }: LedgerRow): Evidence => ({
  source: 'ledger',
  ref: String(seq),
  text: `${kind} ${new Date(atMs).toISOString()} ${JSON.stringify(body).slice(0, 200)}`,
})

export const frameEvidence = ({ stayId, type, direction, atIso, hex }: FrameFact): Evidence => ({
  source: 'frame',
  ref: `${stayId} ${type}`,
  text: `${atIso} ${direction} ${hex.slice(0, 200)}`,
})

export const wordEvidence = ({ businessNo, says, state, amountFen }: PlatformWord): Evidence => ({
  source: 'platform',
  ref: businessNo,
  text: `${says} ${state}${amountFen === null ? '' : ` ${amountFen} fen`}`,
})

export const accessEvidence = (access: AccessFact): Evidence => ({
  source: 'access',
  ref: access.requestId ?? access.atIso,
  text: [
    access.atIso,
    access.interfaceId,
    access.status ?? '-',
    access.respCode ?? '-',
    ...[access.destination, access.laneId].filter((one) => one !== undefined),
  ].join(' '),
})

/** What was found wrong, with what shows it. */
export interface Wrong {
  /** The assertion that failed, by a name that is one of its item. */
  readonly assertion: string
  /** The text recommends it (宜); absent: it demands it. */
  readonly severity?: 'should'
  readonly words: BilingualText
  readonly evidence: readonly Evidence[]
}

const namesOf = (wrong: readonly Wrong[]): readonly string[] => [
  ...new Set(wrong.map(({ assertion }) => assertion)),
]

/** The first demand that is not met decides; then what is missing; else it passes, with what is not as recommended. */
export function judged(
  wrong: readonly Wrong[],
  missing: readonly BilingualText[],
  passed: BilingualText,
  evidence: readonly Evidence[],
): Finding {
  const musts = wrong.filter(({ severity }) => severity !== 'should')
  const warned = namesOf(wrong.filter((one) => !musts.includes(one)))
  const otherwise = missing.length === 0 ? 'pass' : 'incomplete'
  const verdict = musts.length > 0 ? 'fail' : otherwise
  const of = { failed: namesOf(wrong), warned, otherwise } as const
  const shown = musts.length > 0 ? musts : missing.length > 0 ? [] : wrong
  const [first] = shown
  if (first !== undefined) {
    const more = shown.length - 1
    const { zh, en } = first.words
    const words = more === 0 ? first.words : t(`${zh}(另有 ${more} 处)`, `${en} (and ${more} more)`)
    return { ...found(verdict, words, [...first.evidence, ...evidence]), ...of }
  }
  if (missing.length === 0) return found('pass', passed, evidence)
  const say = (of: 'zh' | 'en', join: string) => missing.map((one) => one[of]).join(join)
  return { ...found('incomplete', t(say('zh', ';'), say('en', '; ')), evidence), ...of }
}
