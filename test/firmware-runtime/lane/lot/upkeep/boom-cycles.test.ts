// Counting boom cycles: only observed movements count, another link starts at zero, and counts beyond the maximum are not
// written.
import { expect, it } from 'vitest'
import { countCycles, cyclesMax, type BoomOfLink } from '#lane/lot/upkeep/boom-cycles.ts'
import type { BarrierPosition } from '#devices/pure/lane/barrier.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

function watched(kept: Readonly<Record<string, BoomOfLink>> = {}, link: string | null = 'tcp://a') {
  const onLaneEvent: LotRuntime['onLaneEvent'] = new Set()
  const lanes = new Map([['exit', { config: { barrier: link } }]])
  const written: Readonly<Record<string, BoomOfLink>>[] = []
  countCycles({
    runtime: { onLaneEvent, lanes: lanes as unknown as LotRuntime['lanes'] },
    read: () => kept,
    keep: (booms) => void written.push(booms),
  })
  const tell = (...positions: readonly BarrierPosition[]): void => {
    for (const position of positions)
      for (const seen of onLaneEvent) seen('exit', { type: 'position', position } as LaneEvent)
  }
  return { tell, written }
}

it('counts movements, not where it stood, nor the same position twice', () => {
  const { tell, written } = watched()
  tell('closed', 'opening', 'open', 'open', 'closing', 'unknown', 'closed', 'closed')
  expect(written.at(-1)).toEqual({ exit: { link: 'tcp://a', opened: 1, closed: 1 } })
  expect(written).toHaveLength(2)
})

it('goes on with what was kept of this link, and begins anew with another', () => {
  const kept = { exit: { link: 'tcp://a', opened: 2, closed: 2 } }
  const same = watched(kept)
  same.tell('closed', 'open')
  expect(same.written.at(-1)).toEqual({ exit: { link: 'tcp://a', opened: 3, closed: 2 } })
  const other = watched(kept, 'tcp://b')
  other.tell('closed', 'open')
  expect(other.written.at(-1)).toEqual({ exit: { link: 'tcp://b', opened: 1, closed: 0 } })
})

it('writes nothing beyond its bound, and of no boom', () => {
  const full = watched({ exit: { link: 'tcp://a', opened: cyclesMax, closed: cyclesMax } })
  full.tell('closed', 'open', 'closed')
  const without = watched({}, null)
  without.tell('closed', 'open')
  expect([full, without].map(({ written }) => written.length)).toEqual([0, 0])
})
