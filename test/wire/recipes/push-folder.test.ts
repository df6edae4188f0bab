// The recipe "a camera that pushes" of CONTRIBUTING.md with a made-up make: its folder and nothing else.
// A lot accepts its link, listens for it, answers it as it requires, and uses its plate.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import { cleanUp, newFolder, Program } from '../kit/live-program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'

const files = {
  'firmware-runtime/devices/pure/camera/toy/push.ts': `// A camera that is made up: it pushes its plate as JSON.
import { parsed } from '../../../../base/pure/data/json.ts'
import { normalisePlate } from '../../../../base/pure/plates/plate.ts'
import { definePushMake } from '../push-make.ts'

export const toy = definePushMake({
  name: 'toy',
  body: 'json',
  alive: '{"toy":"alive"}',
  read(text) {
    const plateRaw = (parsed(text) as { car?: string } | null)?.car
    if (plateRaw === undefined)
      return { kind: 'refused', what: 'noJsonObject', counted: true, reply: '{"toy":"what"}' }
    const read = {
      deviceId: 'toy-1',
      recordId: plateRaw,
      deviceAtMs: null,
      plate: normalisePlate(plateRaw),
      plateRaw,
      plateState: 'read',
      colour: 'blue',
      confidence: null,
      history: false,
      jpeg: null,
    } as const
    return { kind: 'plate', read, openedByCamera: false, reply: '{"toy":"thanks"}' }
  },
})
`,
}

let tree: RecipeTree
let run: Program
const dir = join(newFolder(), 'lot')
const demo = ['--mode', 'demo', '--charge', 'card']
const init = (data: string, link: string) =>
  tree.run('lot', 'init', '--data', data, ...demo, '--camera', `exit=${link}`)

beforeAll(async () => {
  tree = await treeWith(1, files)
  expect(await init(dir, 'push:toy')).toMatchObject({ code: 0 })
  run = new Program(['run', '--data', dir], [], 'ignore', tree.program)
  await run.ready()
})
afterAll(cleanUp)

async function pushed(body: string, to?: string, type = 'application/json') {
  const url = to ?? run.endpoints?.intake['exit'] ?? ''
  const headers = { 'content-type': type, connection: 'close' }
  const answer = await fetch(url, { method: 'POST', headers, body })
  return [answer.status, await answer.text()]
}
const camera = async () =>
  (await run.call<BoardView>('board.get')).lanes.find(({ laneId }) => laneId === 'exit')?.devices
    .camera

it('its link is named among those that there are', async () => {
  const none = join(newFolder(), 'none')
  const refused = await init(none, 'push:none')
  expect(refused.stdout + refused.stderr).toContain('push:toy')
})

it('its plate is believed: a camera that was thought to be elsewhere is well with it', async () => {
  const url = run.endpoints?.intake['exit'] ?? ''
  expect(await pushed('{"car":"测B20001"}', url.replace(/\/[^/]*$/, ''))).toEqual([404, ''])
  expect(await camera()).toMatchObject({ state: 'down', reason: 'wrongPath' })
  expect(await pushed('{}')).toEqual([400, '{"toy":"what"}'])
  expect(await camera()).toMatchObject({ state: 'down', notUnderstood: 1 })
  expect(await pushed('{"car":"测B20001"}')).toEqual([200, '{"toy":"thanks"}'])
  expect(await camera()).toMatchObject({ state: 'up' })
})

it('a form of it is answered as its folder says', async () => {
  const form = 'application/x-www-form-urlencoded'
  expect(await pushed('a=1', undefined, form)).toEqual([200, '{"toy":"alive"}'])
})
