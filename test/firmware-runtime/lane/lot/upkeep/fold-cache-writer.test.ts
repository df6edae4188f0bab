// When the stored fold is updated: quiet lanes, enough rows or enough time, one attempt at a time.
// The test moves rows and times; nothing is written.
import { describe, expect, it } from 'vitest'
import {
  FoldCacheWriter,
  isKeepDue,
  keepAnywayRows,
  keepMs,
  keepRows,
} from '#lane/lot/upkeep/fold-cache-writer.ts'
import type { KeptFold } from '#ledger/ports/fold-cache.ts'
import { arriveAtExit, makeLot } from '../../../runtime/control/control-kit.ts'

describe('due', () => {
  it.each([
    ['nothing new', { rows: 0, ms: 10 * keepMs, quiet: true }, false],
    ['a few rows, a moment', { rows: keepRows - 1, ms: keepMs - 1, quiet: true }, false],
    ['enough rows', { rows: keepRows, ms: 0, quiet: true }, true],
    ['one row for an hour', { rows: 1, ms: keepMs, quiet: true }, true],
    ['a car is about', { rows: keepRows, ms: keepMs, quiet: false }, false],
    ['a car is always about', { rows: keepAnywayRows, ms: 0, quiet: false }, true],
  ])('%s', (_what, since, due) => {
    expect(isKeepDue(since)).toBe(due)
  })
})

describe('the writer', () => {
  const lotWithWriter = () => {
    const lot = makeLot()
    let seq = 0
    const tries: ((kept: KeptFold) => void)[] = []
    const writer = new FoldCacheWriter({
      runtime: lot.runtime,
      mono: lot.clock,
      head: () => ({ seq, hash: '' }),
      keep: (done) => void tries.push(done),
    })
    const turn = (rows: number, ms = 0): number => {
      seq += rows
      lot.clock.advance(ms)
      lot.runtime.retryNow()
      return tries.length
    }
    return { ...lot, writer, tries, turn }
  }
  const eventTexts = (lot: ReturnType<typeof lotWithWriter>): string[] =>
    lot.runtime.events.since(0).events.flatMap((e) => (e.type === 'fault' ? [e.detail] : []))

  it('asks once for a stretch of rows, and again for the next', () => {
    const lot = lotWithWriter()
    expect([lot.turn(keepRows), lot.turn(keepRows), lot.turn(keepRows)]).toEqual([1, 1, 1])
    lot.tries[0]?.({ ok: true, seq: keepRows })
    expect([lot.turn(0), lot.turn(0), lot.turn(1)]).toEqual([2, 2, 2])
    lot.tries[1]?.({ ok: true, seq: 3 * keepRows })
    expect([lot.turn(0, keepMs), lot.turn(0, keepMs)]).toEqual([3, 3])
  })

  it('waits while a car is about', () => {
    const lot = lotWithWriter()
    arriveAtExit(lot, '测A12345')
    expect(lot.turn(keepRows, keepMs)).toBe(0)
    expect(lot.turn(keepAnywayRows)).toBe(1)
  })

  it('says that it failed, once a try, and does not try again at once', () => {
    const lot = lotWithWriter()
    lot.turn(keepRows)
    lot.tries[0]?.({ ok: false, why: 'ENOSPC' })
    expect([lot.turn(1), lot.turn(1)]).toEqual([1, 1])
    expect(eventTexts(lot)).toEqual(['cacheNotKept ENOSPC'])
    expect(lot.turn(keepRows)).toBe(2)
  })

  it('is silent once it was stopped', () => {
    const lot = lotWithWriter()
    lot.turn(keepRows)
    lot.writer.stop()
    lot.tries[0]?.({ ok: false, why: 'the worker is closed' })
    expect([lot.turn(2 * keepRows), eventTexts(lot)]).toEqual([1, []])
  })
})
