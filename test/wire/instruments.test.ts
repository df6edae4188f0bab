// Instruments as processes on real links: `etc-lane survey meter` prints the exact field of the
// simulator, or a fault with its code. Every variant on every link in `npm run test:full`.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { spawnLauncher, startSimProcess } from '#harness/lot/sim-process.ts'
import type { SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { newFolder } from './kit/live-program.ts'
import { program, runProgram } from './kit/program.ts'
import { endedAfterEach } from './kit/ended.ts'

const sims = endedAfterEach()

const full = process.env['ETC_LANE_SCALE'] === 'full'
const linux = process.platform === 'linux'
const profiles = {
  'scpi-siglent': 'siglent/ssa3000x',
  tinysa: 'tinysa/zs407',
  'tinysa-signed': 'tinysa/zs407',
  'scpi-generic': 'generic/scpi',
  'scpi-fieldfox': 'keysight/fieldfox',
  'scpi-fsh': 'rohde-schwarz/fsh',
  'scpi-rigol': 'rigol/dsa800',
} as const
type Variant = keyof typeof profiles

const usual: readonly (readonly [Variant, 'tcp' | 'pty'])[] = [
  ['scpi-siglent', 'tcp'],
  ['tinysa', linux ? 'pty' : 'tcp'],
]
const all = (Object.keys(profiles) as Variant[]).flatMap((variant) =>
  (linux ? (['tcp', 'pty'] as const) : (['tcp'] as const)).map((kind) => [variant, kind] as const),
)

async function start(
  variant: Variant,
  kind: 'tcp' | 'pty',
  ...more: string[]
): Promise<SimProcess> {
  const listen = kind === 'pty' ? `pty:${join(newFolder(), 'meter')}` : 'tcp://127.0.0.1:0'
  const flags = ['--listen', listen, '--admin', 'http://127.0.0.1:0', '--timing', 'instant']
  const own = ['--variant', variant, '--seed', '7', ...more]
  const sim = await startSimProcess('instrument-sim', [...flags, ...own], spawnLauncher(program))
  sims.push(sim)
  return sim
}

async function admin(sim: SimProcess, path: string, body?: object): Promise<unknown> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  return (await fetch(`${sim.endpoints.admin}${path}`, init)).json()
}

interface Answer {
  readonly ok?: boolean
  readonly levelDbm: number
  readonly spreadDb: number
  readonly readings: readonly { readonly levelDbm: number }[]
  readonly error?: { readonly code: string; readonly message: string }
}

async function meter(sim: SimProcess, variant: Variant, samples = 3) {
  const link = present(sim.endpoints.link, 'a link')
  const flags = ['--link', link, '--profile', profiles[variant], '--hold', '60']
  const ran = await runProgram('survey', 'meter', ...flags, '--samples', `${samples}`, '--json')
  return { code: ran.code, answer: JSON.parse(ran.stdout) as Answer }
}

describe.each(full ? all : usual)('%s over %s', (variant, kind) => {
  it('reads the field as it is, in replies that come in pieces', async () => {
    const sim = await start(variant, kind)
    await admin(sim, '/antenna', { eirpDbm: 20, yawDeg: 10 })
    await admin(sim, '/probe', { xMm: 900, yMm: 1_750, zMm: 1_000 })
    await admin(sim, '/knobs', { settleMs: 0 })
    await admin(sim, '/line', { splitBytes: 5 })
    const { code, answer } = await meter(sim, variant)
    expect(code).toBe(0)
    const truth = (await admin(sim, '/truth?xMm=900&yMm=1750&zMm=1000')) as { levelDbm: number }
    expect(answer.readings).toHaveLength(3)
    expect(Math.abs(answer.levelDbm - truth.levelDbm)).toBeLessThan(0.5)
    expect(answer.spreadDb).toBeLessThan(0.6)
  })
})

const inFull = full ? ['scpi-siglent' as const] : []
it.each(inFull)('an analyser that ends below 6 GHz is refused by its model: %s', async () => {
  const low = await start('scpi-siglent', 'tcp', '--model', 'SSA3032X')
  const refused = await meter(low, 'scpi-siglent')
  expect(refused.code).toBe(2)
  expect(refused.answer.error).toMatchObject({ code: 'METER-01' })
  expect(refused.answer.error?.message).toMatch(/SSA3032X/)
})

it.each(inFull)('an overload of %s is told', async () => {
  const strong = await start('scpi-siglent', 'tcp')
  await admin(strong, '/antenna', { eirpDbm: 60 })
  const loud = await meter(strong, 'scpi-siglent', 1)
  expect(loud).toMatchObject({ code: 1, answer: { ok: false, readings: [{ overload: true }] } })
})

it('a plug that is pulled while it measures ends the reading with its code', async () => {
  const sim = await start('scpi-siglent', 'tcp')
  await admin(sim, '/faults', { at: 'link', do: 'unplug', ms: 60_000, skip: 20 })
  const { code, answer } = await meter(sim, 'scpi-siglent', 50)
  expect(code).toBe(2)
  expect(answer.error).toMatchObject({ code: 'METER-07' })
})
