// The recipes "a frame" (a row) and "a setting of an antenna" (one JSON) of CONTRIBUTING.md, with
// a made-up frame and setting: decoded by a program that knows them only from these files, and sent to an antenna.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { cleanUp, newFolder } from '../kit/live-program.ts'
import { repository } from '../kit/program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'

const text = (path: string): string => readFileSync(join(repository, path), 'utf8')
const frames = 'firmware-runtime/devices/pure/rsu/generic-bcc/frames.ts'

/** One file: the row of a made-up frame, how the mast of the antenna leans, and the wind. */
const frame = {
  [frames]: text(frames).replace(
    /\n\]\n$/,
    `
  frame('D7', 'mast', 'rsu', 'reject', [
    form('full', 6, 'D7 02 0203', [
      ['leanDeg', 2, 1, 'uint', 2],
      ['windCms', 3, 2, 'uint', 515],
    ]),
  ]),
]
`,
  ),
}

const body = [0x21, 0xd7, 0x07, 0x01, 0x02]
const bcc = body.reduce((sum, byte) => sum ^ byte)
const hexOf = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex')
const onLink = (check: number): string => hexOf([0xff, 0xff, ...body, check, 0xff])

type Json = Readonly<Record<string, unknown>>
const soulin = JSON.parse(text('device-profiles/rsu/soulin/parking.json')) as Json & {
  readonly settings: readonly Json[]
}
const lamp = {
  id: 'lamp',
  title: { zh: '示教灯', en: 'lamp' },
  type: 'whole',
  min: 0,
  max: 9,
  step: 1,
  unit: 'step',
  default: 1,
  writes: { frame: 'C0', field: 'transactionMode', add: 2 },
  reads: null,
  source: 'own',
  status: 'documented',
}
/** One file: the profile, which also contains an example of the made-up frame. */
const setting = {
  'device-profiles/rsu/toy/lantern.json': JSON.stringify({
    ...soulin,
    vendor: 'toy',
    model: 'lantern',
    settings: [...soulin.settings, lamp],
    examples: [
      {
        id: 'mast',
        from: 'device',
        hex: onLink(bcc),
        expect: {
          as: 'frame',
          frame: 'D7',
          form: 'full',
          seq: 0x21,
          fields: { leanDeg: 7, windCms: 258 },
        },
        origin: 'constructed',
        source: 'own',
      },
    ],
  }),
}

let tree: RecipeTree
let sim: SimProcess | null = null
beforeAll(async () => {
  tree = await treeWith(1 + 1, { ...frame, ...setting })
})
afterAll(async () => {
  await sim?.kill()
  await cleanUp()
})

it('a frame that is a row is read off the wire', async () => {
  const good = await tree.run('rsu', 'decode', '--variant', 'generic-bcc', onLink(bcc))
  const fields = { leanDeg: 7, windCms: 258 }
  expect(JSON.parse(good.stdout)).toMatchObject({ type: 'D7', name: 'mast', ok: true, fields })
  const bad = await tree.run('rsu', 'decode', '--variant', 'generic-bcc', onLink(bcc ^ 1))
  expect(JSON.parse(bad.stdout)).toMatchObject({
    type: '',
    ok: false,
    reason: expect.stringContaining('check') as string,
  })
})

it('and written to it: an example of a profile is read and made again', async () => {
  const file = join(tree.root, 'device-profiles', 'rsu', 'toy', 'lantern.json')
  const { code, stdout } = await tree.run('profile', 'verify', file, '--json')
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { ok: true }])
})

it('a setting that is one member of a profile goes to the antenna, and back', async () => {
  const folder = newFolder()
  const own = ['--admin', 'http://127.0.0.1:0', '--listen', 'tcp://127.0.0.1:0']
  const launch = spawnLauncher(tree.program)
  const how = ['--timing', 'instant', '--variant', 'generic-bcc']
  sim = await startSimProcess('rsu-sim', [...own, ...how], launch)
  const link = `${present(sim.endpoints.link, 'a link')}?variant=toy/lantern&power=8`
  const at = ['--link', link, '--state', folder, '--json']
  const who = ['--by', '装机员', '--reason', '试']
  const ran = await tree.run('rsu', 'apply', ...at, ...who, '--set', 'lamp=5', '--trial-sec', '1')
  expect([ran.code, JSON.parse(ran.stdout)]).toMatchObject([
    1,
    { end: 'timeUp', diff: { rows: [{ id: 'lamp', old: 1, new: 5 }] } },
  ])
  const log = await sim.admin<{ entries: readonly { dir: string; text: string }[] }>('GET', '/log')
  // A line of the log is one read: one frame, or several.
  const received = log.entries.filter(({ dir }) => dir === 'in').map(({ text: hex }) => hex)
  const lamps = Array.from(
    received.join('').matchAll(/FFFF..C0(?:(?!FF)..)*?(..)(?:FE0[01]|(?!FE|FF)..)FF/g),
    ([, lamp]) => lamp,
  )
  expect([...new Set(lamps)]).toEqual(['03', '07'])
  expect(lamps.at(-1)).toBe('03')
})
