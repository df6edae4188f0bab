// The page of members: who is inside and who has the space, adding and renewing with who and why, removing, and a
// table whose difference is reviewed before it is written.
import type { AnswerOf } from '#runtime/api/table.ts'
import { expect, it } from 'vitest'
import { bringTable, done, eachOn, lastOf, sign } from '../../kit/acts-kit.ts'
import {
  all,
  named,
  one,
  settle,
  submit,
  type,
  faultWhat,
  textOf,
  pick,
  press,
} from '../../kit/page.ts'

const lot = eachOn('/members')

it('shows who is inside, and which car pays because the space is taken', () => {
  const rows = all('tbody tr').map((row) => row.innerText)
  expect(rows).toHaveLength(4)
  expect(rows[0]).toContain('测A·12345 在场')
  expect(rows[0]).toContain('车位已占用')
  expect(rows[1]).toContain('已到期')
  expect(all('tbody .warn').length).toBe(2)
})

it('finds by plate, name and number', async () => {
  for (const [word, no] of [
    ['测c·123', 'M-2'],
    ['物业', 'W-1'],
    ['e-1', 'E-1'],
  ] as const) {
    await type('[name="search"]', word)
    expect(all('tbody tr').map((row) => row.querySelector('td')?.innerText)).toEqual([no])
  }
})

it('a pass is sold with its money; what is no amount cannot be saved', async () => {
  lot().replies.set('members.issue', done)
  await press('add')
  await type('[name="name"]', '王五')
  await type('[name="plates"]', '测E12345')
  await type('[name="sold"]', '三百')
  await sign()
  expect(lastOf(lot(), 'members.issue')).toBeUndefined()
  await type('[name="sold"]', '300')
  await submit()
  await settle()
  expect(lastOf(lot(), 'members.issue')).toMatchObject({
    sold: { amountFen: 30_000, means: 'cash' },
  })
})

it('a white list is given, whatever was typed for a pass', async () => {
  lot().replies.set('members.issue', done)
  await press('add')
  await type('[name="name"]', '物业')
  await type('[name="plates"]', '测E12345')
  await type('[name="sold"]', '300')
  await pick('[name="kind"]', 'white')
  await sign()
  expect(lastOf(lot(), 'members.issue')).not.toHaveProperty('sold')
})

it('a new one gets the next free number, and is issued with who and why', async () => {
  lot().replies.set('members.issue', done)
  await press('add')
  expect((one('[name="no"]') as HTMLInputElement).value).toBe('M-5')
  await type('[name="name"]', '王五')
  await type('[name="plates"]', '测E12345、测F12345')
  await type('[name="until"]', '2026-12-20')
  await sign()
  expect(lastOf(lot(), 'members.issue')).toMatchObject({
    member: {
      no: 'M-5',
      kind: 'period',
      name: '王五',
      plates: ['测E12345', '测F12345'],
      spaces: 1,
      areas: null,
      from: '2026-11-20',
      until: '2026-12-20',
    },
    by: '店主',
    reason: '新办',
  })
})

it('a refusal stays in the dialog in words', async () => {
  lot().refuses('members.issue', 'MEMBER-02', { field: '/plates', value: '测C12345' })
  await press('renew-M-1')
  await sign()
  expect(one('form.act').innerText).toContain(faultWhat('MEMBER-02'))
  expect(one('form.act').innerText).toContain('测C12345')
})

it('is taken back by its number', async () => {
  lot().replies.set('members.reverse', done)
  await press('reverse-M-2')
  await sign()
  expect(lastOf(lot(), 'members.reverse')).toMatchObject({ no: 'M-2', by: '店主' })
})

async function bring(
  diff: AnswerOf<'members.compare'>,
  text: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  lot().answers('members.compare', diff)
  await bringTable(lot(), 'members.compare', text)
}
const nothing = {
  bad: [],
  added: [],
  changed: [],
  ended: [],
  same: 4,
  unusual: [],
  aside: [],
  notes: [],
  digest: 'a'.repeat(64),
}

it('a table shows its difference, and is written over the list it was shown of', async () => {
  const [first, second] = lot().members.rows.map(({ member }) => member)
  if (first === undefined || second === undefined) throw new Error('two members')
  const changed = [{ before: second, after: { ...second, until: '2027-01-31' } }]
  await bring({ ...nothing, changed, ended: [first], same: 2 }, '编号')
  expect(textOf('diff-changed')).toContain('2027-01-31')
  expect(textOf('diff-ended')).toContain('收回 1 项')
  lot().replies.set('members.import', done)
  await press('write')
  await sign()
  expect(lastOf(lot(), 'members.import')).toMatchObject({ text: '编号', digest: 'a'.repeat(64) })
  expect(lastOf(lot(), 'members.import')).not.toHaveProperty('takeBack')
  expect(all(named('diff'))).toHaveLength(0)
})

it('that a table is complete is a choice of its own, which says how many go', async () => {
  const [first, second] = lot().members.rows.map(({ member }) => member)
  if (first === undefined || second === undefined) throw new Error('two members')
  await bring({ ...nothing, added: [second], same: 2 }, '编号')
  expect(all(named('write-complete'))).toHaveLength(0)
  await bring({ ...nothing, ended: [first, second], same: 2 }, '编号')
  // The table adds nothing, so only the red button is there.
  expect(all(named('write'))).toHaveLength(0)
  expect(one(named('write-complete')).className).toContain('danger')
  expect(textOf('write-complete')).toContain('收回其余 2 项')
  lot().replies.set('members.import', done)
  await press('write-complete')
  await sign()
  expect(lastOf(lot(), 'members.import')).toMatchObject({ takeBack: 2 })
})

it('plates that are not as most are shown in form and table, and can be saved', async () => {
  expect(all(named('unusual'))).toHaveLength(0)
  await press('add')
  await type('[name="plates"]', '测B2222 测B22222')
  expect(textOf('unusual')).toContain('测B·2222')
  expect(textOf('unusual')).not.toContain('测B·22222')
  await bring({ ...nothing, unusual: ['测C3333'] }, '编号')
  expect(textOf('diff')).toContain('测C·3333')
})

it('bad lines are named, and there is nothing to write', async () => {
  const text = { zh: '不是车牌', en: 'not a number plate' }
  await bring(
    { ...nothing, bad: [{ code: 'MEMBER-05', line: 3, field: '车牌', value: '坏', text }] },
    'x',
  )
  expect(textOf('diff')).toContain('第 3 行')
  expect(textOf('diff')).toContain('不是车牌')
  expect(all(named('write'))).toHaveLength(0)
  await press('drop')
  expect(all(named('diff'))).toHaveLength(0)
})

it('a table as spreadsheets in China write it is read', async () => {
  await bring(nothing, Uint8Array.of(0xb1, 0xe0, 0xba, 0xc5))
  expect(lastOf(lot(), 'members.compare')).toEqual({ text: '编号' })
})
