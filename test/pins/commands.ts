// Runs a command as the program does, without a process: its document, its lines, or the code and field of its refusal.
// Sentences are removed (codes and arguments remain), and so are the folders of the run.
import { atRest } from '#runtime/host/at-rest.ts'
import { tmpdir } from 'node:os'
import type { Command } from '#base/commands/command.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { repository } from '../tidy/tree.ts'

const sentences = new Set(['message', 'todo', 'means', 'note', 'why'])
const isWords = (value: unknown): boolean =>
  typeof value === 'object' &&
  Object.keys(value ?? {})
    .toSorted()
    .join() === 'en,zh'

/** The value without sentences; paths in this checkout or in a folder of the run are made relative. */
export function plain(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(repository, 'REPOSITORY')
      .replaceAll(new RegExp(`${tmpdir()}/[\\w.-]+(?:/lot-\\d+)?`, 'g'), 'FOLDER')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(
    ([name, one]) => !sentences.has(name) && !isWords(one),
  )
  return Object.fromEntries(members.map(([name, one]) => [name, plain(one)]))
}

/** What a command answers with `--json`. */
export async function answerOf(command: Command, args: readonly string[]): Promise<unknown> {
  let out = ''
  const io = {
    stdout: (text: string) => void (out += text),
    stderr: () => undefined,
    json: true,
    onStop: () => undefined,
    atRest,
  }
  try {
    const exit = await command.run(args, io)
    const lines = out.trimEnd().split('\n')
    const all = lines.map((line) => (line === '' ? null : plain(JSON.parse(line))))
    return { exit, out: all.length === 1 ? all[0] : all }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    const { field = '' } = error.detail
    return { refused: `${error.code} ${field}`.trimEnd() }
  }
}
