// A folder for copies is tried when it is chosen: a usable one passes and keeps nothing of the test; one that could never
// take a copy is refused by its field, and the set-up row that can fix it fails.
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { refusePlace } from '#ledger/desk/backup/copy-place.ts'
import { MemoryPorts, wholeDraft } from '../../../lane/desk/setup/setup-kit.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-place-')
const lot = join(dir, 'lot')
const place = join(dir, 'place')
mkdirSync(join(lot, 'backup'), { recursive: true })
mkdirSync(place)
writeFileSync(join(dir, 'a-file'), '')
symlinkSync(lot, join(dir, 'to-the-lot'))

it('a folder elsewhere passes, and nothing of the try is left', () => {
  refusePlace(place, lot)
  refusePlace(null, lot)
  expect(readdirSync(place)).toEqual([])
})

it.each([
  ['not-whole/path'],
  [join(dir, 'not-there')],
  [join(dir, 'a-file')],
  [lot],
  [join(lot, 'backup')],
  [join(dir, 'to-the-lot')],
])('%s is refused', (to) => {
  const detail = { field: '/copies/to', value: to }
  expect(() => refusePlace(to, lot)).toThrow(
    expect.objectContaining({
      code: 'COPY-01',
      detail: expect.objectContaining(detail) as unknown,
    }),
  )
})

it('of a server its password has to be kept here, and its key to be agreed', () => {
  const to = 'sftp://lot@nas/copies'
  const hostKey = `SHA256:${'k'.repeat(43)}`
  expect(() => refusePlace(to, lot)).toThrow('COPY-08')
  secretStore(lot, machineSecret()).write('copies', 'word')
  refusePlace(to, lot)
  const ports = new MemoryPorts()
  const judged = (keep: { readonly to: string; readonly hostKey?: string }) =>
    judgeDraft({ ...wholeDraft, keep }, ports)
  expect(judged({ to, hostKey }).config?.copies).toEqual({ to, hostKey })
  expect(judged({ to: place, hostKey }).config?.copies).toEqual({ to: place })
  const fault = { code: 'LOT-02', field: '/copies/hostKey' }
  expect(judged({ to }).rows.at(-1)).toMatchObject({ id: 'keep', state: 'failed', fault })
  const slip = judged({ to: 'sftp://lot:word@nas/copies', hostKey }).rows.at(-1)
  expect(slip).toMatchObject({ state: 'failed', fault: { field: '/copies/to' } })
})

it('goes into the lot file, and fails its own row where it is refused', () => {
  const ports = new MemoryPorts()
  const draft = { ...wholeDraft, keep: { to: place } }
  const { config, rows } = judgeDraft(draft, ports)
  expect(config?.copies).toEqual({ to: place })
  expect(rows.at(-1)?.why.zh).toContain(place)
  ports.serviceNow = 'running'
  expect(judgeDraft(draft, ports).rows.at(-1)?.state).toBe('done')
  ports.refuse = ({ copies }) => refusePlace(copies?.to ?? null, lot)
  const bad = judgeDraft({ ...wholeDraft, keep: { to: lot } }, ports)
  expect(bad.rows.at(-1)).toMatchObject({ id: 'keep', state: 'failed', fault: { code: 'COPY-01' } })
  expect(bad.ready).toBe(false)
})

it('of a lot that is there it stays where no form says otherwise, and goes where one is emptied', () => {
  const ports = new MemoryPorts()
  const files = judgeDraft({ ...wholeDraft, keep: { to: place } }, ports)
  ports.kept = () => ({ config: files.config as never, tariff: {} as never })
  expect(judgeDraft(wholeDraft, ports).config?.copies).toEqual({ to: place })
  expect(judgeDraft({ ...wholeDraft, keep: { to: '' } }, ports).config?.copies).toBeUndefined()
})
