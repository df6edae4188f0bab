// What the display driver guarantees the lane: the latest page, complete and acknowledged, or a true report that the board
// is silent, locked, refusing, echoing or set never to reply.
import { describe, expect, it } from 'vitest'
import type { DisplayConfig } from '#devices/pure/display/olm/config.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { DisplayBench, page } from './bench.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const noon = instantOf(2026, 3, 2, 12 * hourMs)

describe('a page', () => {
  it('is on the board and said, and only then told as shown', () => {
    const bench = new DisplayBench().ready()
    bench.show(['测A12345', '停2时13分', '12元', '一路顺风'], '测A12345,收费12元')
    expect(bench.told('shown')).toEqual([])
    bench.run(60)
    expect(bench.told('shown'), 'four lines take longer').toEqual([])
    bench.run(600)
    expect(bench.lines).toEqual(['测A12345', '停2时13分', '12元', '一路顺风'])
    expect(bench.model.board.said).toBe('测A12345,收费12元')
    expect(bench.events.at(-1)).toEqual({
      type: 'shown',
      lines: ['测A12345', '停2时13分', '12元', '一路顺风'],
      spoken: '测A12345,收费12元',
      lossy: false,
    })
  })
  it.each(['lines', 'page'] as const)('the latest wins, %s', (frames) => {
    const bench = new DisplayBench({ frames }).ready()
    for (let i = 0; i < 50; i++) bench.show([`${i}`], `${i}`)
    bench.run(2_000)
    expect(bench.lines[0]).toBe('49')
    expect(bench.model.board.said).toBe('49')
    expect(bench.told('shown')).toHaveLength(1)
    expect(bench.model.board.saidCount).toBeLessThanOrEqual(2)
  })
  it('keeps no more than one page of frames, however many come', () => {
    const bench = new DisplayBench().ready()
    bench.silence(true)
    for (let i = 0; i < 500; i++) bench.show([`${i}`, 'a', 'b', 'c'], 'x')
    expect(bench.state.jobs.length).toBeLessThanOrEqual(5)
    expect(bench.state.care.length).toBeLessThanOrEqual(5)
  })
  it('blank lines wipe what stood there', () => {
    const bench = new DisplayBench().ready()
    bench.show(['一', '二', '三', '四'])
    bench.run(1_000)
    bench.show([])
    bench.run(1_000)
    expect(bench.lines).toEqual(['', '', '', ''])
  })
  it.each<[Partial<DisplayConfig>, readonly string[], readonly boolean[]]>([
    [{ rows: 2 }, ['未读到ETC标签', '请缴费 12元', '', ''], [true, true, false, false]],
    [{ columns: 16 }, ['未读到ETC标签', '请缴费', '12元', ''], [false, false, false, false]],
    [{ rows: 1 }, ['未读到ETC标签 请缴费 12元', '', '', ''], [true, false, false, false]],
  ])('fits the board: %j', (over, lines, runs) => {
    for (const frames of ['lines', 'page'] as const) {
      const bench = new DisplayBench({ ...over, frames }).ready()
      bench.show(['未读到ETC标签', '请缴费', '12元'])
      bench.run(1_500)
      expect(bench.lines).toEqual(lines)
      expect(bench.model.board.lines.map((line) => line.runs)).toEqual(runs)
    }
  })
  it('a line too long for one frame of a page goes line by line', () => {
    const bench = new DisplayBench({ rows: 1, frames: 'page' }).ready()
    const words = ['疑似重复扣费', '已停止', '请用其他方式缴费', '12元', '请联系值班员']
    bench.show(words)
    bench.run(1_000)
    expect(bench.lines[0]).toBe(words.join(' '))
    expect(bench.model.state()['requests']).not.toHaveProperty('6F')
  })
  it('says by name what GBK has no character for', () => {
    const bench = new DisplayBench().ready()
    bench.show(['¥ 12', '𠮷'])
    bench.run(1_000)
    expect(bench.lines.slice(0, 2)).toEqual(['? 12', '?'])
    expect(bench.events.at(-1)).toMatchObject({ lossy: true, lines: ['? 12', '?', '', ''] })
  })
  it('on a board without a voice nothing is said', () => {
    const bench = new DisplayBench({ voice: false }).ready()
    bench.show(['请通行'], '请通行')
    bench.run(1_000)
    expect(bench.model.board.said).toBeNull()
    expect(bench.events.at(-1)).toMatchObject({ type: 'shown', spoken: '' })
    expect(bench.model.state()['requests']).not.toHaveProperty('0D')
  })
  it('colours say the same as words', () => {
    const bench = new DisplayBench().ready()
    for (const [tone, colour] of [
      ['wait', 'yellow'],
      ['go', 'green'],
      ['stop', 'red'],
    ] as const) {
      bench.command({ do: 'show', page: { ...page(['请通行']), tone } })
      bench.run(1_000)
      expect(bench.model.board.lines[0]?.colour).toBe(colour)
    }
  })
})

