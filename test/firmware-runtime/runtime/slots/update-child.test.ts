// The process that works on an update: what it prints is given line by line before its end, however it ends.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { updateProgram } from '#runtime/slots/update-child.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const from = '/media/更新 盘'
function child(script: string, dir = folderOfTest('child-')) {
  const file = join(dir, 'child.mjs')
  writeFileSync(file, script)
  const lines: string[] = []
  const program = updateProgram([process.execPath, file], dir)
  return { lines, dir, run: program.run('prepare', from, (line) => void lines.push(line)) }
}
const print = (text: string): string => `process.stdout.write(${JSON.stringify(text)});`

it.each<[string, string, readonly string[]]>([
  ['two lines', print('{"step":"look"}\n{"ok":true}\n'), ['{"step":"look"}', '{"ok":true}']],
  [
    'a line in two halves',
    `${print('{"st')}setTimeout(() => {${print('ep":1}\n')}}, 50)`,
    ['{"step":1}'],
  ],
  ['a last line without an end', print('{"ok":true}'), ['{"ok":true}']],
  ['lines of Windows', print('{"ok":true}\r\n'), ['{"ok":true}']],
  [
    'garbage',
    print('\u0000\u0007<html>\nSegmentation fault\n'),
    ['\u0000\u0007<html>', 'Segmentation fault'],
  ],
  ['nothing', '', []],
  ['only on the other pipe', 'console.error("warning")', []],
  ['an error', 'throw new Error("planted")', []],
  [
    'a line before it dies',
    `${print('{"step":"look"}\n')}setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50)`,
    ['{"step":"look"}'],
  ],
  [
    'half a line before it dies',
    `${print('{"step":"lo')}setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50)`,
    ['{"step":"lo'],
  ],
  ['an exit status', `${print('{"ok":false}\n')}process.exitCode = 1`, ['{"ok":false}']],
  ['more than a pipe holds', print(`${'x'.repeat(300_000)}\nend\n`), ['x'.repeat(300_000), 'end']],
])('that prints %s', async (_, script, lines) => {
  const { run, lines: seen } = child(script)
  await run.ended
  expect(seen).toEqual(lines)
})

it('is told what to do, at low priority', async () => {
  const { run, lines, dir } = child(
    'import os from "node:os"; console.log(JSON.stringify([process.argv.slice(2), os.getPriority()]))',
  )
  await run.ended
  const [words, priority] = JSON.parse(lines[0] ?? '') as [string[], number]
  expect(words).toEqual(['update', 'prepare', '--data', dir, '--from', from])
  expect(priority).toBeGreaterThan(0)
})

it('ends when it is stopped, with what it printed so far', async () => {
  const { run, lines } = child(`${print('{"step":"fetch"}\n')}setInterval(() => undefined, 1000)`)
  await eventually(() => expect(lines).toHaveLength(1)).holds()
  run.stop()
  await run.ended
  // A second time, after its end, is nothing.
  run.stop()
  expect(lines).toEqual(['{"step":"fetch"}'])
})

it.each<[string, (dir: string) => string]>([
  ['that is gone', (dir) => join(dir, 'gone')],
  ['that is a folder', (dir) => (mkdirSync(join(dir, 'folder')), join(dir, 'folder'))],
  ['that may not be run', (dir) => (writeFileSync(join(dir, 'text'), 'text'), join(dir, 'text'))],
])('a program %s is a fault, and ended', async (_, of) => {
  const dir = folderOfTest('child-')
  const lines: string[] = []
  const file = of(dir)
  await updateProgram([file], dir).run('check', from, (line) => void lines.push(line)).ended
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { error: { code: 'UPDATE-22', file } },
  ])
})
