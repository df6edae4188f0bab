// The rules of alarms, a row for each kind: what of a heartbeat is bad, how long it has to last, and how long it must be
// good again before its matter ends, so that a device that comes and goes is one matter.
import type { Beat, BeatMatter } from '#ledger/pure/centre/beat.ts'
import type { MatterKindName } from '#base/pure/values/centre-matters.ts'
import { isOtherChannel, channelWords } from '#base/pure/lot/destination-members.ts'
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { dayMs, minuteMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'

/** Something bad of a lot or of one of its nodes. */
export interface Fact {
  readonly kind: AlarmKind
  /** What of the lot: `device L01 camera`, `lane L01`; empty: the whole lot. */
  readonly thing: string
  /** The same for people; null: the kind says it all. */
  readonly what: BilingualText | null
  /** Since when, on the centre's clock; null: since it was first seen. */
  readonly fromMs: InstantMs | null
}

type Found = Omit<Fact, 'kind'>

interface Rule {
  /** It begins when it has been bad for so long. */
  readonly afterMs: number
  /** It ends when it has been good for so long. */
  readonly endMs: number
  /** `heardMs`: receipt of the heartbeat. */
  readonly of?: (beat: Beat, heardMs: InstantMs) => readonly Found[]
}

export const alarmTimes = {
  /** Neither heartbeat nor rows. */
  silentMs: 150_000,
  /** A heartbeat that is older says nothing about now. */
  freshMs: 90_000,
  /** A node that has said nothing for so long while another one of its lot did is out of use. */
  retiredMs: dayMs,
  /** Before the end of a certificate. */
  certificateMs: 30 * dayMs,
  recordsSec: dayMs / 1_000,
} as const

const settleMs = 2 * minuteMs
const waitMs = 3 * minuteMs

/** A time of the lot's clock on the centre's. */
function heardOf(beat: Beat, iso: string | null, heardMs: InstantMs): InstantMs | null {
  const [at, since] = [parseIso(beat.atIso), parseIso(iso ?? '')]
  return at === null || since === null ? null : heardMs - Math.max(0, at - since)
}

const laneOf = ({ lanes }: Beat, laneId: string): BilingualText =>
  lanes.find((lane) => lane.laneId === laneId)?.name ?? t(laneId, laneId)

function deviceOf(beat: Beat, laneId: string, kind: string): BilingualText {
  const lane = laneOf(beat, laneId)
  const found = Object.entries(deviceKinds).find(([name]) => name === kind)?.[1]
  const { zh, en } = found !== undefined && 'lane' in found ? found.lane.words : t(kind, kind)
  return t(`${lane.zh}的${zh}`, `${en} of ${lane.en}`)
}

/** Kinds of the lot's own inbox that a rule of this table tells, or that are about the centre. */
const told = ['boom', 'car', 'centre', 'certificate', 'clock', 'device', 'heldRecord']
const matterOf =
  (holds: (matter: BeatMatter) => boolean) =>
  (beat: Beat, heardMs: InstantMs): readonly Found[] =>
    beat.matters
      .filter(holds)
      .map(({ kind, key, what, sinceIso }) => ({
        thing: `matter ${kind} ${key}`.slice(0, 200),
        what,
        fromMs: heardOf(beat, sinceIso, heardMs),
      }))
const whole = (isBad: boolean): readonly Found[] =>
  isBad ? [{ thing: '', what: null, fromMs: null }] : []
const platformOf = (of: string): BilingualText =>
  of === 'platform' || isOtherChannel(of) ? channelWords[of] : t(of, of)

const rules = {
  silent: { afterMs: 0, endMs: 0 },
  deviceDown: {
    afterMs: settleMs,
    endMs: settleMs,
    of: (beat) =>
      beat.devices
        .filter(({ state }) => state === 'down')
        .map(({ laneId, kind }) => ({
          thing: `device ${laneId} ${kind}`,
          what: deviceOf(beat, laneId, kind),
          fromMs: null,
        })),
  },
  carWaits: {
    afterMs: waitMs,
    endMs: 0,
    of: (beat, heardMs) =>
      beat.lanes.flatMap(({ laneId, name, waiting }) =>
        waiting === null
          ? []
          : {
              thing: `lane ${laneId}`,
              what: name,
              fromMs: heardOf(beat, waiting.sinceIso, heardMs),
            },
      ),
  },
  boomLeftUp: { afterMs: 0, endMs: settleMs, of: matterOf(({ kind }) => kind === 'boom') },
  clockDoubt: { afterMs: 0, endMs: settleMs, of: ({ clock }) => whole(clock.isDoubtful) },
  diskLow: { afterMs: 0, endMs: settleMs, of: ({ disk }) => whole(disk?.isLow === true) },
  lotMatter: {
    afterMs: waitMs,
    endMs: settleMs,
    of: matterOf(({ kind, isUrgent }) => isUrgent && !told.includes(kind)),
  },
  recordsWait: {
    afterMs: 0,
    endMs: settleMs,
    of: ({ queue: { poison, oldestAgeSec } }) =>
      whole(poison > 0 || (oldestAgeSec ?? 0) > alarmTimes.recordsSec),
  },
  certificateEnds: {
    afterMs: 0,
    endMs: 0,
    // Those of the centre are its own: it knows which of them are in use.
    of: ({ certificates }) =>
      certificates.flatMap(({ of, toIso }) => {
        const toMs = of === 'centre' ? null : parseIso(toIso)
        return toMs === null ? [] : certificateFound(of, platformOf(of), toMs)
      }),
  },
} as const satisfies Readonly<Partial<Record<MatterKindName, Rule>>>

export type AlarmKind = keyof typeof rules
export const alarmKinds = Object.keys(rules) as readonly AlarmKind[]
export const isAlarm = (kind: string): kind is AlarmKind => Object.hasOwn(rules, kind)
export const ruleOf = (kind: AlarmKind): Rule => rules[kind]

/** `what`: whose it is. */
export const certificateFound = (of: string, what: BilingualText, toMs: InstantMs): Found => ({
  thing: `certificate ${of}`,
  what,
  fromMs: toMs - alarmTimes.certificateMs,
})

/** What is bad or will be by a heartbeat, before its times are looked at. Throws for one of another shape. */
export const factsOf = (beat: Beat, heardMs: InstantMs): readonly Fact[] =>
  alarmKinds.flatMap((kind) =>
    (ruleOf(kind).of?.(beat, heardMs) ?? []).map((one) => ({ ...one, kind })),
  )
