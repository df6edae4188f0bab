// The verdicts of a run that is aimed at another platform: only the joint test there gives facts about that platform.
// Cars of the lot are charged elsewhere, so rows and accesses of other platforms neither prove nor fail anything here.
import { t } from '#base/pure/words/fault-text.ts'
import type { Feature } from './declaration.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { boundFinding } from './past.ts'
import type { Past, UnrecordedCertificate } from '#ledger/pure/past-facts.ts'
import { appendixOf, type AcceptanceItem, type Finding } from './item.ts'

export const notThere = t(
  '这个停车场不在所问的平台扣费',
  'this lot does not charge through the platform that was queried',
)

const platforms: readonly Feature[] = [
  'anyPlatform',
  'recordsTo',
  'platform',
  'operator',
  'etcOperator',
]

/** False for antenna, OBU and card (appendix E): they belong to the lot, whichever platform is used. */
const isOfPlatform = ({ id, needs }: AcceptanceItem): boolean =>
  appendixOf(id) !== 'E' && needs.some((name) => platforms.includes(name))

const channels: readonly Feature[] = ['platform', 'operator', 'etcOperator']

/** Certificates count for the items of the platforms that showed them. */
function pastFor(item: AcceptanceItem, { past }: AcceptanceFacts): Past {
  const own = item.needs.filter((name) => channels.includes(name))
  const isOwn = ({ channel }: UnrecordedCertificate): boolean =>
    isOfPlatform(item) && (own.length === 0 || own.some((name) => name === channel))
  return { ...past, unrecorded: past.unrecorded.filter(isOwn) }
}

export function judgedBy(item: AcceptanceItem, facts: AcceptanceFacts, isAimed: boolean): Finding {
  if (!isAimed || !isOfPlatform(item)) return boundFinding(item.judge(facts), pastFor(item, facts))
  const finding = item.judge({ ...facts, rows: [], frames: [], accesses: [] })
  const isOfIssuer = appendixOf(item.id) === 'I'
  return finding.verdict === 'incomplete' && !isOfIssuer
    ? { ...finding, words: notThere, evidence: [] }
    : finding
}
