// `etc-lane run` whose reader thread ends at each question, as when memory runs out: the lanes go on and a person reads
// which task failed. An orderly stop during a question ends with 0 and nothing on stderr but faults.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'
import type { UpkeepView } from '#lane/calls/views.ts'

const dir = newFolder()
const probe = new URL('./kit/broken-reader.mjs', import.meta.url).href
const run = (how: string): Program =>
  new Program(
    ['run', '--data', dir],
    ['env', `NODE_OPTIONS=--import=${probe}`, `ETC_READER=${how}`],
  )

beforeAll(async () => {
  expect((await runToEnd(['lot', 'init', '--data', dir, '--charge', 'card'])).code).toBe(0)
})
afterAll(() => cleanUp())

test('a reader that ends at each question: the task is named, and the lanes go on', async () => {
  const program = run('ends')
  await program.ready()
  await program.line(({ error }) => {
    const { code, value } = (error ?? {}) as { code?: string; value?: string }
    return code === 'TASK-01' && value === 'feedbackDue'
  })
  const codes = async (): Promise<readonly string[]> => {
    const { upkeep } = await program.call<{ upkeep: UpkeepView | null }>('status.get')
    return upkeep?.faults.map(({ code }) => code) ?? []
  }
  await eventually(codes, (all) => all.includes('TASK-01'), { of: program })
  expect(program.died()).toBeNull()
  expect([await program.stop(), program.stderr]).toEqual([0, expect.not.stringMatching(/^ +at /m)])
})

// The first questions of a start, and the one that is asked each minute, again and again.
test.each(['day', 'query', 'dayTally', 'dayTally', 'dayTally'])(
  'stopped while the reader is asked for %s: ends with 0, closed whole',
  async (name) => {
    const program = run(name)
    await program.ready()
    await program.line((line) => line['event'] === 'asked' && line['name'] === name)
    expect([await program.stop(), program.stderr]).toEqual([
      0,
      expect.not.stringMatching(/^ +at /m),
    ])
    const { json } = await runToEnd(['ledger', 'verify', '--data', dir])
    expect(json).toMatchObject({ ok: true })
  },
)
