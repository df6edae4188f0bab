// Every row of the call table with strange but valid arguments: a call is carried out or refused by a
// code, and the lanes go on. A call that ended the program would be a car park closed by a mistyped date.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type ApiName } from '#runtime/api/table.ts'
import { cleanUp, newFolder, Program } from '../wire/kit/live-program.ts'
import { ArgsDraw } from './api-args.ts'
import { sayFailingSeed, seed } from './scale.ts'
import { eventually } from '../kit/eventually.ts'

const rounds = process.env['ETC_LANE_SCALE'] === 'full' ? 400 : 5
/** Left out: this machine's network, the demo's own end and cuts, and calls that wait for a cut network. */
const beside = /^(find\.|seek\.|demo\.(powerCut|network)$|backup\.server$|setup\.server$)/
const names = (Object.keys(api) as ApiName[]).filter((name) => !beside.test(name))

interface Reply {
  readonly status: number
  readonly ok: boolean
  readonly data?: unknown
  readonly error?: { readonly code: string; readonly message: string }
}

const home = newFolder()
let demo: Program

sayFailingSeed()
afterAll(cleanUp)
beforeAll(async () => {
  // A call that names a relative file gets one in a folder that is removed with the test.
  const here = ['env', `--chdir=${home}`]
  demo = new Program(['demo', '--headless', '--data', `${home}/lot`, '--timing', 'instant'], here)
  await demo.ready()
  for (const laneId of ['entry', 'exit']) await demo.call('demo.sendCar', { laneId, kind: 'etc' })
})

/** Waits until the runtime takes another call. */
const asked = (name: ApiName, args: unknown): Promise<Reply> =>
  eventually(
    () => call(name, args),
    ({ status }) => status !== 429,
  )

async function call(name: ApiName, args: unknown): Promise<Reply> {
  const response = await fetch(new URL('/v1/call', demo.endpoints?.api), {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, args }),
  })
  return { ...((await response.json()) as Omit<Reply, 'status'>), status: response.status }
}

describe.skipIf(process.platform !== 'linux')('calls with strange arguments', () => {
  it(`${rounds} of each row end no lane, and each refusal has a code of its own`, async () => {
    const draw = new ArgsDraw(seed)
    let carriedOut = 0
    for (let round = 0; round < rounds; round++)
      for (const name of names) {
        const args = draw.of(api[name].args)
        const reply = await asked(name, args)
        const said = `${name} ${JSON.stringify(args)}`
        expect(demo.child.exitCode, `${said}: ${demo.stderr}`).toBeNull()
        expect(reply.status, said).toBeLessThan(500)
        if (reply.ok) carriedOut++
        else expect(reply.error?.code, said).toMatch(/^[A-Z]+-\d\d$/)
        draw.learn(reply.data)
      }
    // A check that accepts nothing would try nothing.
    expect(carriedOut).toBeGreaterThan((names.length * rounds) / 4)
    expect(await asked('ledger.verify', {})).toMatchObject({ ok: true, data: { ok: true } })
    expect(await asked('board.get', {})).toMatchObject({ ok: true })
  })
})
