// The page of the cars inside: a table of another system shows what it adds before it is written, a faulty line
// prevents writing, and a recount closes exactly the stays whose mark was removed.
import type { AnswerOf } from '#runtime/api/table.ts'
import { expect, it } from 'vitest'
import { bringTable, done, eachOn, lastOf, sign } from '../../kit/acts-kit.ts'
import { all, named, one, textOf, click, press } from '../../kit/page.ts'

const lot = eachOn('/inside')
const nothing = {
  bad: [],
  added: [],
  same: 2,
  missing: 1,
  unusual: [],
  aside: [],
  notes: [],
  longInside: [],
  digest: 'b'.repeat(64),
}

async function bring(diff: AnswerOf<'inside.compare'>): Promise<void> {
  lot().answers('inside.compare', diff)
  await bringTable(lot(), 'inside.compare', 'x')
}

it('a recount closes those whose mark was taken away, and no other', async () => {
  lot().replies.set('inside.recount', done)
  expect(all('tbody input')).toHaveLength(0)
  await press('recount')
  expect((one('[name="there-n1-S3"]') as HTMLInputElement).disabled).toBe(true)
  expect((one(named('count-do')) as HTMLButtonElement).disabled).toBe(true)
  for (const id of ['n1-S1', 'n1-S2', 'n1-S4']) {
    await click(one(`[name="there-${id}"]`))
  }
  await click(one('[name="there-n1-S2"]'))
  await press('count-do')
  await sign()
  expect(lastOf(lot(), 'inside.recount')).toMatchObject({ gone: ['n1-S1', 'n1-S4'], by: '店主' })
  expect(all(named('counting'))).toHaveLength(0)
})

it('a table shows what it adds, and is written over that state', async () => {
  const added = [
    { plate: '测D12345', colour: 'blue', enteredAtIso: '2026-11-19T08:00:00+08:00' },
  ] as const
  await bring({ ...nothing, added })
  expect(textOf('diff-added')).toContain('测D·12345')
  lot().replies.set('inside.import', done)
  await press('write')
  await sign()
  expect(lastOf(lot(), 'inside.import')).toMatchObject({ text: 'x', digest: 'b'.repeat(64) })
  expect(all(named('diff'))).toHaveLength(0)
})

it('hidden rows and cars of long ago are named before they are written', async () => {
  const enteredAtIso = '2022-11-28T08:00:00+08:00'
  const old = { plate: '测D12345', colour: 'blue', enteredAtIso } as const
  const hidden = { hiddenRows: 2, hiddenColumns: 0 }
  await bring({ ...nothing, added: [old], unusual: [old.plate], longInside: [old], hidden })
  expect(textOf('hidden')).toContain('2')
  expect(textOf('long')).toContain('测D·12345')
  expect(all(named('write'))).toHaveLength(1)
})

it('a bad line is named, and there is nothing to write', async () => {
  const text = { zh: '不是时间', en: 'not a time' }
  await bring({
    ...nothing,
    bad: [{ code: 'INSIDE-01', line: 3, field: '入场时间', value: '昨天', text }],
  })
  expect(all(`${named('diff')} td`).map((cell) => cell.innerText)).toContain('第 3 行')
  expect(textOf('diff')).toContain('入场时间')
  expect(all(named('write'))).toHaveLength(0)
})
