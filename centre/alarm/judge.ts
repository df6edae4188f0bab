// What begins and ends at one lot, by what is known of it now. Pure: a bad thing is an episode from when it was first seen
// until it has been good for long enough; it gets its matter when it has been bad for long enough.
import { t } from '#base/pure/words/fault-text.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { alarmTimes, certificateFound, ruleOf, type AlarmKind, type Fact } from './rules.ts'

export interface NodeSeen {
  readonly nodeId: string
  /** Its newest heartbeat. */
  readonly heardMs: InstantMs
  /** Null: its heartbeat cannot be read. */
  readonly facts: readonly Fact[] | null
}

export interface LotSeen {
  readonly lotId: string
  readonly isActive: boolean
  /** Of its last rows; null: none yet. */
  readonly rowsMs: InstantMs | null
  /** Those that are not revoked. */
  readonly keys: readonly { readonly use: string; readonly toMs: InstantMs }[]
  /** Those that had a heartbeat. */
  readonly nodes: readonly NodeSeen[]
}

interface Key {
  readonly lotId: string
  /** Empty: of the whole lot. */
  readonly nodeId: string
  readonly kind: AlarmKind
  readonly thing: string
}

export interface Episode extends Key {
  readonly badMs: InstantMs
  /** Null: it is bad now. */
  readonly goodMs: InstantMs | null
  /** It has an open matter. */
  readonly isNamed: boolean
}

/** `begin`: it gets a matter. `end`: the matter ends. `drop`: it is over without one. `keep`: only its times changed. */
export interface Change {
  readonly is: 'begin' | 'keep' | 'end' | 'drop'
  readonly episode: Episode
  readonly what: Fact['what']
}

/** Time in which the centre listened without a gap. */
export interface Listening {
  readonly sinceMs: InstantMs
  readonly untilMs: InstantMs
}

/** A restart of the program is shorter; after a longer gap, or a clock that was set, lots get their time anew. */
const gapMs = 30_000

export const listened = (before: Listening | null, nowMs: InstantMs): Listening => {
  const silentMs = nowMs - (before?.untilMs ?? -Infinity)
  const goesOn = before !== null && silentMs >= 0 && silentMs <= gapMs
  return { sinceMs: goesOn ? before.sinceMs : nowMs, untilMs: nowMs }
}

const keyOf = ({ lotId, nodeId, kind, thing }: Key): string =>
  JSON.stringify([lotId, nodeId, kind, thing])

/** `endMs`: how long it has to be good. */
function step(
  episode: Episode | undefined,
  { key, bad, nowMs, endMs }: { key: Key; bad: Fact | undefined; nowMs: InstantMs; endMs: number },
): readonly Change[] {
  const change = (is: Change['is'], own: Episode): readonly Change[] => [
    { is, episode: own, what: bad?.what ?? null },
  ]
  if (bad !== undefined) {
    const now: Episode = {
      ...key,
      badMs: episode?.badMs ?? bad.fromMs ?? nowMs,
      goodMs: null,
      isNamed: episode?.isNamed ?? false,
    }
    const isDue = bad.fromMs !== null || nowMs - now.badMs >= ruleOf(key.kind).afterMs
    if (!now.isNamed && isDue) return change('begin', { ...now, isNamed: true })
    return episode === undefined || episode.goodMs !== null ? change('keep', now) : []
  }
  if (episode === undefined) return []
  const goodMs = episode.goodMs ?? nowMs
  if (nowMs - goodMs >= endMs) return change(episode.isNamed ? 'end' : 'drop', episode)
  return episode.goodMs === null ? change('keep', { ...episode, goodMs }) : []
}

/** Changes of the episodes of one place (a node, or the whole lot). */
function steps(
  place: { readonly lotId: string; readonly nodeId: string },
  facts: readonly Fact[],
  { episodes, nowMs, isOver }: { episodes: readonly Episode[]; nowMs: InstantMs; isOver: boolean },
): readonly Change[] {
  const bad = new Map<string, Fact>()
  const keys = new Map<string, Key>()
  for (const fact of facts) {
    const { kind, thing, fromMs } = fact
    const isLater = fromMs !== null && nowMs < fromMs + ruleOf(kind).afterMs
    // Silence is judged by the time in which the centre listened.
    if (isLater && kind !== 'silent') continue
    const key = { ...place, kind, thing }
    keys.set(keyOf(key), key)
    bad.set(keyOf(key), fact)
  }
  const own = new Map(
    episodes.filter(({ nodeId }) => nodeId === place.nodeId).map((one) => [keyOf(one), one]),
  )
  for (const [at, { lotId, nodeId, kind, thing }] of own)
    keys.set(at, { lotId, nodeId, kind, thing })
  return [...keys].flatMap(([at, key]) => {
    const endMs = isOver ? 0 : ruleOf(key.kind).endMs
    return step(own.get(at), { key, bad: bad.get(at), nowMs, endMs })
  })
}

/** Bad until it is heard again, whatever the centre missed meanwhile. */
function isSilent(
  heardMs: InstantMs,
  named: Episode | undefined,
  { sinceMs }: Listening,
  nowMs: InstantMs,
): boolean {
  if (named !== undefined) return heardMs <= named.badMs
  // Behind a clock that was set back, a time of receipt may lie ahead.
  const fromMs = heardMs > nowMs ? sinceMs : Math.max(heardMs, sinceMs)
  return nowMs - fromMs >= alarmTimes.silentMs
}

/** `episodes`: those of the lot. */
export function judge(
  lot: LotSeen,
  episodes: readonly Episode[],
  { listening, nowMs }: { readonly listening: Listening; readonly nowMs: InstantMs },
): readonly Change[] {
  const { lotId, nodes, rowsMs, keys } = lot
  // A lot that was ended, or whose keys a person revoked, is not expected to say anything.
  const isExpected = lot.isActive && keys.length > 0
  const heardMs = Math.max(...nodes.map((node) => node.heardMs), rowsMs ?? -Infinity)
  const named = episodes.find(({ kind, isNamed }) => kind === 'silent' && isNamed)
  const silent: readonly Fact[] =
    nodes.length > 0 && isSilent(heardMs, named, listening, nowMs)
      ? [{ kind: 'silent', thing: '', what: null, fromMs: heardMs }]
      : []
  const certificates = keys.map(({ use, toMs }): Fact => {
    const what = use === 'tls' ? t('连接', 'connection') : t('签名', 'signatures')
    return { kind: 'certificateEnds', ...certificateFound(`centre ${use}`, what, toMs) }
  })
  const facts = isExpected ? [...silent, ...certificates] : []
  const known = { episodes, nowMs, isOver: !isExpected }
  return [
    ...steps({ lotId, nodeId: '' }, facts, known),
    ...nodes.flatMap((node) => {
      const ageMs = nowMs - node.heardMs
      const isRetired = heardMs - node.heardMs > alarmTimes.retiredMs
      const isOver = !isExpected || isRetired
      if (!isOver && (ageMs >= alarmTimes.freshMs || node.facts === null)) return []
      const now = isOver ? [] : (node.facts ?? [])
      return steps({ lotId, nodeId: node.nodeId }, now, { episodes, nowMs, isOver })
    }),
  ]
}
