// Between the link and its viewers: nothing is lost at 10,000 frames a second, losses are counted, and a filter
// hides rows without losing the position.
import { describe, expect, it } from 'vitest'
import { FrameService } from '#devices/frame-log/frame-service.ts'
import { rsuFrameDecoder } from '#devices/frame-log/frame-decoder.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { frameFits, frameTypesOf, type FilteredFrame } from '#base/pure/data/frame-filter.ts'
import { present } from '#base/pure/values/must.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'

const heartbeat = present(
  bytesOfHex('FFFF000100000012B10011010201000002000000010001000000CD36'),
  'hex',
)
const antennaOn = present(bytesOfHex('FFFF004000000002C4014D8E'), 'hex')

class Bench {
  readonly ring: FrameRing
  readonly service: FrameService
  private us = 0

  constructor(max?: number) {
    this.ring = new FrameRing(() => 0, max)
    const decoder = rsuFrameDecoder(rsuVariant('generic-ver'))
    this.service = new FrameService({ laneId: 'exit', device: 'rsu', ring: this.ring, decoder })
  }
  hear(bytes: Uint8Array, count = 1): void {
    for (let i = 0; i < count; i++) {
      const atMs = Math.floor(this.us / 1000)
      this.ring.took({ type: 'bytes', bytes, atMs, businessNowMs: atMs }, this.us)
      this.us += 100
    }
  }
  say(bytes: Uint8Array): void {
    this.ring.sent(bytes, this.us)
  }
  /** Every row, page by page. */
  all(after: number, limit = 500) {
    let next = after
    let dropped = 0
    const seqs: number[] = []
    for (let more = true; more;) {
      const page = this.service.read(next, limit)
      seqs.push(...page.rows.map(({ seq }) => seq))
      dropped += page.dropped
      next = page.next
      more = page.more
    }
    return { seqs, dropped, next }
  }
}

describe('a watcher', () => {
  it('four times a second misses none of 10,000 frames a second', () => {
    const bench = new Bench()
    let next = 0
    let count = 0
    for (let quarter = 0; quarter < 40; quarter++) {
      bench.hear(heartbeat, 2_500)
      const page = bench.all(next, 1_000)
      expect(page.dropped).toBe(0)
      count += page.seqs.length
      next = page.next
    }
    expect(count).toBe(100_000)
  })

  it('that comes too late is told how many it missed, and never more than that', () => {
    const bench = new Bench(1_000)
    bench.hear(heartbeat, 10)
    const early = bench.all(0)
    bench.hear(heartbeat, 5_000)
    const late = bench.all(early.next)
    expect(late.seqs).toHaveLength(1_000)
    expect(late.dropped).toBe(4_000)
  })

  it('that begins in the middle misses nothing', () => {
    const bench = new Bench(1_000)
    bench.hear(heartbeat, 5_000)
    expect(bench.all(0)).toMatchObject({ dropped: 0 })
  })

  it('from another life of the runtime begins anew', () => {
    const bench = new Bench()
    bench.hear(heartbeat, 3)
    expect(bench.all(900)).toEqual({ seqs: [1, 2, 3], dropped: 0, next: 3 })
  })

  it('beside another sees the same rows', () => {
    const bench = new Bench()
    bench.hear(heartbeat, 20)
    expect(bench.all(0, 7)).toEqual(bench.all(0, 100))
  })

  it('with a filter keeps its place and is told of no drop', () => {
    const bench = new Bench()
    bench.hear(heartbeat, 10)
    bench.say(antennaOn)
    bench.hear(heartbeat, 10)
    const page = bench.service.read(0, 100, { direction: 'out' })
    expect(page).toMatchObject({ next: 21, dropped: 0, more: false })
    expect(page.rows).toEqual([expect.objectContaining({ seq: 11, type: 'C4', ok: true })])
  })
})

it('a ring whose begin was overwritten is not whole', () => {
  const bench = new Bench(10)
  bench.hear(heartbeat, 10)
  expect(bench.ring.isWhole).toBe(true)
  bench.hear(heartbeat)
  expect(bench.ring.isWhole).toBe(false)
})

const row: FilteredFrame = {
  laneId: 'exit',
  device: 'rsu',
  direction: 'in',
  type: 'B2',
  name: 'obuInfo',
  hex: 'FFFF000400000025B202001234',
  reason: '',
  fields: { obuId: '02001234', deviceType: 'twoPiece' },
}

describe('the filter', () => {
  it.each([
    [{}, true],
    [{ direction: 'in' }, true],
    [{ direction: 'out' }, false],
    [{ types: ['B2', 'B4'] }, true],
    [{ types: ['C6'] }, false],
    [{ laneId: 'exit' }, true],
    [{ laneId: 'entry' }, false],
    [{ laneId: '' }, true],
    [{ device: 'barrier' }, false],
    [{ text: '02 00 12 34' }, true],
    [{ text: 'TWOPIECE' }, true],
    [{ text: 'obuinfo' }, true],
    [{ text: 'C6' }, false],
    [{ text: '  ' }, true],
    [{ direction: 'in', types: ['B2'], text: 'nothing of it' }, false],
    [{ text: '标签', names: ['obuInfo'] }, true],
    [{ text: 'OBU 号', names: ['obuId', 'mac'] }, true],
    [{ text: '双片式', names: ['twoPiece'] }, true],
    [{ text: '单片式', names: ['singlePiece', 'obu'] }, false],
    [{ direction: 'out', text: '标签', names: ['obuInfo'] }, false],
  ] as const)('%j: %s', (filter, fits) => {
    expect(frameFits(filter, row)).toBe(fits)
  })

  it('always shows that the link went, unless the text is another', () => {
    const gone = { ...row, direction: 'link', type: 'down', hex: '', reason: 'closed' } as const
    expect(frameFits({ direction: 'out', types: ['C6'] }, gone)).toBe(true)
    expect(frameFits({ text: 'B5' }, gone)).toBe(false)
  })

  it('takes types as people write them', () => {
    expect(frameTypesOf(' b2, C1  c6')).toEqual(['B2', 'C1', 'C6'])
    expect(frameTypesOf('')).toEqual([])
  })
})
