// The five drawings of 7.1 as the set-up leaves them (test/renderer/pages/setup/setup-layouts.test.ts): each draft becomes a folder
// by `lot init --from`, and the runtime opens it with the drawing's lanes. No device needs to answer.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import { layoutNames } from '#lane/pure/layouts/index.ts'
import { layoutDraft, ways } from '../firmware-runtime/lane/desk/setup/layout-draft.ts'
import { freePort } from '../kit/free-port.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

afterEach(cleanUp)

it.each(layoutNames)('%s is written and opened', async (layout) => {
  const dir = join(newFolder(), 'lot')
  const draft = join(newFolder(), 'setup.json')
  const intake = { host: '127.0.0.1', port: await freePort(), cameras: ['127.0.0.1'] }
  writeFileSync(draft, JSON.stringify(layoutDraft(layout, { host: '127.0.0.1', intake })))
  const made = await runToEnd(['lot', 'init', '--data', dir, '--from', draft])
  expect(made.json).toMatchObject({ ok: true, lanes: [...ways] })
  const run = new Program(['run', '--data', dir])
  await run.ready()
  const { lanes, status } = await run.call<BoardView>('board.get')
  expect(lanes.map((lane) => [lane.laneId, lane.direction, lane.layout])).toEqual(
    ways.map((way) => [way, way, layout]),
  )
  expect(lanes.map(({ booth }) => booth === true)).toEqual(ways.map(() => layout === '7.1.2'))
  expect(lanes.map(({ reused }) => reused !== undefined)).toEqual(
    ways.map(() => layout === '7.1.3'),
  )
  expect(status).toMatchObject({ mode: 'demo', capacity: 60 })
  await run.stop()
})
