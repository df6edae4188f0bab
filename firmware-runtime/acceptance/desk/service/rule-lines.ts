// Every rule of a pack with its state: measurements of lanes, the newest survey of each lane, and the acceptance items.
// A rule without data is incomplete; of several lanes the worst verdict counts.
import type { Verdict } from '../../pure/item.ts'
import type { AcceptanceItemView } from '../../calls/acceptance-views.ts'
import type { PapersView } from '../../calls/papers-views.ts'
import { paperStateWords } from '#base/pure/values/paper-states.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { PackLimit, Rules } from '#base/pure/rules/rule-pack.ts'
import type { RuleSource } from '#base/pure/rules/rule-kind.ts'
import { kindOf, ruleIds, type RuleId } from '#base/pure/rules/rule-table.ts'
import { foundAt, type sitingOfLot } from '#lane/desk/setup/lane-siting.ts'

export interface RuleLine {
  readonly id: RuleId
  /** Null: no text numbers it. */
  readonly clause: string | null
  readonly title: BilingualText
  readonly asked: boolean
  readonly thresholds: readonly (PackLimit & { readonly name: string })[]
  /** A pass needs evidence from each of these sources. */
  readonly evidence: readonly RuleSource[]
  readonly verdict: Verdict | 'marginal'
  readonly words: BilingualText
  /** Null: nothing was judged. */
  readonly simulated: boolean | null
}

type RuleWord = Pick<RuleLine, 'verdict' | 'words' | 'simulated'> & { readonly clause?: string }

/** A survey of a lane with the rows of its table. */
export interface SurveyedLane {
  readonly lane: string
  readonly simulated: boolean
  readonly items: readonly {
    readonly id: string
    readonly verdict: RuleLine['verdict']
    readonly words: BilingualText
  }[]
}

interface KnownOfRules {
  readonly siting: ReturnType<typeof sitingOfLot>['findings']
  /** Devices or platform of the lot are simulators. */
  readonly simulated: boolean
  readonly surveys: readonly SurveyedLane[]
  readonly items: readonly AcceptanceItemView[]
  readonly papers: PapersView
}

const order: readonly RuleLine['verdict'][] = [
  'fail',
  'incomplete',
  'marginal',
  'pass',
  'notApplicable',
]
const worst = (words: readonly RuleWord[]): RuleWord | null =>
  words.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))[0] ?? null

const nothing: RuleWord = {
  verdict: 'incomplete',
  words: t('还没有判定过', 'Nothing has been judged yet'),
  simulated: null,
}
const struck: RuleWord = {
  verdict: 'notApplicable',
  words: t('规则包不要求', 'The rule pack does not require it'),
  simulated: null,
}

const elsewhere: RuleWord = {
  verdict: 'notApplicable',
  words: t(
    '停车场没有布局要求它的车道或路段',
    'No lane or street of the car park has a layout that asks for it',
  ),
  simulated: null,
}

const named = (lane: BilingualText, { zh, en }: BilingualText): BilingualText =>
  t(`${lane.zh}:${zh}`, `${lane.en}: ${en}`)

/** A paper passes when a second person has accepted it; the yearly drill must have been held as well. */
function paperWords(
  id: RuleId,
  { papers, drill }: PapersView,
  simulated: boolean,
): readonly RuleWord[] {
  const paper = papers.find((one) => one.id === id)
  if (paper === undefined) return []
  const { state } = paper
  const read: RuleWord = {
    verdict: state === 'accepted' ? 'pass' : state === 'returned' ? 'fail' : 'incomplete',
    words: paperStateWords[state],
    simulated,
  }
  if (id !== 'K9') return [read]
  const isHeld = drill.state === 'held' || drill.state === 'soon'
  const verdict = isHeld ? 'pass' : drill.state === 'overdue' ? 'fail' : 'incomplete'
  return [read, { verdict, words: drill.words, simulated }]
}

function wordsOf(
  id: RuleId,
  { siting, simulated: inDemo, surveys, items, papers }: KnownOfRules,
): readonly RuleWord[] {
  const places = siting
    .filter(({ rule }) => `siting.${rule}` === id)
    .map(({ clause, verdict, reason, ...at }) => ({
      clause,
      verdict: verdict === 'unknown' ? ('incomplete' as const) : verdict,
      words: named(
        foundAt(at, (laneId) => laneId),
        reason,
      ),
      simulated: inDemo,
    }))
  const rows = surveys.flatMap(({ lane, simulated, items: own }) =>
    own
      .filter((item) => item.id === id)
      .map(({ verdict, words }) => ({ verdict, words: named(t(lane, lane), words), simulated })),
  )
  const judged = items
    .filter((item) => item.id === id && item.judgedAtIso !== null)
    .map(({ verdict, words, simulated }) => ({ verdict, words, simulated }))
  return [...places, ...rows, ...judged, ...paperWords(id, papers, inDemo)]
}

export const ruleLines = (rules: Rules, known: KnownOfRules): readonly RuleLine[] =>
  ruleIds.map((id) => {
    const asked = rules.asks(id)
    const none = id.startsWith('siting.') ? elsewhere : nothing
    const { clause = null, ...word } = asked ? (worst(wordsOf(id, known)) ?? none) : struck
    return {
      id,
      clause: rules.clause(id) ?? clause,
      title: kindOf(id).title,
      asked,
      thresholds: rules.limits(id),
      evidence: rules.evidence(id),
      ...word,
    }
  })
