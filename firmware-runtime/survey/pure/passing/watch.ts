// Derives facts about passages from the events of a working lane: loops, antenna, and the OBUs that answer.
// OBU ids are kept in memory only, for the minute needed to tell own from foreign ones.
import type { PassingFact } from './facts.ts'

/** Time after leaving the loop under the boom at which a car is out of reach of every antenna. */
const afterMs = 8_000
/** An OBU that answered up to this long before a car arrived, or during its passage, may belong to that car. */
const beforeMs = 15_000
/** An OBU that answers after this silence counts as a new sighting. */
const sightGapMs = 5_000
/** Repetition of an unconfirmed frame by the antenna: 120 ms, rsu-interface.md. */
const repeatMs = 150
const sightsMax = 256
/** A car that has left may answer again while it turns outside. */
const remembersMs = 60_000
/** Longest passage; a car that stands longer is not an ordinary passage. */
const passageMsMax = 600_000
/** Upper bound of simultaneous passages, so that fluttering loops do not fill memory. */
const openMax = 8

interface Passage {
  readonly onMs: number
  triggerOffMs: number | null
  underOnMs: number | null
  underOffMs: number | null
  own: string | null
}

interface Sight {
  readonly obuId: string
  readonly firstMs: number
  lastMs: number
  /** Time of its last frame, repetitions included. */
  saidMs: number
  tries: number
  taken: boolean
  /** It answered while a car with an unknown OBU was here. */
  unsure: boolean
}

interface Search {
  readonly onMs: number
  offMs: number | null
}

type LoopWord = 'on' | 'off' | 'unknown'

export class PassingWatch {
  private readonly emit: (fact: PassingFact) => void
  private passages: Passage[] = []
  private sights: Sight[] = []
  private searches: Search[] = []
  private readonly last: Record<'arrive' | 'under', LoopWord> = { arrive: 'off', under: 'off' }
  private recent = new Map<string, number>()

  constructor(emit: (fact: PassingFact) => void) {
    this.emit = emit
  }

  loop(loop: 'arrive' | 'under', state: LoopWord, atMs: number): void {
    this.settle(atMs)
    const before = this.last[loop]
    this.last[loop] = state
    // A gap in the loop states: the positions of the cars are unknown.
    if (state === 'unknown') {
      for (const one of this.passages) if (one.underOffMs === null) this.drop(one, atMs)
      this.passages = this.passages.filter(({ underOffMs }) => underOffMs !== null)
      return
    }
    // After a gap the time of the change is unknown.
    if (before === 'unknown' || before === state) return
    if (loop === 'arrive' && state === 'on') {
      if (this.passages.length < openMax)
        this.passages.push({
          onMs: atMs,
          triggerOffMs: null,
          underOnMs: null,
          underOffMs: null,
          own: null,
        })
      return
    }
    const open = (name: 'triggerOffMs' | 'underOnMs' | 'underOffMs'): Passage | undefined =>
      this.passages.find((one) => one[name] === null)
    if (loop === 'arrive') this.mark(open('triggerOffMs'), 'triggerOffMs', atMs)
    else if (state === 'on') this.mark(open('underOnMs'), 'underOnMs', atMs)
    else if (open('underOffMs')?.underOnMs !== null)
      this.mark(open('underOffMs'), 'underOffMs', atMs)
  }

  private mark(
    passage: Passage | undefined,
    name: 'triggerOffMs' | 'underOnMs' | 'underOffMs',
    atMs: number,
  ): void {
    if (passage !== undefined) passage[name] = atMs
  }

  /** The antenna started or stopped searching. */
  antenna(on: boolean, atMs: number): void {
    const last = this.searches.at(-1)
    const isOn = last !== undefined && last.offMs === null
    if (on === isOn) return
    if (on) this.searches.push({ onMs: atMs, offMs: null })
    else if (last !== undefined) last.offMs = atMs
  }

  /** An OBU answered a call of the antenna: the first frame of a try. */
  heard(obuId: string, atMs: number): void {
    const before = this.sights.findLast((one) => one.obuId === obuId)
    if (before !== undefined && atMs - before.saidMs < sightGapMs) {
      const isRepeat = atMs - before.saidMs < repeatMs
      before.saidMs = atMs
      if (isRepeat) return
      before.lastMs = atMs
      before.tries++
      return
    }
    const times = { firstMs: atMs, lastMs: atMs, saidMs: atMs }
    // With an unknown loop it is unknown whether a car of this lane is here.
    const unsure = this.last.arrive === 'unknown' || this.last.under === 'unknown'
    this.sights.push({ obuId, ...times, tries: 1, taken: false, unsure })
    if (this.sights.length > sightsMax) this.sights.shift()
  }

