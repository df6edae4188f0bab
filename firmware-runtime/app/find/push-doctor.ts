// The link doctor of a pushing camera: what to enter in it, what to open for it, what it pushed. Reads the listener of
// the running lot; nothing is sent.
import { note } from '../../core/values/notes.ts'
import type { FindingView, PushReportView } from '../../api/find-views.ts'
import { firewallRules, pushTargetOf } from '../../core/find/push-address.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import type { Card } from '../../ports/find.ts'
import { finding, isOk } from './findings.ts'

/** Facts of the listener of a running lot for one lane. */
export interface PushFacts {
  readonly url: string
  readonly pushes: number
  readonly badRequests: number
  readonly lastPushAtMs: InstantMs | null
  readonly lastRefused: { readonly atMs: InstantMs; readonly what: string } | null
  readonly refused: { readonly sources: number; readonly paths: number }
}

export function pushReport(
  laneId: string,
  { url, pushes, badRequests, lastPushAtMs, lastRefused, refused }: PushFacts,
  camera: string | null,
  cards: readonly Card[],
): PushReportView {
  const { card, address } = pushTargetOf(url, camera, cards)
  const onlyHere = card?.loopback === true || /^http:\/\/(127\.|\[::1\]|localhost)/.test(url)
  const findings: FindingView[] = []
  const nothingYet = lastPushAtMs === null
  if (onlyHere) findings.push(finding('FIND-18', { weight: 'warn', value: address }))
  else if (card === null && camera !== null)
    findings.push(
      finding('FIND-11', {
        value: camera,
        note: cards.map((one) => `${one.name} ${one.address}/${one.prefix}`).join(', '),
      }),
    )
  if (nothingYet) findings.push(finding('FIND-17', { value: address }))
  if (lastRefused !== null)
    findings.push(finding('FIND-24', { weight: 'warn', value: address, note: lastRefused.what }))
  if (refused.sources + refused.paths > 0)
    findings.push(
      finding('FIND-19', {
        weight: 'warn',
        value: address,
        note: note('refusedPushes', refused.sources, refused.paths),
      }),
    )
  const port = Number(/:(\d+)\//.exec(url)?.[1] ?? 0)
  return {
    ok: isOk(findings),
    laneId,
    card: card === null ? null : { name: card.name, address: card.address },
    address,
    firewall: firewallRules(port, camera),
    lastPushAtIso: lastPushAtMs === null ? null : isoOf(lastPushAtMs),
    lastRefused:
      lastRefused === null ? null : { atIso: isoOf(lastRefused.atMs), what: lastRefused.what },
    pushes,
    badRequests,
    refused: { sources: refused.sources, paths: refused.paths },
    findings,
  }
}
