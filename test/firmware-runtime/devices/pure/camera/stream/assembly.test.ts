// Assembling a reading: which picture belongs to which text, and which texts to which car.
// Rows list the parts in order of arrival; `.` is the end of waiting, `+11` seconds.
import { describe, expect, it } from 'vitest'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import type { AssemblyStep } from '#devices/pure/camera/stream/assembly.ts'
import {
  addDraft,
  addPicture,
  emptyAssembly,
  flushAssembly,
} from '#devices/pure/camera/stream/assembly.ts'
import { jpegOf } from '../../../intake/pusher.ts'

const read = (plate: string, confidence: number | null = 0.9): PlateRead => ({
  deviceId: 'd',
  recordId: `d/${plate}`,
  deviceAtMs: 1,
  plate: plate === '' ? null : plate,
  plateRaw: plate,
  plateState: plate === '' ? 'unreadable' : 'read',
  colour: 'blue',
  confidence,
  history: false,
  jpeg: null,
})

/** `A` a text, `A/g2` one of two of group g, `p100` a named plate clip, `c` a scene, `j` unnamed, `x` broken. */
function play(row: string): string[] {
  let assembly = emptyAssembly
  const assembled: string[] = []
  let atMs = 0
  for (const word of row.split(' ')) {
    let step: AssemblyStep
    if (word.startsWith('+')) {
      atMs += 1_000 * Number(word)
      continue
    }
    const size = Number(/\d+$/.exec(word)?.[0] ?? '100')
    if (word === '.') step = flushAssembly(assembly, atMs)
    else if (/^[pcjx]\d*$/.test(word)) {
      const name = { p: 'licensePlatePicture.jpg', c: 'detectionPicture.jpg', j: '', x: '' }
      const bytes = word.startsWith('x') ? new Uint8Array(size) : jpegOf(size)
      step = addPicture(assembly, { name: name[word[0] as keyof typeof name], bytes }, atMs)
    } else {
      const m = /^(\w*?)(?:@(\d+))?(?:\/(\w)(\d))?$/.exec(word)
      const [, plate = '', percent, group, groupSize] = m ?? []
      const draft = {
        read: read(
          plate === '_' ? '' : plate,
          percent === undefined ? null : Number(percent) / 100,
        ),
        group: group ?? null,
        groupSize: Number(groupSize ?? '1'),
      }
      step = addDraft(assembly, draft, atMs)
    }
    assembly = step.assembly
    for (const one of step.reads)
      assembled.push(`${one.plateRaw || '_'}${one.jpeg === null ? '' : ` ${one.jpeg.length}`}`)
  }
  return [...assembled, ...(assembly.draft === null ? [] : ['waits'])]
}

describe('a reading', () => {
  it.each<[string, string[]]>([
    ['A', ['waits']],
    ['A .', ['A']],
    ['A p100', ['A 100']],
    ['A j100', ['A 100']],
    ['A c100', ['waits']],
    ['A c100 .', ['A 100']],
    ['A c100 p200', ['A 200']],
    ['A p100 c200', ['A 100']],
    ['A x .', ['A']],
    ['A x p100', ['A 100']],
    ['p100 A .', ['A']],
    ['A . p100 B .', ['A', 'B']],
    ['A B p100', ['A', 'B 100']],
    ['A c100 B .', ['A 100', 'B']],
    ['A p100 c200 B .', ['A 100', 'B']],
    ['A c101 c102 c103 c104 c105 c106 c107 c108 p200 .', ['A 101']],
  ])('%s', (row, expected) => {
    expect(play(row)).toEqual(expected)
  })
})

describe('texts of one group', () => {
  it.each<[string, string[]]>([
    ['A/g2 j100', ['waits']],
    ['A/g2 j100 A/g2 j200', ['A 100']],
    ['A/g2 j100 .', ['A 100']],
    ['_/g2 j100 A/g2 j200', ['A 100']],
    ['A/g2 j100 _/g2 j200', ['A 100']],
    ['A@50/g2 j100 B@90/g2 j200', ['B 100']],
    ['A@90/g2 j100 B@50/g2 j200', ['A 100']],
    ['A/g1 j100 A/g1 j100', ['A 100']],
    ['A/g2 j100 . A/g2 j200', ['A 100']],
    ['A/g1 j100 B/h1 j200', ['A 100', 'B 200']],
    ['A/g2 j100 B/h1 j200', ['A 100', 'B 200']],
    ['A/g1 j100 B/g1 j200', ['A 100', 'B 200']],
    ['A/g1 j100 _/g1 j200', ['A 100']],
    ['A/g1 j100 +9 A/g1 j200', ['A 100']],
    ['A/g1 j100 +11 A/g1 j200', ['A 100', 'A 200']],
    ['A/g1 j100 +11 _/g1 j200', ['A 100', '_ 200']],
  ])('%s', (row, expected) => {
    expect(play(row)).toEqual(expected)
  })
})
