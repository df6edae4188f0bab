// The profile library in a worker: the program file answers when started as a worker, a fault keeps its code across the
// thread, and calls that are pending when it closes are rejected.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeLot } from '#lane/folder/lot-file.ts'
import { ProfileWorkerClient } from '#devices/desk/profile/worker-client.ts'
import { Folder } from '../commands/profile/kit.ts'
import { bareLot } from '../../../../kit/bare-lot.ts'

const entry = join(import.meta.dirname, '../../../../../firmware-runtime/main.ts')
let folder: Folder
let service: ProfileWorkerClient

beforeEach(() => {
  folder = new Folder()
  const lot = bareLot({ capacity: 9 })
  writeLot(folder.at('lot'), lot, null)
  service = new ProfileWorkerClient(entry, folder.at('lot'))
})
afterEach(async () => {
  await service.close()
  folder.remove()
})

it('answers from the worker, and files cross as bytes', async () => {
  expect((await service.library()).rows.length).toBeGreaterThan(20)
  const bytes = new TextEncoder().encode('{"__proto__":1}')
  const { files } = await service.judge([{ path: 'a.json', bytes, size: bytes.length }])
  expect(files).toMatchObject([{ verdict: 'refused', findings: [{ code: 'FILE-02' }] }])
})

it('a fault keeps its code and detail', async () => {
  await expect(service.undoPlan()).rejects.toMatchObject({ code: 'PROFILE-20' })
  await expect(service.undo(7)).rejects.toMatchObject({
    code: 'PROFILE-22',
    detail: { value: '7' },
  })
})

it('whoever waits when it closes is told, and nothing is asked after', async () => {
  const waiting = service.library()
  const rejection = expect(waiting).rejects.toMatchObject({ code: 'RUN-03' })
  await service.close()
  await rejection
  await expect(service.library()).rejects.toMatchObject({ code: 'RUN-03' })
})
