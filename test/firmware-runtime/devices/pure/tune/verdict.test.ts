// The verdict on a change from measurements before and after. Few samples never give a verdict, and a quantity that became
// worse forbids keeping it. Four successful cars are no reason to keep anything.
import { describe, expect, it } from 'vitest'
import { judgeStep, type TuneAim } from '#devices/pure/tune/verdict.ts'
import { driven, type Drive } from './kit.ts'

const judge = (aim: TuneAim, before: Drive, after: Drive) =>
  judgeStep(aim, driven(before), driven(after))
const wordOf = (verdict: ReturnType<typeof judgeStep>, metric: string) =>
  verdict.findings.find((finding) => finding.metric === metric)

describe('moreReads', () => {
  it.each([
    ['four of ten, then all ten', [10, 4], [10, 10], 'aimBetter', 'better'],
    ['all ten, then four', [10, 10], [10, 4], 'aimNotBetter', 'worse'],
    ['the same twice', [10, 9], [10, 9], 'aimNotBetter', 'same'],
    ['one more of ten is chance', [10, 8], [10, 9], 'tooFew', 'tooFew'],
    ['four cars say nothing, whatever they say', [4, 0], [4, 4], 'tooFew', 'tooFew'],
    ['no car at all', [10, 5], [10, 0], 'nothingRead', 'worse'],
  ] as const)('%s', (_, before, after, why, word) => {
    const verdict = judge(
      'moreReads',
      { passes: before[0], read: before[1] },
      { passes: after[0], read: after[1] },
    )
    expect([verdict.why, verdict.keep]).toEqual([why, why === 'aimBetter'])
    expect(wordOf(verdict, 'rate')?.word).toBe(word)
  })
  it('says how many passages would settle it', () => {
    const verdict = judge('moreReads', { passes: 10, read: 8 }, { passes: 10, read: 9 })
    const needs = wordOf(verdict, 'rate')?.needs ?? 0
    expect(needs).toBeGreaterThan(20)
    const scale = needs / 10
    const more = judge(
      'moreReads',
      { passes: needs, read: 8 * scale },
      { passes: needs, read: 9 * scale },
    )
    expect(wordOf(more, 'rate')?.word).toBe('better')
  })
  it('is not kept when it brings the neighbours in', () => {
    const verdict = judge(
      'moreReads',
      { passes: 10, read: 4 },
      { passes: 10, read: 10, neighbours: 8 },
    )
    expect(verdict).toMatchObject({ why: 'harms', harmed: 'neighbours', keep: false })
  })
  it('cannot be told when nobody counted the cars', () => {
    const none = { ...driven({ passes: 10, read: 4 }) }
    const uncounted = { ...none, passes: { ...none.passes, total: null, from: null } }
    const verdict = judgeStep('moreReads', uncounted, driven({ passes: 10, read: 10 }))
    expect(verdict).toMatchObject({ why: 'tooFew', keep: false })
  })
})

describe('the other aims', () => {
  it.each([
    ['fewerRetries', { passes: 10, read: 10, retries: 8 }, { passes: 10, read: 10 }],
    ['fewerNeighbours', { passes: 10, read: 10, neighbours: 8 }, { passes: 10, read: 10 }],
    [
      'longerVisible',
      { passes: 10, read: 10, visibleMs: 900 },
      { passes: 10, read: 10, visibleMs: 1_900 },
    ],
  ] as const)('%s: better one way, worse the other', (aim, worse, better) => {
    expect(judge(aim, worse, better)).toMatchObject({ keep: true, why: 'aimBetter' })
    expect(judge(aim, better, worse)).toMatchObject({ keep: false, why: 'aimNotBetter' })
  })
  it('fewer neighbours at the price of readings is not kept', () => {
    const verdict = judge(
      'fewerNeighbours',
      { passes: 12, read: 12, neighbours: 8 },
      { passes: 12, read: 4 },
    )
    expect(verdict).toMatchObject({ why: 'harms', harmed: 'rate' })
  })
})
