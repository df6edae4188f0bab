// The papers of the acceptance: nothing is filled in automatically, the author cannot review, a review covers only the text
// that it saw, and a drill is due each year.
import { describe, expect, it } from 'vitest'
import { papers } from '#acceptance/pure/papers/table.ts'
import { attachmentBytesMax } from '#base/pure/data/photo.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { MemoryPapers } from './papers-kit.ts'

it('has the rows of tables J.1 and K.1, clause 9.2 a to f and two sheets', () => {
  const clauses = papers.map(({ clause }) => clause)
  expect(clauses.filter((one) => one.startsWith('J.1-'))).toHaveLength(5)
  expect(clauses.filter((one) => one.startsWith('K.1-'))).toHaveLength(10)
  expect(papers.filter(({ group }) => group === 'N').map(({ clause }) => clause)).toEqual(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `9.2 ${letter}`),
  )
  expect(papers.filter(({ group }) => group === 'M').map(({ clause }) => clause)).toEqual([
    '10.3.2.1 a',
  ])
  expect(papers.filter(({ group }) => group === 'S')).toHaveLength(2)
  // Each paper needs at least one question for a person to answer.
  for (const paper of papers)
    expect(
      paper.fields.some(({ known }) => known === undefined),
      paper.id,
    ).toBe(true)
  expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length)
})

describe('a paper', () => {
  it('is open until every question is answered, with what the lot knows beside it', () => {
    const memory = new MemoryPapers()
    const { service } = memory
    const j2 = () => service.view().papers.find(({ id }) => id === 'J2')
    expect(j2()).toMatchObject({ state: 'open', open: 3 })
    expect(j2()?.lines[0]).toMatchObject({
      id: 'people',
      isKnown: true,
      known: { en: 'known people' },
    })
    service.fill({ field: 'J2.head', text: '王', by: '甲' })
    service.fill({ field: 'J2.general', text: '总则', by: '甲' })
    service.fill({ field: 'J2.detail', text: '   ', by: '甲' })
    expect(j2()).toMatchObject({ state: 'open', open: 1 })
    service.fill({ field: 'J2.detail', text: '细则', by: '乙' })
    expect(j2()).toMatchObject({ state: 'filled', open: 0 })
    service.fill({ field: 'J2.detail', text: '', by: '乙' })
    expect(j2()?.state).toBe('open')
  })

  it.each(['J2.people', 'J2.nothing', 'J2', 'X9.head'])('refuses %s: nobody asks it', (field) => {
    const { service } = new MemoryPapers()
    expect(() => service.fill({ field, text: 'x', by: '甲' })).toThrow(
      expect.objectContaining({ code: 'ARG-01' }),
    )
  })

  it('is reviewed by who did not write it, once it is filled', () => {
    const memory = new MemoryPapers().fillAll('甲', ['J3'])
    expect(() => memory.service.review('J2', true, '乙', '')).toThrow(
      expect.objectContaining({ code: 'PAPER-02' }),
    )
    expect(() => memory.service.review('J3', true, '甲', '')).toThrow(
      expect.objectContaining({ code: 'PAPER-01' }),
    )
    memory.service.attach('J3', 'plan.txt', Buffer.from('x'), 'Li')
    expect(() => memory.service.review('J3', true, ' li ', '')).toThrow(
      expect.objectContaining({ code: 'PAPER-01' }),
    )
    memory.service.attach('J3', 'plan.txt', Buffer.from('x'), '丙')
    expect(() => memory.service.review('J3', true, '丙', '')).toThrow(
      expect.objectContaining({ code: 'PAPER-01' }),
    )
    memory.service.review('J3', true, '乙', '读过')
    expect(memory.stateOf('J3')).toBe('accepted')
  })

  it('waits for a review again when a word or an attachment came after it', () => {
    const memory = new MemoryPapers().fillAll('甲').reviewAll('乙')
    expect(memory.stateOf('K5')).toBe('accepted')
    memory.service.fill({ field: 'K5.steps', text: '另一句', by: '甲' })
    expect([memory.stateOf('K5'), memory.stateOf('K6')]).toEqual(['changed', 'accepted'])
    memory.service.attach('K6', 'a', Buffer.from('a'), '甲')
    expect(memory.stateOf('K6')).toBe('changed')
    memory.service.review('K6', false, '乙', '不够')
    expect(memory.stateOf('K6')).toBe('returned')
  })
})

it('an attachment is kept whole under its digest before a line names it', () => {
  const memory = new MemoryPapers()
  memory.service.attach('J1', '图.pdf', Buffer.from('content'), '甲')
  const [one] = memory.folder.attachments
  expect(one).toMatchObject({ paper: 'J1', name: '图.pdf', bytes: 7 })
  expect(Buffer.from(memory.files.get(one?.digest ?? '') ?? []).toString()).toBe('content')
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(attachmentBytesMax + 1)])
    expect(() => memory.service.attach('J1', 'x', bytes, '甲')).toThrow(
      expect.objectContaining({ code: 'FILE-02' }),
    )
})

describe('the drill of the year', () => {
  it.each([
    [null, 'never'],
    [0, 'held'],
    [334, 'held'],
    [335, 'soon'],
    [365, 'soon'],
    [366, 'overdue'],
  ] as const)('%s days ago is %s', (days, state) => {
    const memory = new MemoryPapers()
    if (days !== null) memory.heldDaysAgo(days)
    expect(memory.service.view().drill.state).toBe(state)
  })
  it('counts by the latest, and by the days of the pack', () => {
    const memory = new MemoryPapers().heldDaysAgo(10).heldDaysAgo(400)
    expect(memory.service.view().drill.state).toBe('held')
    memory.drillDays = 9
    expect(memory.service.view().drill.state).toBe('overdue')
  })
  it('is entered when it was held', () => {
    const memory = new MemoryPapers()
    expect(() => memory.service.drill(isoOf(memory.nowMs + dayMs), '甲', '')).toThrow(
      expect.objectContaining({ code: 'ARG-01' }),
    )
  })
})
