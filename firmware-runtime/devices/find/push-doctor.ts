// The link doctor of a pushing camera: what to enter in it, what to open for it, what it pushed. Reads the listener of
// the running lot; nothing is sent.
import { joinedWhy, type Why } from '#base/pure/faults/faults.ts'
import { note, noteWhy } from '#base/pure/words/notes.ts'
import type { FindingView, PushReportView, RefusedView } from '../calls/find-views.ts'
import { firewallRules, pushTargetOf } from '../pure/find/push-address.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Card } from '../ports/find.ts'
import { finding, isOk } from './findings.ts'

/** Facts of the listener of a running lot for one lane. */
export interface PushFacts {
  readonly url: string
  readonly pushes: number
  readonly badRequests: number
  readonly lastPushAtMs: InstantMs | null
  readonly lastRefused: Refused | null
  readonly refused: { readonly sources: number; readonly paths: number }
  /** Requests that named no lane. */
  readonly unnamed: { readonly count: number; readonly last: Refused | null }
}

interface Refused {
  readonly atMs: InstantMs
  readonly what: string
  readonly head: string
  readonly from: string
}

const refusedView = ({ atMs, ...refused }: Refused): RefusedView => ({
  atIso: isoOf(atMs),
  ...refused,
})

/** Reason and header, as far as there is one. */
const whyOf = ({ what, head }: Refused): Why =>
  head === '' ? noteWhy(what) : joinedWhy([noteWhy(what), noteWhy(note('pushWas', head))])

export function pushReport(
  laneId: string,
  { url, pushes, badRequests, lastPushAtMs, lastRefused, refused, unnamed }: PushFacts,
  camera: string | null,
  cards: readonly Card[],
): PushReportView {
  const { card, address } = pushTargetOf(url, camera, cards)
  const onlyHere = card?.loopback === true || /^http:\/\/(127\.|\[::1\]|localhost)/.test(url)
  const findings: FindingView[] = []
  const nothingYet = lastPushAtMs === null && badRequests + unnamed.count === 0
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
    findings.push(finding('FIND-24', { weight: 'warn', value: address, note: whyOf(lastRefused) }))
  const { sources, paths } = refused
  const { last } = unnamed
  const counts = noteWhy(note('refusedPushes', sources, paths))
  if (sources + paths > 0 || last !== null)
    findings.push(
      finding('FIND-19', {
        weight: 'warn',
        value: last === null || last.from === '' ? address : last.from,
        note: last === null ? counts : joinedWhy([counts, whyOf(last)]),
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
    lastRefused: lastRefused === null ? null : refusedView(lastRefused),
    pushes,
    badRequests,
    refused: { sources, paths },
    unnamed: { count: unnamed.count, last: last === null ? null : refusedView(last) },
    findings,
  }
}
