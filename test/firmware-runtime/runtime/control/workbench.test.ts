// The control API without a lot refuses as a lot's does: unknown members by name, roles without the right, and a command id
// that is used for two different acts.
import { expect, test } from 'vitest'
import { api, type ApiName } from '#runtime/api/table.ts'
import { mayDo, type Role } from '#base/pure/values/roles.ts'
import { type ApiError } from '#base/calls/rows.ts'
import type { FindService } from '#devices/find/find-service.ts'
import { FrameServices } from '#devices/frame-log/frame-services.ts'
import { Workbench } from '#runtime/control/workbench.ts'
import { HandClock, startMs } from './control-kit.ts'
import { settingsBench } from '../../devices/settings/settings-bench.ts'

const names = Object.keys(api) as ApiName[]
const at = { laneId: 'bench', commandId: 'command-0001', by: '装机员', reason: '调功率' }

function benchOf() {
  const mono = new HandClock()
  const clock = { nowMs: () => startMs as never }
  const { settingsStore } = settingsBench(mono, clock)
  const frameServices = new FrameServices(() => 0)
  const device = {
    link: 'tcp://127.0.0.1:1',
    settingsStore,
    frameServices,
    handle: { lastReceivedMs: 0 },
  }
  const service = { device, close: () => undefined } as unknown as FindService
  const bench = new Workbench({ service, mono, clock, version: '1' })
  const call = (name: string, args: unknown, role: Role = 'owner') =>
    bench.session(role).call(name, args)
  const refusal = async (name: string, args: unknown, role?: Role): Promise<ApiError> => {
    const reply = (await call(name, args, role)) as { ok: boolean; error: ApiError }
    expect(reply.ok, name).toBe(false)
    return reply.error
  }
  return { call, refusal, settingsStore }
}

/** Calls about cars and money answer LOT-01 here, as there is no lot. */
const { refusal: benchRefusal } = benchOf()
const answered: ApiName[] = []
for (const name of names) {
  const { code } = await benchRefusal(name, { nonsense: 1 })
  if (code !== 'LOT-01') answered.push(name)
}

test('finding, settings, frames, surveys and tuning are there, cars and money are not', () => {
  const rooms = [...new Set(answered.map((name) => name.split('.', 1)[0]))].sort()
  expect(rooms).toEqual([
    'board',
    'booms',
    'device',
    'document',
    'find',
    'inbox',
    'passport',
    'people',
    'photo',
    'preset',
    'seek',
    'setup',
    'status',
    'survey',
    'tariff',
    'tune',
  ])
})

test.each(answered)('%s: refuses a member that is not in its row, naming it', async (name) => {
  const { refusal } = benchOf()
  const error = await refusal(name, { nonsense: 1 })
  expect(error).toMatchObject({ code: 'API-01', field: expect.stringMatching(/^\/\w+/) })
  if (api[name].args.safeParse({}).success)
    expect(error).toMatchObject({ field: '/nonsense', value: '1' })
})

test.each([
  [
    'device.diff',
    { laneId: 'bench', wanted: { powerStep: 'high' } },
    '/wanted/powerStep',
    '"high"',
  ],
  ['device.apply', { ...at, wanted: {}, trialSec: 0 }, '/trialSec', '0'],
  ['tune.get', { laneId: '../bench' }, '/laneId', '"../bench"'],
  ['find.connect', { link: '' }, '/link', '""'],
])('%s with a wrong %j names field and value', async (name, args, field, value) => {
  expect(await benchOf().refusal(name, args)).toMatchObject({ code: 'API-01', field, value })
})

test.each(answered.filter((name) => !mayDo('auditor', api[name].right)))(
  '%s: a viewer may not',
  async (name) => {
    const error = await benchOf().refusal(name, {}, 'auditor')
    expect(error).toMatchObject({ code: 'API-02', value: name })
  },
)

test('a commandId is one command: another act or object with it is refused, not "done before"', async () => {
  const { call, refusal, settingsStore } = benchOf()
  const done = (repeated: boolean) => ({ ok: true, data: { ok: true, repeated } })
  expect(await call('device.backUp', at)).toEqual(done(false))
  const copies = settingsStore.copies.all().length
  expect(await call('device.backUp', { ...at, reason: '再备份一次' })).toEqual(done(true))
  expect(settingsStore.copies.all()).toHaveLength(copies)
  const id = settingsStore.copies.all()[0]?.id ?? ''
  for (const [name, args] of [
    ['device.takeBack', at],
    ['device.pinBackup', { ...at, id, on: true }],
    ['tune.undo', at],
  ] as const)
    expect(await refusal(name, args), name).toMatchObject({ code: 'ACT-01', field: '/commandId' })
})
