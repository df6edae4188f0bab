// Setting up a lot through the API: parts saved one by one, one step of undo, and only what was shown is written.
// A caller without the right changes nothing.
import { describe, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { setupOf } from '#lane/desk/handlers/control-setup.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { api } from '#runtime/api/table.ts'
import { mayDo } from '#base/pure/values/roles.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'
import { codeOf } from '../../../../kit/refusals.ts'

const { version: _, ...parts } = wholeDraft
const who = { commandId: 'command-1', by: '王师傅', reason: '开通' }

describe('a draft', () => {
  it('keeps the parts that a save does not name, and takes one step back', () => {
    const service = new SetupService(new MemoryPorts())
    service.save({ lot: parts.lot })
    const { draft, push } = service.save({ devices: parts.devices })
    expect(Object.keys(draft)).toEqual(['version', 'lot', 'devices'])
    expect(push['exit']).toBe('http://192.168.1.10:18080/camera/exit/x')
    expect(service.undo().draft).toEqual({ version: 1, lot: parts.lot })
    expect(service.get().canUndo).toBe(false)
  })
  it('offers every lane of every layout, with what its clauses ask for', () => {
    const [layout] = new SetupService(new MemoryPorts()).get().layouts
    expect(layout?.layout).toBe('7.1.1')
    const exit = layout?.lanes.find(({ direction }) => direction === 'exit')
    expect(exit?.devices).toContainEqual({ kind: 'rsu', clause: '7.1.1 b' })
  })
  it('a tariff is simple or whole: each is shown as its file, and a wrong one keeps the lot from being written', () => {
    const service = new SetupService(new MemoryPorts(wholeDraft))
    const simple = service.get().tariff
    expect(simple.editions[0]?.plans[0]?.bands[0]?.steps).toEqual([
      { min: 60, fen: 300, times: 1 },
      { min: 60, fen: 200 },
    ])
    const whole = JSON.parse(JSON.stringify(simple).replace('300', '500')) as typeof simple
    const given = whole as unknown as NonNullable<SetupDraft['tariff']>
    expect(service.save({ tariff: given }).tariff).toEqual(whole)
    const lines = service.preview().changes.map(({ after }) => after?.zh ?? '')
    expect(lines.some((line) => line.includes('5.00'))).toBe(true)
    const wrong = JSON.parse(JSON.stringify(whole).replace('"freeMin":15', '"freeMin":null'))
    const { rows, ready } = service.save({ tariff: wrong as typeof given })
    expect(rows.find(({ id }) => id === 'tariff')).toMatchObject({
      state: 'failed',
      fault: { code: 'TARIFF-01' },
    })
    expect(ready).toBe(false)
  })
})

it('the password of a server is kept when it took a file, and not before', async () => {
  const ports = new MemoryPorts()
  const service = new SetupService(ports)
  const wish = { to: 'sftp://lot@nas/copies', hostKey: null, password: 'word' }
  await service.server(wish)
  expect(ports.hasSecret('copies')).toBe(false)
  ports.server = { hostKey: 'k', isWritten: true, roomBytes: 7 }
  expect(await service.server({ ...wish, hostKey: 'k' })).toMatchObject({ roomBytes: 7 })
  expect(ports.keys.get('copies')).toBe('word')
})

/** Values that no form asks for, shown by their pointer. */
const unnamed: readonly unknown[] = []

describe('writing it', () => {
  it('is refused while a row is missing, and names the row', () => {
    const service = new SetupService(new MemoryPorts({ version: 1, lot: parts.lot }))
    expect(codeOf(() => service.preview())).toBe('SETUP-02')
  })
  it('writes what was shown, once, and starts the lanes', async () => {
    const ports = new MemoryPorts(wholeDraft)
    const calls = setupOf({ setup: new SetupService(ports) })
    const { digest, changes } = await calls['setup.preview']({}, 'owner')
    const said = changes.map(({ what, before, after }) => [what.zh, before, after?.zh])
    expect(said).toContainEqual(['停车场编号', null, 'A0001'])
    expect(said).toContainEqual(['出口 天线', null, 'tcp://192.168.1.20:60001'])
    expect(said).toContainEqual(['首个时段收', null, '¥ 3.00'])
    expect(changes.filter(({ what }) => what.zh.includes('/'))).toEqual(unnamed)
    await calls['setup.begin']({ digest, ...who }, 'owner')
    await calls['setup.begin']({ digest, ...who }, 'owner')
    expect([ports.files.map(({ by }) => by), ports.begun]).toEqual([['王师傅'], 1])
  })
  it('is refused where something changed since', () => {
    const ports = new MemoryPorts(wholeDraft)
    const service = new SetupService(ports)
    const { digest } = service.preview()
    service.save({ tariff: { ...parts.tariff, firstFen: 500 } })
    expect(codeOf(() => service.begin(digest, who))).toBe('SETUP-03')
    expect(ports.files).toEqual([])
  })
  it('names the addresses of this machine that make it a rehearsal, and is silent about a real lot', () => {
    const of = (rsu: string) => {
      const exit = {
        camera: '',
        barrier: 'tcp://127.0.0.1:502',
        display: '',
        rsu,
        psams: [],
        ordersFrom: '',
        cameraTimeless: null,
      }
      const devices = { lanes: { exit }, intake: null }
      const service = new SetupService(new MemoryPorts({ ...wholeDraft, devices }))
      return service.preview()
    }
    const { mode, warnings } = of('tcp://127.0.0.1:60001')
    expect([mode, warnings.length]).toEqual(['demo', 1])
    expect(warnings[0]?.text.zh).toContain('演练')
    expect(warnings[0]?.text.zh).toContain('tcp://127.0.0.1:60001、tcp://127.0.0.1:502')
    expect(warnings[0]?.text.en).toContain('rehearsal that takes no real money')
    expect(of('tcp://192.168.1.20:60001')).toMatchObject({ mode: 'production', warnings: [] })
  })
  it('shows who was added, and is refused where somebody else was added since', () => {
    const ports = new MemoryPorts(wholeDraft)
    const service = new SetupService(ports)
    ports.people = () => [{ name: '王老板', role: 'owner' }]
    const { digest, changes } = service.preview()
    const person = { what: { zh: '人员 王老板' }, before: null, after: { zh: '业主' } }
    expect(changes.at(-1)).toMatchObject(person)
    ports.people = () => [{ name: '别人', role: 'owner' }]
    expect(codeOf(() => service.begin(digest, who))).toBe('SETUP-03')
    expect(ports.files).toEqual([])
  })
  it('is of the owner; forms are of an installer; nobody sets up a lot where none is being set up', () => {
    expect(mayDo('installer', api['setup.begin'].right)).toBe(false)
    expect(mayDo('attendant', api['setup.save'].right)).toBe(false)
    expect(codeOf(() => setupOf({})['setup.get']({}, 'owner'))).toBe('SETUP-01')
  })
})