  /** The lane identified this OBU as that of the car in it, by plate and card. */
  own(obuId: string): void {
    // The lane may still report it for a moment after it left.
    if (this.recent.has(obuId) || this.passages.some((one) => one.own === obuId)) return
    // The first passage that has not left the boom: the lane serves cars in order.
    const passage = this.passages.find(({ underOffMs }) => underOffMs === null)
    if (passage !== undefined) passage.own = obuId
    // A car that the loops lost does not belong to the adjacent lane either.
    else this.recent.set(obuId, this.sights.findLast((one) => one.obuId === obuId)?.lastMs ?? 0)
  }

  /** The lanes stop: reports cars that have left the boom without waiting for late answers. */
  end(nowMs: number): void {
    this.settle(nowMs + afterMs)
  }

  /** Reports passages that have ended by now. */
  settle(nowMs: number): void {
    const isOver = ({ underOffMs }: Passage): boolean =>
      underOffMs !== null && nowMs - underOffMs >= afterMs
    const stands = ({ onMs }: Passage): boolean => nowMs - onMs >= passageMsMax
    for (const one of this.passages)
      if (isOver(one)) this.tell(one)
      else if (stands(one)) this.drop(one, nowMs)
    this.passages = this.passages.filter((one) => !isOver(one) && !stands(one))
    this.tellBeside(nowMs)
    const oldest = Math.min(nowMs, ...this.passages.map(({ onMs }) => onMs)) - remembersMs
    this.searches = this.searches.filter(({ offMs }) => offMs === null || offMs >= oldest)
    for (const [obuId, atMs] of this.recent)
      if (nowMs - atMs > remembersMs) this.recent.delete(obuId)
  }

  /** Merges the answers of an OBU within one passage into one sighting, because a lane may lose and find it again. */
  private sightOf(passage: Passage): Sight | null {
    const all = this.sights.filter((one) => one.obuId === passage.own && this.near(one, passage))
    const [first] = all
    if (first === undefined) return null
    for (const one of all) one.taken = true
    const tries = all.reduce((sum, one) => sum + one.tries, 0)
    return { ...first, lastMs: all.at(-1)?.lastMs ?? first.lastMs, tries }
  }

  private near(sight: Sight, { onMs, underOffMs }: Passage): boolean {
    const untilMs = underOffMs === null ? Infinity : underOffMs + afterMs
    return sight.lastMs >= onMs - beforeMs && sight.firstMs <= untilMs
  }

  /** Ends a passage: OBUs that answered with it belong to no other car, and for a while not to the adjacent lane. */
  private drop(passage: Passage, atMs: number): void {
    if (passage.own !== null) this.recent.set(passage.own, atMs)
    else for (const one of this.sights) if (this.near(one, passage)) one.unsure = true
  }

  private tell(passage: Passage): void {
    const { onMs, triggerOffMs, underOnMs, underOffMs } = passage
    this.drop(passage, underOffMs ?? onMs)
    if (triggerOffMs === null || underOnMs === null || underOffMs === null) return
    const sight = this.sightOf(passage)
    const since = (atMs: number): number => Math.round(atMs - onMs)
    const search = this.searches.findLast(
      (one) => one.onMs <= (sight?.firstMs ?? underOffMs) && (one.offMs ?? Infinity) > onMs,
    )
    const off = this.searches.find(
      ({ offMs }) => offMs !== null && offMs >= (sight?.lastMs ?? onMs),
    )
    const offMs = off?.offMs ?? null
    const isOffAfter = sight !== null && offMs !== null && offMs < underOffMs + afterMs
    this.emit({
      kind: 'passage',
      triggerOffMs: since(triggerOffMs),
      underOnMs: since(underOnMs),
      underOffMs: since(underOffMs),
      // A search that began long before the car gives no further information.
      searchOnMs: search === undefined ? null : Math.max(since(search.onMs), -beforeMs),
      firstMs: sight === null || search === undefined ? null : since(sight.firstMs),
      lastMs: sight === null || search === undefined ? null : since(sight.lastMs),
      tries: search === undefined ? 0 : (sight?.tries ?? 0),
      searchOffMs: isOffAfter ? since(offMs) : null,
    })
  }

  /** Reports ended sightings that belonged to no car of this lane. */
  private tellBeside(nowMs: number): void {
    const waits = ({ lastMs }: Sight): boolean => nowMs - lastMs < beforeMs
    const isOpen = (sight: Sight): boolean => this.passages.some((one) => this.near(sight, one))
    for (const sight of this.sights) {
      if (sight.taken || waits(sight) || isOpen(sight)) continue
      sight.taken = true
      if (!this.recent.has(sight.obuId)) this.emit({ kind: 'beside', unsure: sight.unsure })
    }
    this.sights = this.sights.filter((one) => !one.taken || nowMs - one.lastMs < remembersMs)
  }
}
