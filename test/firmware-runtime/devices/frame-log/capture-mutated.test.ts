// Every member of every kind of line in the stored captures is changed, one at a time: the capture still replays, or is
// refused with WIRE-01 and its line, member and value. No file may cause an unhandled exception.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCapture } from '#devices/frame-log/capture.ts'
import { captureRows, replayCapture } from '#devices/frame-log/capture-replay.ts'
import { variantOf } from '#devices/desk/commands/capture.ts'
import { whyIn } from '#base/pure/faults/faults.ts'
import { refusedBy, refusedLater } from '../../../kit/refusals.ts'

const folder = join(import.meta.dirname, '../../../fixtures/captures')
type Json = Record<string, unknown>
const absent = Symbol('absent')
const values = [absent, null, 0, -1, 'x', [], {}, '9999-12-31T23:59:59Z']

/** Every path to a member, at any depth. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    [...path, name],
    ...pathsOf(inner, [...path, name]),
  ])
}

function changed(line: Json, path: readonly string[], value: unknown): string {
  const copy = structuredClone(line)
  const owner = path.slice(0, -1).reduce((at, name) => at[name] as Json, copy)
  const last = path.at(-1) ?? ''
  if (value === absent) Reflect.deleteProperty(owner, last)
  else owner[last] = value
  return JSON.stringify(copy)
}

/** One line of each kind; the kind is its member names and the command it carries. */
function kindsOf(lines: readonly string[]): Map<string, number> {
  const kinds = new Map<string, number>()
  lines.forEach((text, at) => {
    const line = JSON.parse(text) as Json
    const { do: act } = (line['command'] ?? {}) as Json
    const kind = [...Object.keys(line), act, line['link'], at === 0].join()
    if (!kinds.has(kind)) kinds.set(kind, at)
  })
  return kinds
}

async function judge(text: string, file: string): Promise<void> {
  const capture = readCapture(text, file)
  const rsu = await variantOf(capture, file, null)
  replayCapture(capture, rsu)
  for (const row of captureRows(capture, rsu?.variant)) expect(row).toBeDefined()
}
const judged = (text: string, file: string) => refusedLater(judge(text, file))

describe('a capture with one member changed', () => {
  it.each(readdirSync(folder))('%s', async (file) => {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)
    let refused = 0
    for (const at of kindsOf(lines).values()) {
      const line = JSON.parse(lines[at] ?? '') as Json
      for (const path of pathsOf(line))
        for (const value of values) {
          const text = lines.with(at, changed(line, path, value)).join('\n')
          const fault = await judged(text, file).catch((error: unknown) => {
            throw new Error(`${file}, line ${at + 1}, ${path.join('.')}`, { cause: error })
          })
          if (fault === null) continue
          refused++
          expect(fault.code).toBe('WIRE-01')
          expect(fault.detail.field).toMatch(/^line \d+$/)
          expect(fault.detail.value).not.toBe('')
        }
    }
    expect(refused).toBeGreaterThan(20)
  })

  it('names the member and what it is', async () => {
    const file = 'generic-bcc-noise.jsonl'
    const lines = readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)
    const at = lines.findIndex((text) => text.includes('"do":"debit"'))
    const wrong = changed(JSON.parse(lines[at] ?? '') as Json, ['command', 'stationHex'], 7)
    const fault = await judged(lines.with(at, wrong).join('\n'), file)
    expect(fault?.detail).toMatchObject({ file, field: `line ${at + 1}`, value: '7' })
    expect(whyIn(fault?.detail.note ?? '')).toMatch(/^command\.stationHex /)
  })
})

describe('a line of a link', () => {
  const [head = ''] = readFileSync(join(folder, 'generic-ver-break.jsonl'), 'utf8').split('\n')
  const noteOf = (line: object): string => {
    const fault = refusedBy(() =>
      readCapture(
        `${head}
${JSON.stringify(line)}
`,
        'f',
      ),
    )
    return fault === null ? 'read' : whyIn(fault.detail.note ?? '')
  }
  it.each([
    [{ monoMs: 1, link: 'down', reason: 'cut' }, /^read$/],
    [{ monoMs: 1, link: 'up' }, /^read$/],
    [{ monoMs: 1, link: 'down' }, /^reason .*what this item needs/],
    [{ monoMs: 1, link: 'up', reason: 'cut' }, /^reason is not a member here/],
    [{ monoMs: 1, link: 'sideways' }, /^link is not "up" or "down"$/],
  ])('%j', (line, note) => {
    expect(noteOf(line)).toMatch(note)
  })
})
