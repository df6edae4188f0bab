// An acceptance item: the printed row, how it is carried out, what is expected, and a pure judge function. One file for
// each item; a rule pack names items, so that a province can replace requirements (design.md section 3).
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { OwnRule } from '#base/pure/rules/rule-kind.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { Appendix } from './appendices.ts'
import { declarationOf, notDeclared, type Feature } from './declaration.ts'
import type { AcceptanceFacts, AccessFact, FrameFact, PlatformWord } from '#ledger/pure/facts.ts'
import { accessSaid, answerSaid, frameSaid, rowSaid, type EvidenceSaid } from './evidence-words.ts'
import type { ItemId } from './items/ids.ts'
import type { Planting } from './plant.ts'
import type { Assertion } from './next-steps.ts'

export const verdicts = ['pass', 'fail', 'incomplete', 'notApplicable'] as const
export type Verdict = (typeof verdicts)[number]

/** Reference to the evidence of a verdict. */
export interface Evidence {
  readonly source: 'ledger' | 'platform' | 'frame' | 'access' | 'walk'
  /** Sequence number of a row, business number, request id, stay with frame type, or name of a task in the window. */
  readonly ref: string
  /** As recorded, for support. */
  readonly text: string
  /** What it says, with its time; absent: in `text` alone, and in files of older versions. */
  readonly said?: EvidenceSaid | undefined
}

export interface Finding {
  readonly verdict: Verdict
  /** The reason, in one sentence. */
  readonly words: BilingualText
  readonly evidence: readonly Evidence[]
  /** Names of the failed assertions, each once. */
  readonly failed: readonly string[]
  /** Failed assertions that the text only recommends: they fail no item. */
  readonly warned: readonly string[]
  /** The verdict if nothing had failed. */
  readonly otherwise: Verdict
  /** For an item that is tried with each combination of OBU and card. */
  readonly matrix?: readonly CombinationLine[]
}

/** A combination of OBU and card with the charge that tried it. */
export interface CombinationLine {
  readonly words: BilingualText
  /** Business number of the charge; null: no charge tried it. */
  readonly businessNo: string | null
  /** Stay and frame type of each, in the form used by evidence. */
  readonly frames: readonly string[]
}

export interface AcceptanceItem {
  readonly id: ItemId
  readonly title: BilingualText
  /** The item's rule in the base pack: test/tidy/folder-tables.test.ts copies it to the table of rules. */
  readonly rule: OwnRule
  /** The requirement as printed. */
  readonly printed: string
  /** Features that the lot must declare; without one of them the item does not apply. */
  readonly needs: readonly Feature[]
  /** With one of these it has no object, and does not apply. */
  readonly without?: readonly Feature[]
  /** What a person does at the lane, in order; a demo does it by itself. */
  readonly steps: readonly BilingualText[]
  /** Expected result, with the figures of the pack. */
  expected(rules: Rules): BilingualText
  /** Assumptions without a source in a standard, shown beside the verdict. */
  assumed(rules: Rules): BilingualText | null
  judge(facts: AcceptanceFacts): Finding
  /** The fault that turns it red at a simulated lot, or why no fault can. */
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

/** A pass needs evidence from each source that the pack requires; what no pack requires is not judged. */
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
      words: t(`没有这些来源的证据:${names}`, `there is no evidence from these sources: ${names}`),
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

/** Table and row in the numbering of the pack, for example `E.1-3`. */
export const clauseOf = (id: ItemId, rules: Rules): string => rules.clause(id) ?? id

/** The figures by which it is judged, in words. */
export const limitsOf = ({ id, rule }: Pick<AcceptanceItem, 'id' | 'rule'>, rules: Rules) =>
  rules.limits(id).flatMap((limit) => {
    const words = rule.thresholds?.[limit.name]?.words
    return words === undefined ? [] : [{ ...limit, words }]
  })

/** Limit of evidence for display: three lines for each of sixteen combinations, and some more. */
const evidenceMax = 64

/** The first lines, with at least one from each source that the verdict needs. */
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

export const rowEvidence = ({ seq, kind, atMs, body, amountFen }: LedgerRow): Evidence => ({
  source: 'ledger',
  ref: String(seq),
  text: `${kind} ${isoOf(atMs)} ${JSON.stringify(body).slice(0, 200)}`,
  said: { words: rowSaid({ kind, body, amountFen }), atIso: isoOf(atMs) },
})

export const frameEvidence = ({ stayId, type, direction, atIso, hex }: FrameFact): Evidence => ({
  source: 'frame',
  ref: `${stayId} ${type}`,
  text: `${atIso} ${direction} ${hex.slice(0, 200)}`,
  said: { words: frameSaid(direction, type), atIso },
})

export const wordEvidence = ({ businessNo, says, state, amountFen }: PlatformWord): Evidence => ({
  source: 'platform',
  ref: businessNo,
  text: `${says} ${state}${amountFen === null ? '' : ` ${amountFen} fen`}`,
  said: { words: answerSaid(says, state, amountFen), atIso: null },
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
  said: { words: accessSaid(access), atIso: access.atIso },
})

/** A fault that was found, with its evidence. */
export interface Wrong {
  /** The failed assertion; its name is unique in its item. */
  readonly assertion: Assertion
  /** `should`: the text recommends it (宜); absent: the text requires it. */
  readonly severity?: 'should'
  readonly words: BilingualText
  readonly evidence: readonly Evidence[]
}

const namesOf = (wrong: readonly Wrong[]): readonly string[] => [
  ...new Set(wrong.map(({ assertion }) => assertion)),
]

/**
 * The first failed requirement decides; then missing evidence; else the item passes, with warnings for failed
 * recommendations.
 */
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
