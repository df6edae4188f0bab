// Restoring a lot from the start page: the command's arguments, how long the key is stored, and what the window
// gets at each end. The command is tested elsewhere.
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { wrongWishes } from './wrong-wishes.ts'
import { fetchRows, lookAtServer, restoreLot } from '../../../electron/main/restore-lot.ts'

const wish = {
  from: '/media/stick/copies',
  hostKey: '',
  password: '',
  keyFile: '',
  keyText: 'share one\nshare two',
  bill: '',
  head: '',
  by: '店主',
  reason: '换了电脑',
  isDamagedTaken: false,
}
const restored = { rows: 21, lostAfterIso: '2026-11-01T08:00:00.000+08:00', lost: null }
let args: readonly string[]
let key: { readonly file: string; readonly text: string } | null
let ended: { code: number; stdout: string }
const run = (given: readonly string[]) => {
  args = given
  const file = given[given.indexOf('--recovery-key') + 1] ?? ''
  key = existsSync(file) ? { file, text: readFileSync(file, 'utf8') } : null
  return Promise.resolve(ended)
}
beforeEach(() => {
  args = []
  key = null
  ended = { code: 0, stdout: `a line of before\n${JSON.stringify({ ok: true, ...restored })}\n` }
})

it('copies of a server come by its agreed key, the password beside the command in a file', async () => {
  const from = 'sftp://lot@nas/copies'
  let word = ''
  const asked = { ...wish, from, hostKey: 'SHA256:k', password: 'Simulated 7' }
  await restoreLot(asked, '/lots/new', (given) => {
    word = readFileSync(given[given.indexOf('--password') + 1] ?? '', 'utf8')
    return run(given)
  })
  expect(word).toBe('Simulated 7')
  expect(args.join(' ')).toContain('--host-key SHA256:k --password ')
  expect(args.join(' ')).not.toContain('Simulated')
})

it('a server is looked at by the command, and nothing else is', async () => {
  ended = { code: 0, stdout: '{"ok":true,"hostKey":"SHA256:k"}\n' }
  const to = 'sftp://lot@nas/copies'
  expect(await lookAtServer(to, run)).toMatchObject({ ok: true, data: { hostKey: 'SHA256:k' } })
  expect(args).toEqual(['backup', 'look', '--to', to, '--json'])
  ended = { code: 2, stdout: '{"error":{"code":"COPY-06","message":"m"}}' }
  expect(await lookAtServer(to, run)).toMatchObject({ ok: false, error: { code: 'COPY-06' } })
  args = []
  for (const one of [null, '/media/stick', `${to}${'x'.repeat(4_000)}`])
    expect(await lookAtServer(one, run)).toMatchObject({ ok: false, error: { code: 'ARG-01' } })
  expect(args).toEqual([])
})

describe('a wish', () => {
  it('is the command that support staff type; the typed key lies there for that long alone', async () => {
    const answer = await restoreLot(wish, '/lots/new', run)
    expect(answer).toMatchObject({ ok: true, data: { ...restored, dir: '/lots/new' } })
    expect(key?.text).toBe(wish.keyText)
    const keyFile = key?.file ?? ''
    expect(existsSync(dirname(keyFile))).toBe(false)
    expect(args).toEqual([
      ...['backup', 'restore', '--data', '/lots/new', '--from', wish.from],
      ...['--recovery-key', keyFile, '--by', '店主', '--reason', '换了电脑', '--json'],
    ])
  })
  it('takes a key from a file, a bill and a head where they are given', async () => {
    const more = {
      keyFile: '/media/stick/key.html',
      bill: '/tmp/bill.csv',
      head: '/old/ledger.head',
    }
    await restoreLot({ ...wish, ...more, isDamagedTaken: true }, '/lots/new', run)
    expect(args.join(' ')).toContain(
      '--recovery-key /media/stick/key.html --bill /tmp/bill.csv --head /old/ledger.head --accept-damaged --by',
    )
  })
  it.each([...wrongWishes(wish), ['nobody', { ...wish, by: ' ' }] as const])(
    'of %s runs nothing',
    async (_, given) => {
      const answer = await restoreLot(given, '/lots/new', run)
      expect(answer).toMatchObject({ ok: false, error: { code: 'ARG-01' } })
      expect(args).toEqual([])
    },
  )
})

describe('the rows at the centre', () => {
  const by = { by: '店主', reason: '换了电脑' }
  it.each([
    ['fetch', '--no-wait', 1, { ok: false, state: 'pending', digits: '012345', rows: 0 }],
    ['fetch', '--no-wait', 0, { ok: true, state: 'fetched', digits: null, rows: 60 }],
    ['leave', '--leave', 0, { ok: true, state: 'left', digits: null, rows: 0 }],
  ] as const)(
    '%s by the command that support staff type: %s, %i',
    async (act, flag, code, said) => {
      ended = { code, stdout: `${JSON.stringify(said)}\n` }
      const answer = await fetchRows({ act, ...by }, '/lots/new', run)
      expect(answer).toMatchObject({ ok: true, data: { state: said.state, rows: said.rows } })
      const who = ['--by', by.by, '--reason', by.reason, '--json']
      expect(args).toEqual(['ledger', 'fetch-back', '--data', '/lots/new', flag, ...who])
    },
  )
  it.each([
    ['no wish', null, '/lots/new'],
    ['another act', { act: 'open', ...by }, '/lots/new'],
    ['nobody', { act: 'fetch', by: 7, reason: '' }, '/lots/new'],
    ['no restored lot', { act: 'fetch', ...by }, null],
  ])('of %s runs nothing', async (_, wished, dir) => {
    expect(await fetchRows(wished, dir, run)).toMatchObject({ error: { code: 'ARG-01' } })
    expect(args).toEqual([])
  })
  it('a refusal is told with its code, and an end without an answer with ROWS-15', async () => {
    const error = { code: 'ROWS-13', message: 'm', field: '', value: '42' }
    ended = { code: 2, stdout: `${JSON.stringify({ error })}\n` }
    expect(await fetchRows({ act: 'fetch', ...by }, '/lots/new', run)).toEqual({ ok: false, error })
    ended = { code: 139, stdout: '' }
    const broken = await fetchRows({ act: 'fetch', ...by }, '/lots/new', run)
    expect(broken).toMatchObject({ ok: false, error: { code: 'ROWS-15' } })
  })
})

describe('an end', () => {
  it('with a refusal is told with its code', async () => {
    const error = { code: 'RECOVERY-02', message: '另一个停车场', field: '', value: 'GX00078' }
    ended = { code: 2, stdout: `${JSON.stringify({ error })}\n` }
    expect(await restoreLot(wish, '/lots/new', run)).toEqual({ ok: false, error })
  })
  it.each(['', 'Segmentation fault', '{"ok":'])('with %j is no restored lot', async (stdout) => {
    ended = { code: 139, stdout }
    const answer = await restoreLot(wish, '/lots/new', run)
    expect(answer).toMatchObject({ ok: false, error: { code: 'RECOVERY-06', message: 'exit 139' } })
  })
  it('that is fine and says nothing is no restored lot either', async () => {
    ended = { code: 0, stdout: '' }
    const answer = await restoreLot(wish, '/lots/new', run)
    expect(answer).toMatchObject({ ok: false, error: { code: 'RECOVERY-06' } })
  })
})
