// The event file: numbers continue after restarts, size is bounded, and a failing disk is counted.
// Files are in a temporary folder that is removed.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { EventFile, eventFileNames, lastEventSeq } from '#ledger/files/event-file.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''
beforeEach(() => {
  dir = folderOfTest('etc-events-')
  mkdirSync(join(dir, 'logs'))
})

const text = (): string => readFileSync(eventFileNames(dir).now, 'utf8')

test('keeps what was added, one object a line', async () => {
  const file = new EventFile(dir)
  file.add({ seq: 1 })
  file.add({ seq: 2 })
  await file.close()
  expect(text()).toBe('{"seq":1}\n{"seq":2}\n')
})

test.each([
  ['no file', null, 0],
  ['an empty file', '', 0],
  ['whole lines', '{"seq":7,"a":1}\n{"seq":8,"a":1}\n', 8],
  ['a torn last line', '{"seq":7,"a":1}\n{"seq":8,"a"', 7],
  ['a line that is longer than the rest', `{"seq":9,"a":"${'x'.repeat(1000)}"}\n`, 9],
])('finds the last number: %s', (_name, content, seq) => {
  if (content !== null) writeFileSync(eventFileNames(dir).now, content)
  expect(lastEventSeq(dir)).toBe(seq)
})

test('right after a rotation the number is in the file before', () => {
  writeFileSync(eventFileNames(dir).before, '{"seq":41,"a":1}\n')
  expect(lastEventSeq(dir)).toBe(41)
})

test('rotates: two files at most, and the last number is kept', async () => {
  const file = new EventFile(dir, { fileBytesMax: 1000 })
  for (let seq = 1; seq <= 200; seq++) {
    file.add({ seq, detail: 'x'.repeat(50) } as { seq: number })
    await file.flush()
  }
  await file.close()
  const { now, before } = eventFileNames(dir)
  expect(existsSync(before)).toBe(true)
  expect(Buffer.byteLength(text())).toBeLessThan(1200)
  expect(Buffer.byteLength(readFileSync(before))).toBeLessThan(1200)
  expect(lastEventSeq(dir)).toBe(200)
  appendFileSync(now, '{"seq":')
  expect(lastEventSeq(dir)).toBe(200)
})

test('more than may wait is dropped and counted, and so is what the disk refuses', async () => {
  const file = new EventFile(dir, { waitingMax: 3 })
  for (let seq = 1; seq <= 5; seq++) file.add({ seq })
  expect(file.dropped).toBe(2)
  rmSync(join(dir, 'logs'), { recursive: true })
  await file.close()
  expect(file.dropped).toBe(5)
})
