// When Studio begins with its start page, and what a choice starts: nothing before it, once after it,
// never a demo in another lot's folder.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readArguments } from '../../../electron/main/arguments.ts'
import type { RuntimeLink } from '../../../electron/main/runtime-link.ts'
import { StartLink } from '../../../electron/main/start-link.ts'
import { beginsWithPage, choose, setupFolder } from '../../../electron/main/start-page.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-start-')
const folder = (name: string, file?: string): string => {
  const at = join(dir, name)
  mkdirSync(at, { recursive: true })
  if (file !== undefined) writeFileSync(join(at, file), '{}')
  return at
}
const begins = (...argv: string[]): boolean => beginsWithPage(readArguments(argv, dir))

describe('the page', () => {
  it('comes where nothing is named, or a folder without anything of a lot', () => {
    expect(begins('.')).toBe(true)
    expect(begins('--data', folder('empty'))).toBe(true)
    expect(begins('--data', join(dir, 'not-there'))).toBe(true)
  })
  it('does not come before a lot, what is left of one, or what was asked for by name', () => {
    expect(begins('--data', folder('lot', 'lot.json'))).toBe(false)
    expect(begins('--data', folder('lost', 'ledger.db'))).toBe(false)
    expect(begins('--demo')).toBe(false)
    expect(begins('--demo', '--data', folder('empty'))).toBe(false)
    expect(begins('--workbench')).toBe(false)
    expect(begins('--attach', folder('empty'))).toBe(false)
  })
})

describe('a choice', () => {
  let link: StartLink
  let started: [string, string][]
  let chosen: string | null
  let known: { dir: string; name: string }[]
  const calls: string[] = []
  const begun: RuntimeLink = {
    kind: 'attached',
    call: (name) => {
      calls.push(name)
      return Promise.resolve({ ok: true, data: 'began' })
    },
    subscribe: (stream) => {
      calls.push(stream)
      return () => calls.push(`${stream} ended`)
    },
    close: () => Promise.resolve(),
  }
  const acts = {
    askFolder: () => Promise.resolve(chosen),
    known: () => known,
    setupDir: () => '/lots/new',
    linkTo: (what: string, at: string) => {
      started.push([what, at])
      return Promise.resolve(begun)
    },
  }
  beforeEach(() => {
    link = new StartLink()
    started = []
    chosen = null
    known = []
    calls.length = 0
  })

  it('is needed: until then every call says so and nothing is started', async () => {
    expect(await link.call('board.get', {})).toMatchObject({ error: { code: 'START-01' } })
    await link.close()
    expect([started, calls]).toEqual([[], []])
  })
  it('starts once, and what was subscribed to begins', async () => {
    const end = link.subscribe('board', 0, () => undefined)
    const gone = link.subscribe('events', 0, () => undefined)
    gone()
    expect(await choose(link, { what: 'demo' }, acts)).toEqual({ state: 'begun', dir: '' })
    expect(await choose(link, { what: 'device' }, acts)).toEqual({ state: 'cancelled', dir: '' })
    expect(started).toEqual([['demo', '']])
    expect(await link.call('board.get', {})).toEqual({ ok: true, data: 'began' })
    end()
    expect(calls).toEqual(['board', 'board.get', 'board ended'])
    expect(link.kind).toBe('attached')
  })
  it('has a demo of a street beside that of lanes; neither asks for a folder', async () => {
    expect(await choose(link, { what: 'street' }, acts)).toEqual({ state: 'begun', dir: '' })
    expect(started).toEqual([['street', '']])
  })
  it('to open asks for a folder, and one without a lot stays as it is', async () => {
    expect(await choose(link, { what: 'open' }, acts)).toEqual({ state: 'cancelled', dir: '' })
    chosen = folder('nothing')
    expect(await choose(link, { what: 'open' }, acts)).toEqual({ state: 'noLot', dir: chosen })
    expect([started, readdirSync(chosen)]).toEqual([[], []])
    chosen = folder('lot', 'lot.json')
    expect(await choose(link, { what: 'open' }, acts)).toEqual({ state: 'begun', dir: chosen })
    expect(started).toEqual([['open', chosen]])
  })
  it('of a known car park asks for no folder; a folder that is not known is asked about', async () => {
    const dir = folder('known', 'lot.json')
    known = [{ dir, name: '停车场' }]
    expect(await choose(link, { what: 'open', dir: folder('x', 'lot.json') }, acts)).toEqual({
      state: 'cancelled',
      dir: '',
    })
    expect(await choose(link, { what: 'open', dir }, acts)).toEqual({ state: 'begun', dir })
    expect(started).toEqual([['open', dir]])
  })
  it('to set up a lot begins in the folder for it, and the page can be come back to', async () => {
    expect(await choose(link, { what: 'setup' }, acts)).toEqual({
      state: 'begun',
      dir: '/lots/new',
    })
    await link.leave()
    expect(await link.call('board.get', {})).toMatchObject({ error: { code: 'START-01' } })
    expect(await choose(link, { what: 'demo' }, acts)).toMatchObject({ state: 'begun' })
    expect(started).toEqual([
      ['setup', '/lots/new'],
      ['demo', ''],
    ])
  })
  it('the folder for a new lot is the first without one; a draft is gone on with', () => {
    const home = folder('home')
    expect(setupFolder(home)).toBe(join(home, 'lot'))
    folder('home/lot', 'setup.json')
    expect(setupFolder(home)).toBe(join(home, 'lot'))
    folder('home/lot', 'lot.json')
    expect(setupFolder(home)).toBe(join(home, 'lot-2'))
  })
  it.each(['run', '', null, { what: 'demo' }])('%j is none', async (what) => {
    expect(await choose(link, { what }, acts)).toMatchObject({ state: 'cancelled' })
    expect(started).toEqual([])
  })
})
