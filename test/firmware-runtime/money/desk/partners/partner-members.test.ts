// Members that a partner and the desk keep together: acts of either side, what the other is told, and what is refused.
import { describe, expect, it } from 'vitest'
import { partnerFeed } from '#money/desk/partners/partner-feed.ts'
import { partnerMembers } from '#money/desk/partners/partner-members.ts'
import { newsRows, type NewsAsked } from '#ledger/pure/lot/news-rows.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import { SentScene } from '../../../lane/lot/sent-scene.ts'

const content: Omit<Member, 'no'> = {
  kind: 'period',
  name: '某公司',
  plates: ['测A00001'],
  spaces: null,
  areas: null,
  from: '2026-01-01',
  until: '2026-12-31',
}
const operator = '平台操作员'
const noPorts = { orders: null, invoices: null, spaces: null }

function lotOf(scene = new SentScene('card')) {
  const of = () => partnerMembers(scene.lot.runtime, scene.config, 'PARKSOFT')
  const { runtime } = scene.lot
  const reader = () => ({
    newsRows: (asked: NewsAsked) =>
      Promise.resolve(newsRows(runtime.rowsAfter(asked.after), asked)),
  })
  const feed = () => present(partnerFeed(runtime, noPorts, ['members'], reader), 'it has a right')
  /** As a person at the desk does it. */
  const desk = (member: Member): void => {
    runtime.append([{ kind: 'member', atMs: runtime.nowMs(), body: { row: 'issued', member } }])
  }
  const told = async (after = 0) => (await feed().events(after, 100)).events
  return { scene, of, feed, desk, told }
}

const refusal = (act: () => unknown): readonly unknown[] => {
  try {
    act()
  } catch (error) {
    if (error instanceof LaneFault) return [error.code, error.detail.field, error.detail.value]
    throw error
  }
  return []
}

describe('members in both directions', () => {
  it('issues a member once, however often it is sent, and tells it', async () => {
    const { scene, of, told } = lotOf()
    const first = of().issue('M-1', { rev: null, operator, content })
    expect(first).toMatchObject({ memberNo: 'M-1', content })
    expect(of().issue('M-1', { rev: null, operator, content })).toEqual(first)
    expect(of().issue('M-1', { rev: 'other', operator, content })).toEqual(first)
    expect(scene.rows.filter(({ kind }) => kind === 'member')).toHaveLength(1)
    const audits = scene.rows.filter(({ kind }) => kind === 'audit')
    expect(audits).toMatchObject([
      { body: { act: 'members.issue M-1', by: operator, role: 'PARKSOFT' } },
    ])
    expect(await told()).toMatchObject([{ event: 'member', order: null, member: first }])
  })

  it('does not undo what the desk has changed meanwhile', async () => {
    const { of, desk, told } = lotOf()
    const first = of().issue('M-1', { rev: null, operator, content })
    const after = (await told()).at(-1)?.no ?? 0
    desk({ no: 'M-1', ...content, name: '另一家公司' })
    const renewed = { ...content, until: '2027-12-31' }
    const change = { rev: first.rev, operator, content: renewed }
    expect(refusal(() => of().issue('M-1', change))).toEqual(['ORDER-06', '/rev', first.rev])
    const [event] = await told(after)
    expect(event?.member?.content?.name).toBe('另一家公司')
    const rev = event?.member?.rev ?? null
    expect(of().issue('M-1', { ...change, rev }).content).toEqual(renewed)
  })

  it('ends a member for both, and the end of one that is gone is the same answer', async () => {
    const { scene, of, told } = lotOf()
    of().issue('M-1', { rev: null, operator, content })
    const gone = { memberNo: 'M-1', rev: null, content: null }
    expect(of().end('M-1', operator, '退租')).toEqual(gone)
    expect(of().end('M-1', operator, '退租')).toEqual(gone)
    expect(of().member('M-1')).toEqual(gone)
    expect((await told()).map(({ member }) => member?.content === null)).toEqual([false, true])
    expect(scene.rows.filter(({ kind }) => kind === 'member')).toHaveLength(2)
    // The number is free again.
    expect(of().issue('M-1', { rev: null, operator, content }).content).toEqual(content)
  })

  it.each([
    [
      'a plate that is none',
      { plates: ['not a plate'] },
      ['MEMBER-01', '/member/plates', 'not a plate'],
    ],
    ['no plate', { plates: [] }, ['MEMBER-01', '/member/plates', '0']],
    ['a day that is none', { from: '2026-02-30' }, ['MEMBER-01', '/member/from', '2026-02-30']],
    [
      'an end before the start',
      { until: '2025-01-01' },
      ['MEMBER-01', '/member/until', '2025-01-01'],
    ],
    ['an area that is not there', { areas: ['地下'] }, ['MEMBER-01', '/member/areas', '地下']],
    [
      'a plate of another member',
      { plates: ['测A00009'] },
      ['MEMBER-02', '/member/plates', '测A00009'],
    ],
  ])('refuses %s, and nothing is written', (_, more, expected) => {
    const { scene, of, desk } = lotOf()
    desk({ no: 'M-9', ...content, plates: ['测A00009'] })
    const rows = scene.rows.length
    const given = { rev: null, operator, content: { ...content, ...more } }
    expect(refusal(() => of().issue('M-1', given))).toEqual(expected)
    expect(scene.rows).toHaveLength(rows)
  })

  it('lists them a page at a time, with the place from which events are newer', async () => {
    const { of, desk, told } = lotOf()
    for (const n of [3, 1, 2]) desk({ no: `M-${n}`, ...content, plates: [`测A0000${n}`] })
    const first = of().list('', 2)
    expect(first).toMatchObject({
      members: [{ memberNo: 'M-1' }, { memberNo: 'M-2' }],
      next: 'M-2',
    })
    expect(of().list('M-2', 2)).toMatchObject({ members: [{ memberNo: 'M-3' }], next: null })
    expect(await told(first.eventsAfter)).toEqual([])
    of().end('M-3', operator, '退租')
    expect(await told(first.eventsAfter)).toMatchObject([
      { member: { memberNo: 'M-3', content: null } },
    ])
  })
})

describe('the feed of a partner', () => {
  it('has the news of orders and members in the order of their rows', async () => {
    const { scene, of } = lotOf()
    const feed = () =>
      present(
        partnerFeed(
          scene.lot.runtime,
          { orders: scene.orders, invoices: null, spaces: null },
          ['orders', 'members'],
          () => null,
        ),
        '',
      )
    const car = scene.car()
    scene.orders.open(scene.order(car))
    of().issue('M-1', { rev: null, operator, content })
    scene.passes(car)
    of().end('M-1', operator, '退租')
    const whole = await feed().events(0, 100)
    expect(whole.events.map(({ event }) => event)).toEqual([
      'opened',
      'member',
      'charging',
      'paid',
      'member',
    ])
    // By ones it is the same.
    const one: unknown[] = []
    for (let after = 0; after < scene.lot.runtime.headSeq;) {
      const { events, next } = await feed().events(after, 1)
      one.push(...events)
      after = next
    }
    expect(one).toEqual(whole.events)
  })

  it('is that of its rights alone', async () => {
    const { scene, of } = lotOf()
    of().issue('M-1', { rev: null, operator, content })
    const ports = { orders: scene.orders, invoices: null, spaces: null }
    expect(partnerFeed(scene.lot.runtime, noPorts, [], () => null)).toBe(null)
    const feed = present(
      partnerFeed(scene.lot.runtime, ports, ['orders'], () => null),
      'it has a right',
    )
    expect((await feed.events(0, 10)).events).toEqual([])
  })
})
