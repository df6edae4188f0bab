// Lanes whose files and calls contain impossible addresses and unusable links, as processes: each goes on and
// stops on request.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { FindStateView } from '#devices/calls/find-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'

afterAll(cleanUp)

/** A lot with a mistyped camera address, written before such addresses were refused. */
async function lotOf(): Promise<string> {
  const dir = join(newFolder(), 'lot')
  const init = (host: string) => {
    const camera = `exit=hikvision://${host}:80?user=admin&secret=camera`
    const lot = ['--mode', 'demo', '--charge', 'card', '--camera', camera]
    return runToEnd(['lot', 'init', '--data', dir, ...lot])
  }
  const field = { code: 'LOT-03', field: '/lanes/1/camera' }
  expect(await init('127.0.0.300')).toMatchObject({ code: 2, json: { error: field } })
  expect((await init('127.0.0.30')).code).toBe(0)
  const file = join(dir, 'lot.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('127.0.0.30:', '127.0.0.300:'))
  const checked = await runToEnd(['lot', 'check', '--data', dir])
  expect(checked).toMatchObject({ code: 2, json: { error: { ...field, file } } })
  secretStore(dir, machineSecret()).write('camera', 'a password')
  return dir
}

describe.skipIf(process.platform === 'win32')('lanes go on', () => {
  it('with a camera at an address that is none, and searches on paths that are none', async () => {
    const dir = await lotOf()
    const run = new Program(['run', '--data', dir])
    await run.ready()
    const down = await eventually(
      async () => {
        const { lanes } = await run.call<BoardView>('board.get')
        return lanes.find(({ laneId }) => laneId === 'exit')?.devices.camera
      },
      (camera) => camera?.state === 'down',
      { of: run },
    )
    expect(down?.detail).toContain('URL')
    expect(await run.call('seek.camera', { laneId: 'exit' })).toMatchObject({
      asked: { ok: false },
    })
    const links = [`serial:${dir}/lot.json/x`, `serial:/${'x'.repeat(300)}`]
    await run.call('find.probe', { links })
    const { reports } = await eventually(
      () => run.call<FindStateView>('find.state'),
      ({ job, reports: all }) => job === null && all.length === links.length,
    )
    expect(reports.map(({ findings }) => findings[0]?.code)).toEqual(['FIND-02', 'FIND-02'])
    expect(await run.stop()).toBe(0)
  })
})

describe.skipIf(process.platform !== 'linux')('lines', () => {
  it('that a full disk does not take end no lane', async () => {
    const dir = await lotOf()
    const full = ['sh', '-c', 'exec "$@" > /dev/full 2>&1', 'sh']
    const run = new Program(['run', '--data', dir], full)
    const endpoints = join(dir, 'run', 'runtime.json')
    await eventually(() => existsSync(endpoints) && readFileSync(endpoints, 'utf8') !== '', {
      of: run,
    }).toBe(true)
    expect(await run.stop()).toBe(0)
  })
})