describe('a page to pay by', () => {
  it('lies over the lines, has its amount, and goes when the next page comes', () => {
    const bench = new DisplayBench().ready()
    const url = 'https://example.com/pay?order=1'
    bench.command({
      do: 'showPay',
      page: page(['请扫码支付', '12元'], '请缴费12元'),
      url,
      amountFen: 1200,
      forMs: 60_000,
    })
    bench.run(1_000)
    expect(bench.model.state()['qr']).toEqual({ url, text: '请扫码支付,12元', tenths: 120 })
    expect(bench.events.at(-1)).toMatchObject({ type: 'shown', lines: ['请扫码支付', '12元'] })
    bench.run(40_000)
    expect(bench.model.state()['qr'], 'a refresh does not put its end off').not.toBeNull()
    bench.run(21_000)
    expect(bench.model.state()['qr']).toBeNull()
    bench.show(['请通行'])
    bench.run(1_000)
    expect(bench.model.state()['qr']).toBeNull()
    expect(bench.lines[0]).toBe('请通行')
  })
  it('goes at once when the car has paid', () => {
    const bench = new DisplayBench().ready()
    bench.command({
      do: 'showPay',
      page: page(['请扫码支付']),
      url: 'https://example.com',
      amountFen: 50,
      forMs: 0,
    })
    bench.run(1_000)
    expect(bench.model.state()['qr']).not.toBeNull()
    bench.show(['请通行'])
    bench.run(1_000)
    expect(bench.model.state()['qr']).toBeNull()
  })
})

describe('a board that goes and comes', () => {
  it('silence is told, what it shows is not known, and the page is put there again, unsaid', () => {
    const bench = new DisplayBench().ready()
    bench.show(['请通行'], '请通行')
    bench.run(1_000)
    bench.silence(true)
    bench.run(8_000)
    expect(bench.events.at(-1)).toEqual({ type: 'displayDown', reason: 'boardSilent' })
    bench.silence(false)
    bench.run(8_000)
    expect(bench.told('displayUp')).toHaveLength(2)
    expect(bench.events.at(-1)).toMatchObject({ type: 'shown', spoken: '请通行' })
    expect(bench.model.board.saidCount).toBe(1)
  })
  it('a page of the time of silence is shown, and said only while it is fresh', () => {
    for (const [waitMs, said] of [
      [1_000, 1],
      [60_000, 0],
    ] as const) {
      const bench = new DisplayBench().ready()
      bench.disconnect()
      bench.run(1_000)
      bench.show(['请通行'], '请通行')
      bench.run(waitMs)
      bench.connect()
      // After a minute of failures the next try comes within half a minute.
      bench.run(38_000)
      expect(bench.lines[0]).toBe('请通行')
      expect(bench.model.board.saidCount).toBe(said)
    }
  })
  it('one that restarted unseen has its page again within half a minute', () => {
    const bench = new DisplayBench().ready()
    bench.show(['请通行'])
    bench.run(1_000)
    bench.model.board.powerOff()
    expect(bench.lines[0]).toBe('')
    bench.run(31_000)
    expect(bench.lines[0]).toBe('请通行')
  })
  it('one that is locked is opened with its password, and again after it restarted', () => {
    const bench = new DisplayBench({}, { password: '159753' }).ready()
    expect(bench.up).toBe(true)
    bench.show(['请通行'])
    bench.run(1_000)
    expect(bench.lines[0]).toBe('请通行')
    bench.model.board.powerOff()
    bench.show(['免费停车'])
    bench.run(1_500)
    expect(bench.told('notShown')).toHaveLength(1)
    expect(bench.lines[0]).toBe('免费停车')
    expect(bench.events.at(-1)).toMatchObject({ type: 'shown' })
  })
  it('one with another password says so and is asked again, not hammered', () => {
    const bench = new DisplayBench({}, { password: '000000' }).ready()
    bench.run(60_000)
    expect(bench.up).toBe(false)
    expect(bench.events).toEqual([{ type: 'displayDown', reason: 'boardPassword' }])
    expect(bench.sent.length).toBeLessThan(20)
  })
  it('one that was told never to reply is told to reply', () => {
    const bench = new DisplayBench()
    bench.model.board.mute = true
    bench.connect()
    bench.run(8_000)
    expect(bench.up).toBe(true)
    expect(bench.model.board.mute).toBe(false)
  })
})

