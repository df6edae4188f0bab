// `centre digest` and `centre refold` as processes, while a centre runs and while it does not.
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { centreCopies, openHeard } from '../../kit/centre-parts.ts'
import { program } from '../../wire/kit/program.ts'
import { keep } from './fold-kit.ts'

const madeCentreDir = centreCopies()

interface Told {
  readonly status: number | null
  readonly answer: {
    readonly ok: boolean
    readonly all?: { readonly money: { readonly n: number } }
    readonly lots?: readonly { readonly lotId: string }[]
    readonly before?: unknown
    readonly after?: unknown
    readonly error?: { readonly code: string }
  }
  readonly stderr: string
}

function asked(verb: string, dir: string): Told {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'centre', verb, '--data', dir],
    { encoding: 'utf8' },
  )
  return { status, answer: JSON.parse(stdout), stderr }
}

const text = (seq: number): string =>
  JSON.stringify({
    amountFen: 100,
    atMs: Date.UTC(2026, 5, 5),
    body: { paymentId: `M${seq}`, means: 'cash' },
    kind: 'payment',
    nodeId: 'n1',
    seq,
  })

it('says the digest, refolds, and leaves a running centre alone', async () => {
  const dir = await madeCentreDir()
  const { asOwner, close } = await openHeard(dir)
  const lines = Array.from({ length: 700 }, (_, at) => text(at + 1))
  await keep({ owner: asOwner }, { lotId: 'A1', lines })
  expect(asked('digest', dir)).toMatchObject({
    status: 2,
    answer: { error: { code: 'CENTRE-02' } },
  })
  await close()
  const empty = asked('digest', dir)
  expect(empty).toMatchObject({ status: 0, answer: { ok: true, all: { money: { n: 0 } } } })
  const refolded = asked('refold', dir)
  expect(refolded).toMatchObject({ status: 0, answer: { ok: true, stopped: [] } })
  expect(refolded.answer.before).toEqual(refolded.answer.after)
  expect(refolded.stderr.trim().split('\n').at(-1)).toBe('700 rows')
  const { answer } = asked('digest', dir)
  expect(answer).toEqual({ ok: true, ...(refolded.answer.after as object) })
  expect(answer.all?.money.n).toBe(700)
  expect(answer.lots).toMatchObject([{ lotId: 'A1' }])
  const changed = await openHeard(dir)
  await changed.asOwner('DELETE FROM centre.money WHERE seq = 5')
  await changed.close()
  expect(asked('refold', dir)).toMatchObject({ status: 1, answer: { ok: false } })
})
