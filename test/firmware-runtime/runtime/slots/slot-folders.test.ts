// What of the slots and archives of updates goes, and what stays: the same for a new preparing and beside running lanes.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dropOld, removeOld } from '#runtime/slots/slot-folders.ts'
import { keepSlots, slotsFile } from '#runtime/slots/slots-file.ts'
import { noSlots, switched, type Slots } from '#runtime/pure/update/slots.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { faultOf } from '../../../kit/refusals.ts'
import { slotOf } from '../../../kit/slot-program.ts'

const [one, two, three] = [slotOf('1.0.1'), slotOf('1.0.2'), slotOf('1.0.3')]
const atIso = '2026-11-30T03:00:00.000+08:00'
const running: Slots = { ...noSlots, active: one }
const onTrial = switched(running, two, { atIso, headSeq: 3 })
const archive = `${'ab'.repeat(32)}.tar.gz`
const old = [archive, `${'cd'.repeat(32)}.tar.xz.part`, 'trial-copy', 'dropped']
const ours = ['trust.json', 'plan.json', 'notes.tar.gz', `${'ab'.repeat(30)}.tar.gz`]

function folderWith(slots: Slots): string {
  const dir = folderOfTest('slots-')
  const own = join(dir, 'update')
  for (const name of [one, two, three].flatMap((slot) => [slot.name, `${slot.name}.part`]))
    mkdirSync(join(own, 'slots', name, 'dist'), { recursive: true })
  for (const name of ['trial-copy', 'dropped/0-earlier'])
    mkdirSync(join(own, name), { recursive: true })
  for (const name of [...old.slice(0, 2), ...ours]) writeFileSync(join(own, name), name)
  keepSlots(dir, slots)
  return dir
}
const left = (dir: string): readonly string[] =>
  ['slots', '.']
    .flatMap((name) => readdirSync(join(dir, 'update', name)))
    .filter((name) => !['slots', 'slots.json', ...ours].includes(name))
    .toSorted()

describe.each<[string, (dir: string) => void]>([
  ['a new preparing', (dir) => removeOld(dir, [])],
  ['running lanes', dropOld],
])('%s', (_, clear) => {
  it.each<[string, Slots, readonly string[]]>([
    ['the installed version', noSlots, []],
    ['a version of an update', running, [one.name]],
    ['a version on trial and the one before', onTrial, [one.name, two.name]],
    ['a trial after the installed version', { ...onTrial, before: null }, [two.name]],
  ])('leave %s', async (_what, slots, names) => {
    const dir = folderWith(slots)
    clear(dir)
    await eventually(() => expect(left(dir)).toEqual(names)).holds()
    expect(ours.every((name) => existsSync(join(dir, 'update', name)))).toBe(true)
    // Again, and in a folder without any.
    clear(dir)
    await eventually(() => expect(left(dir)).toEqual(names)).holds()
  })

  it('leave everything where nobody knows what runs', () => {
    const dir = folderWith(onTrial)
    writeFileSync(slotsFile(dir), '{')
    const before = left(dir)
    expect(faultOf(() => clear(dir)).code).toBe('UPDATE-07')
    expect(left(dir)).toEqual(before)
  })
})

it('a preparing keeps what it is about', () => {
  const dir = folderWith(running)
  removeOld(dir, [three.name, archive])
  expect(left(dir)).toEqual([one.name, three.name, archive].toSorted())
})

it('what lanes drop is out of the way at once', () => {
  const dir = folderWith(running)
  dropOld(dir)
  expect(left(dir).filter((name) => name !== 'dropped')).toEqual([one.name])
})

it.each([
  ['nothing', []],
  ['the copy', ['1-trial-copy/ledger.db']],
  ['a slot', [`1-${two.name}/node`, '0-earlier/node']],
  ['a whole drop', ['now-a/trial-copy/x', `now-b/${two.name}/x`]],
])('what lanes drop goes, after a kill left %s', async (_, names) => {
  const dir = folderWith(running)
  for (const file of names.map((name) => join(dir, 'update', 'dropped', name))) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'x')
  }
  dropOld(dir)
  await eventually(() => expect(left(dir)).toEqual([one.name])).holds()
})
