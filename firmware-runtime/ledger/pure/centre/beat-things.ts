// What of a heartbeat is news: the things of a lot by name, each with a state. A lot sends a heartbeat at once when one of
// them changes, and its centre keeps each change. A step of a passage, a count and a sum are no news.
import { canonicalJson } from '#base/pure/data/json.ts'
import type { Beat, BeatLane } from './beat.ts'

interface BeatThing {
  readonly state: string
  /** Why; only what lasts as long as the state does. */
  readonly detail: Readonly<Record<string, string | boolean | null>>
}

/** A thing that the heartbeat before had. */
const goneState = 'gone'

function laneThing({ isEtcReady, waiting, boomFault }: BeatLane): BeatThing {
  const reason = waiting?.reason ?? null
  const usual = isEtcReady === false ? 'noEtc' : 'ready'
  const state = boomFault ?? (reason === null ? usual : 'waiting')
  return { state, detail: { isEtcReady, waiting: reason, boom: boomFault ?? null } }
}

const thing = (state: string, detail: BeatThing['detail'] = {}): BeatThing => ({ state, detail })

/** `lane L01`, `device L01 camera`, `clock`, `disk`, `platform`, `network`, `version`. */
function thingsOf(beat: Beat): ReadonlyMap<string, BeatThing> {
  const { clock, disk, platform, network, version, build, lanes, devices } = beat
  const diskState = disk?.isLow === true ? 'low' : 'enough'
  return new Map<string, BeatThing>([
    ...lanes.map((lane) => [`lane ${lane.laneId}`, laneThing(lane)] as const),
    ...devices.map(
      ({ laneId, kind, state, reason }) =>
        [`device ${laneId} ${kind}`, thing(state, { reason })] as const,
    ),
    ['clock', thing(clock.isDoubtful ? 'doubtful' : 'trusted', { ntp: clock.ntp })],
    ['disk', thing(disk === null ? 'notKnown' : diskState)],
    ['platform', thing(platform)],
    ['network', thing(network)],
    ['version', thing(version, { build })],
  ])
}

export interface BeatChange extends BeatThing {
  readonly thing: string
}

/** In the order of the heartbeat; `before`: null for the first one, of which each thing is a change. */
export function changesBetween(before: Beat | null, after: Beat): readonly BeatChange[] {
  const known = before === null ? new Map<string, BeatThing>() : thingsOf(before)
  const now = thingsOf(after)
  const changed = [...now].flatMap(([name, { state, detail }]) =>
    canonicalJson(known.get(name) ?? null) === canonicalJson({ state, detail })
      ? []
      : [{ thing: name, state, detail }],
  )
  const gone = [...known.keys()].filter((name) => !now.has(name))
  return [...changed, ...gone.map((name) => ({ thing: name, state: goneState, detail: {} }))]
}

/** A text that differs when something of the lot is news for its centre: beside its things, what waits and a full lot. */
export const newsOf = (beat: Beat): string =>
  canonicalJson([
    [...thingsOf(beat)].map(([name, { state, detail }]) => [name, state, detail]),
    beat.matters.map(({ key }) => key),
    beat.spaces.free === 0,
  ])
