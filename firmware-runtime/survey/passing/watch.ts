// Makes facts of passages out of what a lane hears as it works: its loops, its antenna, the OBUs that answer.
// OBU ids stay in memory for the minute in which they are needed to tell own from foreign.
import type { PassingFact } from './facts.ts'

/** A car is out of every antenna's reach so long after it left the loop under the boom. */
const afterMs = 8_000
/** An OBU that answered this long before a car came, or within it, may be that car's. */
const beforeMs = 15_000
/** The same OBU after a silence this long is another sight of it. */
const sightGapMs = 5_000
/** A frame that the antenna says again because nobody confirmed it: 120 ms, rsu-interface.md. */
const repeatMs = 150
const sightsMax = 256
/** A car that was here may answer once more as it turns round outside. */
const remembersMs = 60_000
/** No loop tells a passage longer than this; what stands that long is no ordinary one. */
const passageMsMax = 600_000
/** More at once than any lane holds: loops that flutter do not fill memory. */
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
  /** Of any frame of it, repeats of the link included. */
  saidMs: number
  tries: number
  taken: boolean
  /** It answered while a car was here whose own OBU nobody knows. */
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
    // A gap in what the loops say: which car was where is not known any more.
    if (state === 'unknown') {
      for (const one of this.passages) if (one.underOffMs === null) this.drop(one, atMs)
      this.passages = this.passages.filter(({ underOffMs }) => underOffMs !== null)
      return
    }
    // Behind a gap nobody knows when it changed.
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

  /** The antenna searches, or stopped. */
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
    // Where a loop is unknown nobody knows whether a car of this lane is here.
    const unsure = this.last.arrive === 'unknown' || this.last.under === 'unknown'
    this.sights.push({ obuId, ...times, tries: 1, taken: false, unsure })
    if (this.sights.length > sightsMax) this.sights.shift()
  }

  /** The lane took this OBU for that of the car which stands in it, by plate and card. */
  own(obuId: string): void {
    // It may still be called the lane's car for a moment after it left.
    if (this.recent.has(obuId) || this.passages.some((one) => one.own === obuId)) return
    // The first that has not left the boom: the lane serves one after the other.
    const passage = this.passages.find(({ underOffMs }) => underOffMs === null)
    if (passage !== undefined) passage.own = obuId
    // A car that the loops lost is none of the lane beside either.
    else this.recent.set(obuId, this.sights.findLast((one) => one.obuId === obuId)?.lastMs ?? 0)
  }

  /** The lanes stop: who has left the boom is told without waiting for a late answer. */
  end(nowMs: number): void {
    this.settle(nowMs + afterMs)
  }

  /** Tells what is over by now. */
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

  /** Answers of an OBU within one passage, as one: a lane may lose it and find it again. */
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

  /** What answered with it belongs to no other car, and for a while to no lane beside. */
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
      // Long before the car the antenna searched all the time: more says nothing.
      searchOnMs: search === undefined ? null : Math.max(since(search.onMs), -beforeMs),
      firstMs: sight === null || search === undefined ? null : since(sight.firstMs),
      lastMs: sight === null || search === undefined ? null : since(sight.lastMs),
      tries: search === undefined ? 0 : (sight?.tries ?? 0),
      searchOffMs: isOffAfter ? since(offMs) : null,
    })
  }

  /** Sights that are over and were no car's of this lane. */
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
