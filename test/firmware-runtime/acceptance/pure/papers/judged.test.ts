// What the program itself judges on the network sheet: the link by its rows of table D.1, the boundary by listeners and
// connections.
import { expect, it } from 'vitest'
import { boundarySaid, capacitySaid } from '#acceptance/pure/papers/judged.ts'

const rows = (verdict: string) =>
  ['D7', 'D8', 'D9', 'D10', 'D11', 'D12'].map((id) => ({ lane: 'exit', id, verdict }))
const markOf = (said: { readonly zh: string; readonly en: string } | null): string[] =>
  said === null ? [] : [said.zh.slice(0, 1), said.en.slice(0, 1)]

it.each([
  ['no survey', [], []],
  ['rows of other subjects', [{ lane: 'exit', id: 'D5', verdict: 'fail' }], []],
  ['all pass', rows('pass'), ['✓', '✓']],
  [
    'one is open',
    [...rows('pass'), { lane: 'entry', id: 'D7', verdict: 'incomplete' }],
    ['○', '○'],
  ],
  ['one fails', [...rows('pass'), { lane: 'entry', id: 'D12', verdict: 'fail' }], ['✕', '✕']],
])('the link: %s', (_, found, marks) => {
  expect(markOf(capacitySaid(found))).toEqual(marks)
})

const intake = { host: '192.168.1.10', allow: ['192.168.1.64'] }
const outward = ['https:p.example', 'sftp:store.example', ':/media/stick', 'http:127.0.0.1:80']
it.each([
  ['this machine alone, all encrypted', { intake: null, outward }, '✓'],
  ['named cameras', { intake, outward }, '✓'],
  ['anybody', { intake: { ...intake, allow: ['0.0.0.0/0'] }, outward }, '✕'],
  ['nobody named', { intake: { ...intake, allow: [] }, outward }, '✕'],
  ['a connection that is not encrypted', { intake, outward: [...outward, 'http:p.example'] }, '✕'],
])('the boundary: %s', (_, boundary, mark) => {
  expect(markOf(boundarySaid(boundary))).toEqual([mark, mark])
})

it('names what is wrong', () => {
  const { en } = boundarySaid({ intake: { ...intake, allow: [] }, outward: ['http:p.example'] })
  expect(en).toContain('http:p.example')
  expect(capacitySaid([{ lane: 'exit', id: 'D8', verdict: 'fail' }])?.zh).toContain('exit D8')
})
