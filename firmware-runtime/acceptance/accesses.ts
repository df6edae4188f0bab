// Interfaces that leave no record of their own in the outbox: judged by the accesses to them, each with its status and its code.
// A refusal is a fault; an interface that was never used is incomplete.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { AcceptanceFacts } from './facts.ts'
import { accessEvidence, judged, type Finding, type Wrong } from './item.ts'

export function accessFinding(
  { accesses }: AcceptanceFacts,
  ids: readonly string[],
  what: BilingualText,
): Finding {
  // 304: the version that is here is the newest one.
  const isTaken = (status: number | null): boolean => status === 200 || status === 304
  const own = accesses.filter(({ interfaceId }) => ids.includes(interfaceId))
  const taken = own.filter(({ status }) => isTaken(status))
  const refused = own.filter(({ status }) => status !== null && !isTaken(status))
  const wrong = refused.map((one): Wrong => ({
    words: t(
      `${what.zh}:平台答复 ${one.status} ${one.respCode ?? ''}`,
      `${what.en}: the platform answered ${one.status} ${one.respCode ?? ''}`,
    ),
    evidence: [accessEvidence(one)],
  }))
  // What was refused and taken later is what a lot does after a fault of its platform.
  const last = own.findLast(({ status }) => status !== null)
  return judged(
    isTaken(last?.status ?? null) ? [] : wrong.slice(-1),
    taken.length > 0 ? [] : [t(`还没有${what.zh}`, `none yet: ${what.en}`)],
    t(`${what.zh}:${taken.length} 次成功`, `${what.en}: taken ${taken.length} times`),
    taken.map(accessEvidence),
  )
}
