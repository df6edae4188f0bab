// The runs of an acceptance in their folder: one file per run, the last name is the current one. The single file of older
// versions is moved over once, and a mere read writes nothing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { noSession } from '#acceptance/desk/service/session.ts'
import { keepSession, readSession, sessionFiles } from '#acceptance/desk/folder/sessions.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'

let dir = ''
beforeEach(() => (dir = folderOfTest('etc-sessions-')))

const single = () => join(dir, 'acceptance.json')
const own = (name: string) => join(dir, 'acceptance', name)
const override = { by: '甲', reason: '乙', atIso: '2026-03-02T08:00:00.000+08:00' }
const {
  made: _made,
  inputs: _inputs,
  declaration: _declaration,
  aim: _aim,
  ...of
} = { ...noSession, version: 1 }
const old = { ...of, sessionId: 'A20260302080000000', fromMs: 1, override, waiting: ['E1'] }

it('has nothing before a run, and keeps one file a run', () => {
  expect(readSession(dir)).toEqual(noSession)
  keepSession(dir, noSession)
  expect(readSession(dir)).toEqual(noSession)
  for (const sessionId of ['A20260302080000000', 'A20260303080000000'])
    keepSession(dir, { ...noSession, sessionId })
  expect(sessionFiles(dir)).toEqual(
    ['A0.json', 'A20260302080000000.json', 'A20260303080000000.json'].map(own),
  )
  expect(readSession(dir).sessionId).toBe('A20260303080000000')
})

it('reads the single file of before, and carries it over when it writes', () => {
  writeFileSync(single(), JSON.stringify(old))
  const { override: _override, ...kept } = old
  expect(readSession(dir)).toEqual({ ...noSession, ...kept, version: 2 })
  expect(existsSync(own(''))).toBe(false)
  keepSession(dir, { ...noSession, sessionId: 'A20260303080000000' })
  expect(existsSync(single())).toBe(false)
  expect(JSON.parse(readFileSync(own('A20260302080000000.json'), 'utf8'))).toMatchObject({
    version: 2,
    waiting: ['E1'],
  })
  expect(readSession(dir).sessionId).toBe('A20260303080000000')
})

it('a file that was carried over before the machine stopped is not carried over again', () => {
  writeFileSync(single(), JSON.stringify(old))
  mkdirSync(own(''))
  const went = { ...noSession, sessionId: old.sessionId, fromMs: 2 }
  writeFileSync(own(`${old.sessionId}.json`), JSON.stringify(went))
  expect(readSession(dir).fromMs).toBe(2)
  keepSession(dir, { ...noSession, sessionId: 'A20260303080000000' })
  expect(JSON.parse(readFileSync(own(`${old.sessionId}.json`), 'utf8'))).toEqual(went)
})

it('names file and field of what no acceptance wrote', () => {
  mkdirSync(own(''))
  writeFileSync(own('A1.json'), JSON.stringify({ ...noSession, waiting: ['Z1'] }))
  expect(() => readSession(dir)).toThrow(
    expect.objectContaining({
      code: 'FILE-02',
      detail: { file: own('A1.json'), field: '/waiting/0' },
    }),
  )
})
