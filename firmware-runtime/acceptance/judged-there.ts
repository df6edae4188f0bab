// What a run that is aimed at another platform says of it: only what the joint test did there is a fact about that platform. Cars of
// the lot are charged elsewhere, so that rows and accesses of elsewhere prove nothing of it, and fail nothing of it either.
import { t } from '../core/values/fault-text.ts'
import type { Feature } from './declaration.ts'
import type { AcceptanceFacts } from './facts.ts'
import { appendixOf, type AcceptanceItem, type Finding } from './item.ts'

export const notThere = t(
  '这个停车场不在所问的平台扣费',
  'this lot does not charge at the platform that was asked',
)

const platforms: readonly Feature[] = [
  'anyPlatform',
  'recordsTo',
  'platform',
  'operator',
  'etcOperator',
]

/** Antenna, OBU and card are the lot's own, whomever it asks. */
const isOfPlatform = ({ id, needs }: AcceptanceItem): boolean =>
  appendixOf(id) !== 'E' && needs.some((name) => platforms.includes(name))

export function judgedBy(item: AcceptanceItem, facts: AcceptanceFacts, isAimed: boolean): Finding {
  if (!isAimed || !isOfPlatform(item)) return item.judge(facts)
  const finding = item.judge({ ...facts, rows: [], frames: [], accesses: [] })
  const isOfIssuer = appendixOf(item.id) === 'I'
  return finding.verdict === 'incomplete' && !isOfIssuer
    ? { ...finding, words: notThere, evidence: [] }
    : finding
}
