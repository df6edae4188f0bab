// `etc-lane rsu decode`: every constructed frame of the fixtures, and what each damaged one costs.
// What is thrown away is counted in front of the frame it preceded.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rsuCommand } from '#devices/desk/commands/rsu.ts'
import { runSilent } from '../../../../kit/run-command.ts'

const fixture = <T>(name: string): T =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../../fixtures/rsu', `${name}.json`), 'utf8'),
  ) as T

async function decode(variant: string, hex: string): Promise<{ code: number; lines: Decoded[] }> {
  const { code, stdout } = await runSilent(rsuCommand, ['decode', '--variant', variant, hex])
  const lines = stdout.split('\n').filter(Boolean)
  return { code, lines: lines.map((line) => JSON.parse(line) as Decoded) }
}

interface Decoded {
  readonly type: string
  readonly ok: boolean
  readonly fields: Record<string, unknown>
  readonly discarded: number
}

interface Session {
  readonly variant: string
  readonly frames: { readonly name: string; readonly wireHex: string }[]
}

const sessions = ['generic-bcc-session', 'generic-ver-session', 'generic-len-session']

test.each(sessions)('%s: frame by frame', async (name) => {
  const { variant, frames } = fixture<Session>(name)
  const { code, lines } = await decode(variant, frames.map((f) => f.wireHex).join(' '))
  expect(code).toBe(0)
  expect(lines).toHaveLength(frames.length)
  for (const [i, line] of lines.entries()) {
    expect(line).toMatchObject({ ok: true, discarded: 0 })
    expect(frames[i]?.name.startsWith(line.type)).toBe(true)
  }
})

interface Negative {
  readonly variant: string
  readonly name: string
  readonly wireHex: string
  readonly discarded: number
}

test.each(fixture<{ rows: Negative[] }>('negative').rows)(
  '$variant $name: counted in front of the good frame behind it',
  async ({ variant, wireHex, discarded }) => {
    const good = fixture<Session>(`${variant}-session`).frames[0]?.wireHex ?? ''
    const { lines } = await decode(variant, `${wireHex} ${good}`)
    const sum = lines.reduce((n, line) => n + line.discarded, 0)
    expect(sum).toBe(discarded)
    expect(lines.some((line) => line.ok)).toBe(true)
  },
)

test('bytes that are no frame: exit code 1 and how many', async () => {
  const { code, lines } = await decode('generic-bcc', '01 02 03')
  expect(code).toBe(1)
  expect(lines).toEqual([
    { type: '', name: '', ok: false, fields: {}, discarded: 3, reason: expect.any(String) },
  ])
})

test.each([
  [['decode', '--variant', 'nope', '00'], '--variant'],
  [['decode', '00'], '--variant'],
  [['decode', '--variant', 'generic-bcc', 'xyz'], undefined],
])('%j is refused', async (args, field) => {
  const io = {
    stdout: () => expect.fail('nothing to say'),
    stderr: () => undefined,
    onStop: () => undefined,
    json: true,
  }
  const run = async (): Promise<number> => rsuCommand.run(args, io)
  await expect(run()).rejects.toMatchObject({
    code: 'ARG-01',
    ...(field === undefined ? {} : { detail: { field } }),
  })
})
