// Interfaces without records of their own in the outbox: judged by the accesses to them, with status and code, for each
// platform. A refusal is a fault; an interface that was never used at a platform is incomplete.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { daysWithCars } from './days.ts'
import { bootsOf } from './destinations-at.ts'
import { declaredAmong } from './declaration.ts'
import type { AcceptanceFacts, AccessFact, PlatformName } from '#ledger/pure/facts.ts'
import { accessEvidence, judged, type Finding, type Wrong } from './item.ts'
import { partyWords } from './parties.ts'

interface AccessWish {
  readonly interfaceId: string
  /** Platforms that must have answered (tables G.1 and H.1). */
  readonly at: readonly PlatformName[]
  /** For accesses made by a lane: only those of lanes with this direction. */
  readonly direction?: 'entry' | 'exit'
  /** Required on each finished day on which cars passed. */
  readonly isDaily?: true
  readonly what: BilingualText
}

// 304: the version that is here is the newest one.
export const isTaken = ({ status, isRefused }: AccessFact): boolean =>
  (status === 200 || status === 304) && isRefused !== true

function ownOf({ accesses, lanes }: AcceptanceFacts, wish: AccessWish): readonly AccessFact[] {
  const { interfaceId, direction } = wish
  const ids = lanes.filter((lane) => lane.direction === direction).map(({ laneId }) => laneId)
  return accesses.filter(
    (one) =>
      one.interfaceId === interfaceId &&
      (direction === undefined || (one.laneId !== undefined && ids.includes(one.laneId))),
  )
}

/** False: the last start before the end of the day names its platforms, and not this one. */
function wasJoined(facts: AcceptanceFacts, party: PlatformName, day: string): boolean {
  const boot = bootsOf(facts).findLast(({ atMs }) => isoOf(atMs).slice(0, 10) <= day)
  const { build, accounts = {} } = boot?.body ?? {}
  return build === undefined || Object.keys(accounts).length === 0 || party in accounts
}

/** `more`: further faults of the interface; `open`: what else is missing. */
export function accessFinding(
  facts: AcceptanceFacts,
  wish: AccessWish,
  more: readonly Wrong[] = [],
  open: readonly BilingualText[] = [],
): Finding {
  const { zh, en } = wish.what
  const own = ownOf(facts, wish)
  const { there: asked, said } = declaredAmong(facts, wish.at)
  const parties = asked.map((party) => {
    const there = own.filter(({ destination }) => destination === party)
    // A refusal followed by a success is normal after a fault of the platform, so the last answer counts.
    const last = there.findLast(({ status }) => status !== null) ?? null
    return { party, words: partyWords[party], taken: there.filter(isTaken), last }
  })
  const wrong = parties.flatMap(({ words, last }): readonly Wrong[] => {
    if (last === null || isTaken(last)) return []
    const said = `${last.status} ${last.respCode ?? ''}`
    return [
      {
        assertion: 'refused',
        words: t(`${zh}:${words.zh}答复 ${said}`, `${en}: ${words.en} answered ${said}`),
        evidence: [accessEvidence(last)],
      },
    ]
  })
  const gaps = parties.flatMap(({ party, words, taken }): readonly Wrong[] => {
    const days = new Set(taken.map(({ atIso }) => atIso.slice(0, 10)))
    const asked = wish.isDaily === true ? daysWithCars(facts) : []
    const gap = asked.find((day) => !days.has(day) && wasJoined(facts, party, day))
    // Lines of older versions name no platform: they neither prove nor miss a day.
    const isUnnamed = own.some(({ destination }) => destination === undefined)
    if (gap === undefined || (taken.length === 0 && isUnnamed)) return []
    return [
      {
        assertion: 'dayMissing',
        words: t(`${gap} 没有${zh}(${words.zh})`, `there is none on ${gap}: ${en} (${words.en})`),
        evidence: [],
      },
    ]
  })
  const missing = parties
    .filter(({ taken }) => taken.length === 0)
    .map(({ words }) => t(`还没有${zh}(${words.zh})`, `there is none yet: ${en} (${words.en})`))
  const taken = parties.flatMap((party) => party.taken)
  // One access of each platform comes first, so that the first lines of a long list show all platforms.
  const first = parties.flatMap((party) => party.taken.slice(0, 1))
  const passed = said(t(`${zh}:${taken.length} 次成功`, `${en}: accepted ${taken.length} times`))
  const rest = taken.filter((one) => !first.includes(one))
  return judged(
    [...wrong, ...gaps, ...more],
    [...missing, ...open],
    passed,
    [...first, ...rest].map(accessEvidence),
  )
}