describe('noise on the wire', () => {
  it('a lost reply is asked for again, without a second page', () => {
    const bench = new DisplayBench().ready()
    bench.model.faults.add([
      { at: '62', when: 'after', do: 'drop', times: 2 },
      { at: '30', when: 'after', do: 'flip', bits: 3 },
    ])
    bench.show(['请通行'], '请通行')
    bench.run(4_000)
    expect(bench.told('shown')).toHaveLength(1)
    expect(bench.state.counters.timeouts).toBe(3)
    expect(bench.up).toBe(true)
  })
  it('a reply said twice is not the reply to the next line', () => {
    const bench = new DisplayBench().ready()
    bench.duplicate(true)
    bench.model.faults.add({ at: '62', when: 'before', do: 'drop', skip: 1, times: 1 })
    bench.show(['一', '二', '三', '四'])
    bench.run(500)
    expect(bench.told('shown'), 'the second line never arrived').toEqual([])
    bench.run(2_000)
    expect(bench.lines).toEqual(['一', '二', '三', '四'])
    expect(bench.told('shown')).toHaveLength(1)
  })
  it('an adapter that echoes is not a board that answers', () => {
    const bench = new DisplayBench()
    bench.connect()
    bench.silence(true)
    const seen: number[] = []
    for (let i = 0; i < 400; i++) {
      bench.run(10)
      const last = bench.sent.at(-1)
      if (last !== undefined && seen.length !== bench.sent.length) {
        seen.push(bench.sent.length)
        bench.garbage(last)
      }
    }
    expect(bench.up).toBe(false)
    expect(bench.state.counters.echoes).toBeGreaterThan(0)
  })
  it('a refused page is said, and what stands there is not claimed', () => {
    const bench = new DisplayBench().ready()
    bench.model.faults.add({ at: '62', when: 'before', do: 'refuse', times: 0 })
    bench.show(['请通行'])
    bench.run(3_000)
    expect(bench.events.at(-1)).toEqual({ type: 'notShown', reason: 'refusedWith show-line 1' })
    expect(bench.up).toBe(true)
    bench.model.faults.clear()
    bench.run(6_000)
    expect(bench.events.at(-1)).toMatchObject({ type: 'shown' })
    expect(bench.lines[0]).toBe('请通行')
  })
  it('one that will not set its clock or its light is still a display', () => {
    const bench = new DisplayBench()
    bench.model.faults.add([
      { at: '05', when: 'before', do: 'refuse', times: 0 },
      { at: '0C', when: 'before', do: 'refuse', times: 0 },
      { at: '0D', when: 'before', do: 'refuse', times: 0 },
    ])
    bench.ready()
    bench.show(['请通行'])
    bench.run(30_000)
    expect(bench.lines[0]).toBe('请通行')
    expect(bench.state.counters.refused, 'once each').toBe(3)
  })
})

describe('clock and light', () => {
  it('are set when it connects, by day', () => {
    const bench = new DisplayBench({}, { startMs: noon }).ready()
    expect(bench.model.board).toMatchObject({
      brightness: 100,
      volume: 80,
      clock: '2026-03-02 12:00',
    })
  })
  it('turn down at night, up in the morning, and the clock is set once a day', () => {
    const bench = new DisplayBench({}, { startMs: noon }).ready()
    bench.run(9 * hourMs)
    expect(bench.model.board).toMatchObject({ brightness: 50, volume: 40 })
    bench.run(dayMs / 2)
    expect(bench.model.board).toMatchObject({ brightness: 100, volume: 80 })
    expect(bench.model.state()['requests']).toMatchObject({ '05': 2, '0C': 3, '0D': 3 })
  })
  it('a board that is never spoken to is asked whether it is there every five seconds', () => {
    const bench = new DisplayBench().ready()
    const before = bench.sent.length
    bench.run(60_000)
    expect(bench.sent.length - before).toBeGreaterThanOrEqual(11)
    expect(bench.sent.length - before).toBeLessThanOrEqual(13)
  })
})
