// The papers of a lot by commands: filled in beside running lanes, with attachments, reviewed by another person through
// the runtime and in its audit, a drill that falls due, and one document read by pdftotext. It contains no secret and
// no key.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PapersReportView, PapersView } from '#acceptance/calls/papers-views.ts'
import { personFields } from '#acceptance/pure/papers/paper.ts'
import { papers } from '#acceptance/pure/papers/table.ts'
import { runToEnd } from './kit/live-program.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'

const lot = new RunLot({ charge: 'card', tariff: nothingFree })
const { dir } = lot
const of = (...args: string[]) =>
  runToEnd(['papers', args[0] ?? '', '--data', dir, ...args.slice(1)])
const who = (by: string) => ['--by', by, '--reason', '读过']
const viewOf = (json: object): PapersView => json as PapersView

runsForFile(lot)

test('a question is answered by command, beside running lanes and through them', async () => {
  expect((await of('list')).code).toBe(1)
  const [paper] = papers.filter(({ id }) => id === 'J2')
  for (const { id } of paper === undefined ? [] : personFields(paper))
    expect(
      await of('fill', '--field', `J2.${id}`, '--text', `写的 ${id}`, '--by', '甲'),
    ).toMatchObject({ code: 0 })
  const wrong = await of('fill', '--field', 'J2.people', '--text', 'x', '--by', '甲')
  expect(wrong).toMatchObject({ code: 2, json: { error: { code: 'ARG-01', value: 'J2.people' } } })
  const file = join(dir, '..', 'rules.txt')
  writeFileSync(file, '细则全文')
  // Attached by the lanes at the same time as another write: one writer keeps both.
  const both = await Promise.all([
    of('attach', '--paper', 'J2', '--file', file, '--by', '甲'),
    of('fill', '--field', 'J2.head', '--text', '同时写的', '--by', '甲'),
  ])
  expect(both).toMatchObject([{ code: 0 }, { code: 0 }])
  const { json } = await of('list', '--paper', 'J2')
  const [one] = viewOf(json).papers
  expect(one?.lines.find(({ id }) => id === 'head')?.text).toBe('同时写的')
  expect(one).toMatchObject({ state: 'filled', attachments: [{ name: 'rules.txt', by: '甲' }] })
  const digest = one?.attachments[0]?.digest ?? ''
  expect(readFileSync(join(dir, 'papers', digest), 'utf8')).toBe('细则全文')
  expect(execFileSync('sha256sum', [file], { encoding: 'utf8' }).split(' ')[0]).toBe(digest)
})

test('it is reviewed by another person, in the audit, and waits again behind another word', async () => {
  const own = await of('review', '--paper', 'J2', '--accept', ...who('甲'))
  expect(own).toMatchObject({ code: 2, json: { error: { code: 'PAPER-01' } } })
  const open = await of('review', '--paper', 'J3', '--accept', ...who('乙'))
  expect(open).toMatchObject({ code: 2, json: { error: { code: 'PAPER-02' } } })
  expect(await of('review', '--paper', 'J2', '--accept', ...who('乙'))).toMatchObject({ code: 0 })
  const { json } = await runToEnd(['ledger', 'query', '--data', dir, '--kind', 'event'])
  expect(JSON.stringify(json)).toContain('papers.review J2 accepted')
  const rules = await runToEnd(['acceptance', 'rules', '--data', dir])
  expect(JSON.stringify(rules.json)).toMatch(/"id":"J2"[^}]*"clause":"J.1-2"/)
  const state = async () => viewOf((await of('list', '--paper', 'J2')).json).papers[0]?.state
  expect(await state()).toBe('accepted')
  await of('fill', '--field', 'J2.head', '--text', '另一位', '--by', '甲')
  expect(await state()).toBe('changed')
})

test('a drill of more than a year ago is told by lot check', async () => {
  const warned = async () =>
    JSON.stringify((await runToEnd(['lot', 'check', '--data', dir])).json['warnings'])
  expect(await warned()).not.toContain('K.1-9')
  const old = new Date(Date.now() - 400 * 86_400_000).toISOString()
  expect(await of('drill', '--held', old, ...who('乙'))).toMatchObject({ code: 0 })
  expect(await warned()).toContain('K.1-9')
  expect(viewOf((await of('list')).json).drill.state).toBe('overdue')
  const ahead = new Date(Date.now() + 86_400_000).toISOString()
  expect(await of('drill', '--held', ahead, ...who('乙'))).toMatchObject({
    code: 2,
    json: { error: { code: 'ARG-01', field: '/heldIso' } },
  })
})

test('one document has all of it, marked on every page, and no secret', async () => {
  const file = join(dir, '..', 'papers.pdf')
  const made = await of('report', '--format', 'pdf', '--out', file)
  expect(made).toMatchObject({ code: 0, json: { ok: true, simulated: true } })
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  const pages = text.split('\f').filter((page) => page.trim() !== '')
  for (const page of pages) expect(page.replaceAll(/\s/g, '')).toContain('模拟运行，不是验收')
  const flat = text.replaceAll(/\s/g, '')
  for (const said of ['写的general', '没有填写', 'rules.txt', '等保二级情况表', '127.0.0.1'])
    expect(flat).toContain(said)
  expect(flat).not.toMatch(/BEGIN|password|token/i)
})

test('the running lot makes it too, beside its lanes', async () => {
  const asked = { format: 'pdf', language: 'en' }
  const made = await lot.run.call<PapersReportView>('papers.report', asked)
  expect(made).toMatchObject({ simulated: true, fileName: expect.stringMatching(/\.pdf$/) })
  const file = join(dir, '..', 'live.pdf')
  writeFileSync(file, Buffer.from(made.base64, 'base64'))
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  for (const said of ['写的 general', 'rules.txt']) expect(text).toContain(said)
})
