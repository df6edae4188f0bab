// What outside its folder binds the past of a ledger, by day. Whoever holds a folder also holds the key of its chain and can
// write the chain anew; what a platform says about a charge, and a time stamp over the head of the chain, cannot be written
// anew (conformance.md, second part, 1).
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { dayMs, isoOf, minuteMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { PlatformWord } from '#ledger/pure/facts.ts'
import { channelWords } from '#base/pure/lot/destination-members.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import type { Finding } from './item.ts'
import type { Binding, HeadStamp, Past, UnrecordedCertificate } from '#ledger/pure/past-facts.ts'

/** A stamp later than this after its day binds nothing: the day could be written anew until then. Assumed. */
const stampWithinMs = dayMs
/** A stamp that is earlier than the row under it, apart from the error of two clocks, is of rows dated ahead. Assumed. */
const clocksApartMs = 10 * minuteMs

const dayOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)

interface PastSources {
  readonly words: readonly PlatformWord[]
  readonly stamps: readonly HeadStamp[]
  readonly unrecorded?: readonly UnrecordedCertificate[]
}

/** `rows`: judged, of this lot. */
export function pastOf(
  rows: readonly LedgerRow[],
  { words, stamps, unrecorded = [] }: PastSources,
  isStarted: boolean,
): Past {
  const confirmed = new Map(
    words.flatMap(({ says, businessNo, amountFen }) =>
      says === 'has' ? [[businessNo, amountFen] as const] : [],
    ),
  )
  const days = Map.groupBy(
    rows.filter(({ stayId }) => stayId !== undefined),
    ({ atMs }) => dayOf(atMs),
  )
  return {
    isStarted,
    stamps,
    unrecorded,
    days: [...days].toSorted().map(([day, own]) => {
      const endMs = (parseIso(`${day}T00:00:00+08:00`) ?? 0) + dayMs
      const isKnown = own.some(
        (row) =>
          row.kind === 'outbox' &&
          confirmed.has(row.body.businessNo) &&
          [row.amountFen ?? null, null].includes(confirmed.get(row.body.businessNo) ?? null),
      )
      const last = own.reduce((a, b) => (b.seq > a.seq ? b : a))
      const isStamped = stamps.some(({ nodeId, seq, held }) => {
        const heldMs = held === null ? null : parseIso(held.atIso)
        const isOfRows = nodeId === last.nodeId && seq >= last.seq && heldMs !== null
        return isOfRows && heldMs >= last.atMs - clocksApartMs && heldMs <= endMs + stampWithinMs
      })
      return {
        day,
        by: [
          ...(isKnown ? (['platform'] as const) : []),
          ...(isStamped ? (['timeStamp'] as const) : []),
        ],
      }
    }),
  }
}

const bindings: readonly Binding[] = ['platform', 'timeStamp']

export const bindingsOf = ({ days }: Pick<Past, 'days'>): readonly Binding[] =>
  bindings.filter((one) => days.some(({ by }) => by.includes(one)))

const noStart = t(
  '账本里没有本停车场的启动记录:无法证明这些记录属于哪个停车场、由什么设备产生;请启动车道,通车后再判定',
  'The ledger has no start of this car park: nothing proves whose rows these are and what made them; start the lanes, let cars pass and judge again',
)
const unbound = t(
  '账本的过去没有任何外部证据:平台没有确认其中的扣费,也没有时间戳;请接入平台,等它确认了一笔扣费后再判定,或写明时间戳服务,让账本每天夜里取时间戳',
  'Nothing outside binds the past of the ledger: no platform confirms a charge of it, and there is no time stamp; join a platform and judge again when it has confirmed a charge, or name a time-stamping service, so that the ledger gets a stamp each night',
)

/** Sources that lie in the folder: a pass by them rests on the past. */
const inFolder: readonly Finding['evidence'][number]['source'][] = ['ledger', 'frame', 'access']

const noCertificate = ({ channel, fromIso }: UnrecordedCertificate): BilingualText => {
  const { zh, en } = ownWord(channelWords, channel) ?? t(channel, channel)
  return t(
    `${zh}收下了记录,账本却没有它的 TLS 证书(车道启动 ${fromIso.slice(0, 19)}):无法证明是谁答复的;请重新启动车道后再判定`,
    `${en} accepted records, and the ledger has no TLS certificate of it (start of the lanes ${fromIso.slice(0, 19)}): nothing proves who answered; start the lanes again and judge again`,
  )
}

function doubtOf(finding: Finding, past: Past): BilingualText | null {
  const [nameless] = past.unrecorded
  if (!finding.evidence.some(({ source }) => inFolder.includes(source))) return null
  if (!past.isStarted) return noStart
  if (bindingsOf(past).length === 0) return unbound
  return nameless === undefined ? null : noCertificate(nameless)
}

/**
 * A pass that rests on the past needs a start, something outside that binds it, and of a platform the certificate under
 * which it answered; else the item is incomplete.
 */
export function boundFinding(finding: Finding, past: Past): Finding {
  const words = doubtOf(finding, past)
  if (words === null || finding.otherwise !== 'pass') return finding
  const otherwise = 'incomplete'
  return finding.verdict === 'pass'
    ? { ...finding, verdict: 'incomplete', otherwise, words }
    : { ...finding, otherwise }
}
