// Members of a lot under `etc-lane run`, by commands: a pass is issued and its car leaves free; a file shows its
// difference and is written only afterwards; killed during the write, the list is the old one or the new one, complete.
import type { AnswerOf } from '#runtime/api/table.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { MembersView } from '#money/calls/member-views.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { plate } from './kit/one-car.ts'
import { runsForFile } from './kit/running-lot.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const { dir } = lot
const by = ['--by', '店主', '--reason', '月租']
const members = (...words: string[]) => runToEnd(['members', ...words, '--data', dir])
const issue = (no: string, plates: string) => {
  const days = ['--from', '2020-01-01', '--until', '2099-12-31', '--spaces', '1']
  return members(
    'issue',
    '--no',
    no,
    '--kind',
    'period',
    '--name',
    '张三',
    '--plates',
    plates,
    ...days,
    ...by,
  )
}
const listed = async (): Promise<string[]> => {
  const { rows } = await lot.run.call<MembersView>('members.list')
  return rows.map(({ member }) => member.no)
}

runsForFile(lot)

test('a member goes in and out for nothing, and is refused a second pass', async () => {
  expect((await issue('M-1', plate)).json).toMatchObject({ ok: true })
  expect(await issue('M-2', plate)).toMatchObject({
    code: 2,
    json: { error: { code: 'MEMBER-02' } },
  })
  await lot.comes('entry')
  await lot.leaves('entry')
  await lot.comes('exit')
  await lot.leaves('exit')
  const rows = ledgerRows(dir)
  expect(rows.findLast(({ kind }) => kind === 'orderMade')).toMatchObject({
    amountFen: 0,
    body: { lines: [{ rule: 'member' }] },
  })
  expect(rows.findLast(({ kind }) => kind === 'stayClosed')).toMatchObject({
    body: { end: 'free' },
  })
  expect(rows.some(({ kind }) => kind === 'intent')).toBe(false)
})

test('a file is looked at, then written; another one with a bad line changes nothing', async () => {
  const file = join(dir, 'list.csv')
  await members('export', '--out', file)
  const now = readFileSync(file, 'utf8')
  writeFileSync(file, `${now}M-7,白名单,李四,测C12345,,,2026-01-01,\r\n`)
  const book = join(dir, 'list.xlsx')
  await members('export', '--out', book)
  expect(readFileSync(book).subarray(0, 2).toString()).toBe('PK')
  expect((await members('import', '--file', book)).json).toMatchObject({ ok: true, same: 1 })
  const looked = await members('import', '--file', file)
  expect(looked).toMatchObject({ code: 0, json: { ok: true, written: false, same: 1 } })
  expect(await listed()).toEqual(['M-1'])
  expect((await members('import', '--file', file, '--write', ...by)).json).toMatchObject({
    written: true,
    added: [{ no: 'M-7' }],
  })
  expect(await listed()).toEqual(['M-1', 'M-7'])
  writeFileSync(file, `${now}M-8,白名单,王五,车,,,2026-01-01,\r\n`)
  const refused = await members('import', '--file', file, '--write', ...by)
  expect(refused).toMatchObject({
    code: 1,
    json: { ok: false, written: false, bad: [{ line: 3, field: '车牌', value: '车' }] },
  })
  expect(await listed()).toEqual(['M-1', 'M-7'])
})

test('X05 killed while a list is written: the old one or the new one, and nothing between', async () => {
  const { csv } = await lot.run.call<{ csv: string }>('members.export')
  const [head = ''] = csv.replace('\ufeff', '').split('\r\n')
  const tag = ['X', 'Y', 'Z']
  for (const [round, letter] of tag.entries()) {
    const before = await listed()
    const lines = Array.from({ length: 900 }, (_, i) => {
      const n = String(i).padStart(4, '0')
      return `${letter}-${n},访客,客,测${letter}${n},1,,2026-01-01,2099-01-01`
    })
    const text = [head, ...lines].join('\r\n')
    const { digest } = await lot.run.call<AnswerOf<'members.compare'>>('members.compare', { text })
    const id = { commandId: `import-000${round}`, by: '店主', reason: '换名单' }
    const args = { text, digest, takeBack: before.length, ...id }
    const written = lot.run.call('members.import', args).catch(() => null)
    // Killed at once, after its first turns, and after the answer.
    for (let turn = 0; turn < round * 8; turn++) await new Promise(setImmediate)
    if (round === tag.length - 1) await written
    await lot.run.stop('SIGKILL')
    await written
    await lot.start('exit')
    const after = await listed()
    const all = lines.map((line) => line.slice(0, 6))
    expect([before, all]).toContainEqual(after)
    if (round < tag.length - 1) continue
    expect(after).toEqual(all)
    // A sender without an answer repeats the same file under the same id: it is carried out only once.
    const file = join(dir, 'again.csv')
    writeFileSync(file, text)
    const same = ['--take-back', String(args.takeBack), '--command-id', args.commandId]
    const again = ['--write', ...same, ...by]
    const { code, json } = await members('import', '--file', file, ...again)
    expect([json['error'], code]).toEqual([undefined, 0])
    expect(await listed()).toEqual(all)
    // It was the wrong file, which is seen after the restart: the list before it is back, once.
    expect((await members('undo-import', '--write', ...by)).json).toMatchObject({ written: true })
    expect(await listed()).toEqual(before)
    expect(await members('undo-import')).toMatchObject({ code: 1, json: { ok: false, last: null } })
  }
  expect((await runToEnd(['ledger', 'verify', '--data', dir])).json).toMatchObject({ ok: true })
})
