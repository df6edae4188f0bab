// `centre password` as a process, while a centre runs and while it does not: the secret comes on stdin, sessions and locks
// end, and the log of acts has who and why.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { deskHasher } from '../../../centre/desk/secrets.ts'
import { centreCopies, openHeard, type HeardPostgres } from '../../kit/centre-parts.ts'
import { program } from '../../wire/kit/program.ts'

const madeCentreDir = centreCopies()
const said = ['--by', 'li', '--reason', 'lost']

async function password(dir: string, secret: string, ...more: readonly string[]) {
  const args = [program, 'centre', 'password', '--data', dir, ...more]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.end(secret)
  const answer = JSON.parse(await text(child.stdout))
  if (child.exitCode === null) await once(child, 'close')
  return { status: child.exitCode, answer, code: answer.error?.code ?? '' }
}

async function matches({ asOwner }: HeardPostgres, secret: string): Promise<boolean> {
  const { rows } = await asOwner("SELECT secret FROM desk.person WHERE name = 'admin'")
  return deskHasher().matches(secret, JSON.parse(rows[0].secret))
}

it('sets a lost password, whether the centre runs or not', async () => {
  const dir = await madeCentreDir()
  const running = await openHeard(dir)
  await running.asOwner(`INSERT INTO desk.person (name, secret, one_time)
    VALUES ('admin', '{}', true), ('wang', '{}', false)`)
  await running.asOwner(`INSERT INTO desk.session (token_digest, person_id, since, last_seen)
    SELECT convert_to(name, 'UTF8'), person_id, now(), now() FROM desk.person`)
  await running.asOwner(`INSERT INTO desk.sign_in_try (person_id, address, failures, last_at)
    SELECT person_id, '192.0.2.1', 5, now() FROM desk.person`)
  for (const [secret, name, code] of [
    ['short\n', 'admin', 'CENTRE-36'],
    ['', 'admin', 'CENTRE-36'],
    ['my admin secret', 'admin', 'CENTRE-36'],
    ['a secret of my own\n', 'nobody here', 'CENTRE-38'],
    ['a secret of my own\n', 'admin', ''],
  ] as const) {
    const done = await password(dir, secret, '--name', name, ...said)
    expect([name, secret, done.status, done.code]).toEqual([
      name,
      secret,
      code === '' ? 0 : expect.any(Number),
      code,
    ])
  }
  expect(await matches(running, 'a secret of my own')).toBe(true)
  const { rows } = await running.asOwner(`SELECT p.name, one_time,
    (SELECT count(*)::int FROM desk.session s WHERE s.person_id = p.person_id) AS sessions,
    (SELECT count(*)::int FROM desk.sign_in_try t WHERE t.person_id = p.person_id) AS tries
    FROM desk.person p ORDER BY 1`)
  expect(rows).toEqual([
    { name: 'admin', one_time: false, sessions: 0, tries: 0 },
    { name: 'wang', one_time: false, sessions: 1, tries: 1 },
  ])
  await running.close()
  const again = await password(dir, 'another secret 8', '--name', 'admin', ...said)
  expect(again).toMatchObject({ status: 0, answer: { ok: true, name: 'admin' } })
  expect((await password(`${dir}-none`, 'x', '--name', 'admin', ...said)).code).toBe('FILE-01')
  const reopened = await openHeard(dir)
  expect(await matches(reopened, 'another secret 8')).toBe(true)
  const acts = await reopened.asOwner('SELECT person, act, lot_id, detail FROM desk.act')
  const act = { person: 'li', act: 'person.reset', lot_id: null }
  expect(acts.rows).toEqual(
    [0, 1].map(() => ({ ...act, detail: { name: 'admin', reason: 'lost' } })),
  )
})
