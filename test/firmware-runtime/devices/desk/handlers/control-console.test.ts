// The frame console behind the control API: rows page by page, files of the frame log, and a frame sent by hand
// that is checked, audited and sent once.
import { describe, expect, it } from 'vitest'
import type { AskResult } from '#devices/pure/etc/rsu-device.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { ConsolePageView, DeviceFramesView } from '#devices/calls/console-views.ts'
import { readCapture } from '#devices/frame-log/capture.ts'
import { replayCapture } from '#devices/frame-log/capture-replay.ts'
import { FrameServices } from '#devices/frame-log/frame-services.ts'
import { rsuSource } from '#devices/frame-log/frame-sources.ts'
import { rsuDriverDefaults } from '#devices/pure/rsu/driver-state.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { workshopLibrary } from '#devices/desk/profile/workshop-library.ts'
import type { RingEvent, FrameRing } from '#devices/frame-log/frame-ring.ts'
import { makeLot } from '../../../runtime/control/control-kit.ts'
import { cameraSession } from '../../frame-log/camera-sessions.ts'
import { barrierSession } from '../../frame-log/device-sessions.ts'
import { rsuSession } from '../../frame-log/session-kit.ts'

const startMs = 1_700_000_000_000

/** Adds the recorded events to another ring. */
function replay(events: readonly RingEvent[], own: FrameRing): void {
  for (const event of events) own.add(event, event.monoUs, event.atMs)
}

function bench(result: AskResult = 'sent', variant: 'generic-ver' | 'generic-bcc' = 'generic-ver') {
  const asks: { code: string; fields: Readonly<Record<string, string>> }[] = []
  const files: { folder: string; name: string; bytes: Uint8Array }[] = []
  const frameServices = new FrameServices(() => startMs)
  const { ring } = rsuSession(variant)
  const own = frameServices.ringOf('exit', 'rsu')
  replay(ring.since(0).events, own)
  const serial = { link: 'serial', laneMode: 'exit' } as const
  frameServices.add({
    laneId: 'exit',
    device: 'rsu',
    link: 'tcp://127.0.0.1:1',
    source: rsuSource({
      name: variant,
      variant: rsuVariant(variant),
      config: { ...rsuDriverDefaults, variant, ...serial },
      ask: (code, fields) => {
        asks.push({ code, fields })
        return result
      },
    }),
  })
  const lot = makeLot([], null, null, null, [], {
    frameServices,
    version: 'test',
    nowMs: () => startMs,
    library: () => Promise.resolve(workshopLibrary()),
    keepFile: (folder, name, bytes) => {
      files.push({ folder, name, bytes })
      return `/lot/${folder}/${name}`
    },
  })
  const call = (name: string, args: object, role: 'auditor' | 'installer' = 'installer') =>
    lot.control.call(name, args, role)
  return { lot, asks, files, call }
}

const dataOf = (reply: ApiReply<unknown>): unknown => (reply.ok ? reply.data : reply)
const who = { by: '装机员', reason: '查天线' }
const place = { laneId: 'exit', device: 'rsu' }

describe('rows', () => {
  it('come page by page, with raw and decoded, and go on where they ended', async () => {
    const { call } = bench()
    const all = dataOf(await call('device.frames', { ...place, after: 0 })) as ConsolePageView
    expect(all).toMatchObject({ dropped: 0, more: false })
    expect(all.rows[0]).toMatchObject({ direction: 'link', type: 'up', laneId: 'exit' })
    expect(all.rows.map(({ type }) => type)).toContain('C6')
    const first = dataOf(
      await call('device.frames', { ...place, after: 0, limit: 3 }),
    ) as ConsolePageView
    expect(first).toMatchObject({ next: 3, more: true })
    const rest = dataOf(
      await call('device.frames', { ...place, after: first.next }),
    ) as ConsolePageView
    expect([...first.rows, ...rest.rows]).toEqual(all.rows)
  })

  it('are filtered', async () => {
    const { call } = bench()
    const ask = { ...place, after: 0, direction: 'out', types: ['C6'] }
    const page = dataOf(await call('device.frames', ask, 'auditor')) as ConsolePageView
    expect(page.rows.filter((row) => row.direction !== 'link')).toEqual([
      expect.objectContaining({ type: 'C6', direction: 'out', ok: true }),
    ])
  })

  it.each([
    [{ laneId: 'entry', device: 'rsu', after: 0 }, 'WIRE-04'],
    [{ laneId: 'exit', device: 'toaster', after: 0 }, 'API-01'],
    [{ laneId: 'exit', device: 'rsu', after: -1 }, 'API-01'],
    [{ laneId: 'exit', device: 'rsu', after: 0, types: ['c6'] }, 'API-01'],
    [{ laneId: 'exit', device: 'rsu', after: 0, limit: 5000 }, 'API-01'],
  ])('%j is refused', async (args, code) => {
    expect(await bench().call('device.frames', args)).toMatchObject({ ok: false, error: { code } })
  })
})

describe('saving', () => {
  it('keeps a capture that replays as it was', async () => {
    const { call, files } = bench()
    const saved = dataOf(await call('device.saveFrames', { ...place, format: 'capture' }))
    const [file] = files
    expect(saved).toMatchObject({ file: `/lot/captures/${file?.name ?? ''}`, whole: true })
    const capture = readCapture(new TextDecoder().decode(file?.bytes), 'saved')
    const variant = rsuVariant('generic-ver')
    expect(replayCapture(capture, { variant, override: null })).toMatchObject({
      ok: true,
      driver: { compared: true, differences: [] },
    })
  })

  it('keeps pcapng, and is for installers', async () => {
    const { call, files } = bench()
    const args = { ...place, format: 'pcapng' }
    expect(await call('device.saveFrames', args, 'auditor')).toMatchObject({
      ok: false,
      error: { code: 'API-02' },
    })
    await call('device.saveFrames', args)
    expect(files).toHaveLength(1)
    expect(files[0]?.name).toMatch(/^\d{17}-exit-rsu\.pcapng$/)
    expect([...(files[0]?.bytes.slice(0, 4) ?? [])]).toEqual([0x0a, 0x0d, 0x0d, 0x0a])
  })
})

describe('a frame by hand', () => {
  const stop = { ...place, code: 'C2', fields: { obuId: '02001234' }, ...who }

  it('is offered, audited and sent once', async () => {
    const { call, asks, lot } = bench()
    const { wires } = dataOf(await call('device.wires', {})) as { wires: DeviceFramesView[] }
    expect(wires[0]?.safe.map(({ code }) => code)).toEqual(['C2', 'CA', 'CF'])
    const command = { ...stop, commandId: 'command-0001' }
    expect(dataOf(await call('device.sendFrame', command))).toEqual({ ok: true, repeated: false })
    expect(dataOf(await call('device.sendFrame', command))).toEqual({ ok: true, repeated: true })
    expect(asks).toEqual([{ code: 'C2', fields: { obuId: '02001234' } }])
    const audits = lot.ledger.list.filter((row) => JSON.stringify(row).includes('device.sendFrame'))
    expect(audits).toHaveLength(1)
  })

  it.each(['C6', 'C0', 'C3', 'C4', 'C8', 'CB'])('%s never reaches the device', async (code) => {
    const { call, asks, lot } = bench()
    const before = lot.ledger.list.length
    const reply = await call('device.sendFrame', { ...stop, code, commandId: 'command-0002' })
    expect(reply).toMatchObject({ ok: false, error: { code: 'WIRE-02' } })
    expect(asks).toEqual([])
    expect(lot.ledger.list).toHaveLength(before)
  })

  it.each([
    ['busy', 'WIRE-03'],
    ['down', 'WIRE-03'],
    ['refused', 'WIRE-02'],
  ] as const)('that the driver calls %s is said', async (result, code) => {
    const reply = await bench(result).call('device.sendFrame', {
      ...stop,
      commandId: 'command-0003',
    })
    expect(reply).toMatchObject({ ok: false, error: { code } })
  })

  it('is for installers', async () => {
    const reply = await bench().call(
      'device.sendFrame',
      { ...stop, commandId: 'command-0004' },
      'auditor',
    )
    expect(reply).toMatchObject({ ok: false, error: { code: 'API-02' } })
  })
})

describe('the workshop', () => {
  const receivedLine = 'FFFF000100000011E12A0007000001F420231115061320BEEF9686'
  const marks = [
    {
      code: 'E1',
      name: 'headState',
      from: 'rsu',
      length: 17,
      fields: [{ offset: 1, length: 1, kind: 'uint', name: 'headTemperature', unit: '°C' }],
    },
  ]
  const text = `< ${receivedLine}`
  const variant = 'generic-ver'
  const names = { vendor: 'harbour', model: 'odd-head' }

  it('tries marks and keeps nothing', async () => {
    const { call, files } = bench()
    const reply = await call('profile.try', { variant, text, marks }, 'auditor')
    expect(dataOf(reply)).toMatchObject({
      frames: [{ ok: true, fields: { headTemperature: 42 } }],
      problems: [],
    })
    expect(files).toEqual([])
  })

  it('drafts a profile and its capture beside the library', async () => {
    const { call, files } = bench()
    const reply = await call('profile.draft', { variant, text, marks, ...names })
    expect(dataOf(reply)).toMatchObject({ id: 'rsu/harbour/odd-head', examples: 1, findings: [] })
    expect(files.map(({ folder, name }) => `${folder}/${name}`)).toEqual([
      'drafts/rsu/harbour/odd-head.json',
      'drafts/rsu/harbour/odd-head.capture.jsonl',
    ])
  })

  it('writes nothing while something does not fit', async () => {
    const { call, files } = bench()
    const own = [{ ...marks[0], length: 18 }]
    const reply = await call('profile.draft', { variant, text, marks: own, ...names })
    expect(dataOf(reply)).toMatchObject({ file: '', findings: [{ code: 'WIRE-05' }] })
    expect(files).toEqual([])
  })

  it.each([
    [{ variant, text: 'no hex', marks }, 'WIRE-01'],
    [{ variant: 'other', text, marks }, 'API-01'],
    [{ variant, text: 'F'.repeat(48_001), marks }, 'API-01'],
  ])('%# is refused', async (args, code) => {
    expect(await bench().call('profile.try', args)).toMatchObject({ ok: false, error: { code } })
  })

  it('drafts under plain names only, and for installers', async () => {
    const { call } = bench()
    const bad = { variant, text, marks, vendor: '../x', model: 'm' }
    expect(await call('profile.draft', bad)).toMatchObject({ error: { code: 'API-01' } })
    const reply = await call('profile.draft', { variant, text, marks, ...names }, 'auditor')
    expect(reply).toMatchObject({ error: { code: 'API-02' } })
  })
})

describe('other devices of a lane', () => {
  const session = barrierSession('tcp')
  function barrier() {
    const frameServices = new FrameServices(() => startMs)
    const own = frameServices.ringOf('exit', 'barrier')
    replay(session.ring.since(0).events, own)
    const link = 'tcp://127.0.0.1:502'
    frameServices.add({ laneId: 'exit', device: 'barrier', link, source: session.source })
    const files: Uint8Array[] = []
    const lot = makeLot([], null, null, null, [], {
      frameServices,
      version: 'test',
      nowMs: () => startMs,
      library: () => Promise.resolve(workshopLibrary()),
      keepFile: (folder, name, bytes) => {
        files.push(bytes)
        return `/lot/${folder}/${name}`
      },
    })
    const call = (name: string, args: object) => lot.control.call(name, args, 'installer')
    return { call, files, lot }
  }
  const at = { laneId: 'exit', device: 'barrier' }

  it('are listed with their frames, and none that a person may send', async () => {
    const { wires } = dataOf(await barrier().call('device.wires', {})) as {
      wires: DeviceFramesView[]
    }
    expect(wires).toEqual([expect.objectContaining({ ...at, variant: 'modbus-tcp', safe: [] })])
    expect(wires[0]?.types).toContainEqual({ code: '05', name: 'write-coil', from: 'both' })
  })

  it('show relays and inputs by name, filtered', async () => {
    const { call } = barrier()
    const ask = { ...at, after: 0, direction: 'out', types: ['05'] }
    const { rows } = dataOf(await call('device.frames', ask)) as ConsolePageView
    const frames = rows.filter(({ direction }) => direction !== 'link')
    expect(frames.map(({ fields }) => fields['output'])).toEqual(['open', 'close'])
    const news = dataOf(
      await call('device.frames', { ...at, after: 0, text: 'changed' }),
    ) as ConsolePageView
    expect(news.rows.map(({ fields }) => fields['changed'])).toContain('loopUnder on')
  })

  it('save a capture that replays, and pcapng', async () => {
    const { call, files } = barrier()
    const saved = dataOf(await call('device.saveFrames', { ...at, format: 'capture' }))
    expect(saved).toMatchObject({ whole: true, frames: expect.any(Number) })
    expect((saved as { file: string }).file).toMatch(/-exit-barrier\.jsonl$/)
    const capture = readCapture(new TextDecoder().decode(files[0]), 'saved')
    expect(replayCapture(capture)).toMatchObject({
      ok: true,
      device: 'barrier',
      whole: true,
      driver: { compared: true, differences: [] },
    })
    await call('device.saveFrames', { ...at, format: 'pcapng' })
    expect([...(files[1]?.slice(0, 4) ?? [])]).toEqual([0x0a, 0x0d, 0x0d, 0x0a])
  })

  it('are never sent a frame by hand, and it says so', async () => {
    const { call, lot } = barrier()
    const before = lot.ledger.list.length
    const fields = { coil: '0200', data: '0005' }
    const args = { ...at, code: '05', fields, ...who, commandId: 'command-0009' }
    const reply = await call('device.sendFrame', args)
    expect(reply).toMatchObject({ ok: false, error: { code: 'WIRE-02' } })
    expect(JSON.stringify(reply)).toContain('there is no frame that is safe to send')
    expect(session.source.ask('05', fields)).toBe('refused')
    expect(lot.ledger.list).toHaveLength(before)
  })

  it('a camera is listed with its messages, found by them, and asked nothing by hand', async () => {
    const seen = cameraSession('hikvision-pull')
    const frameServices = new FrameServices(() => startMs)
    replay(seen.ring.since(0).events, frameServices.ringOf('exit', 'camera'))
    const of = { laneId: 'exit', device: 'camera' } as const
    frameServices.add({ ...of, link: 'hikvision://192.0.2.64:80', source: seen.source })
    const lot = makeLot([], null, null, null, [], {
      frameServices,
      version: 'test',
      nowMs: () => startMs,
      library: () => Promise.resolve(workshopLibrary()),
      keepFile: () => '',
    })
    const call = (name: string, args: object) => lot.control.call(name, args, 'installer')
    const list = dataOf(await call('device.wires', {})) as { wires: DeviceFramesView[] }
    expect(list.wires).toMatchObject([{ ...of, variant: 'hikvision-pull', safe: [] }])
    expect(list.wires[0]?.types).toContainEqual({ code: 'PLATE', name: 'plate', from: 'device' })
    const frameQuery = { ...of, after: 0, types: ['PLATE'], text: '测A10002' }
    const { rows } = dataOf(await call('device.frames', frameQuery)) as ConsolePageView
    expect(rows.map(({ fields }) => fields['plate'])).toEqual(['测A10002'])
    const args = { ...of, code: '00', fields: {}, ...who, commandId: 'command-0010' }
    expect(await call('device.sendFrame', args)).toMatchObject({ error: { code: 'WIRE-02' } })
  })

  it.each([
    [{ ...at, device: 'display' }, 'WIRE-04'],
    [{ ...at, device: 'sensors-2' }, 'WIRE-04'],
    [{ ...at, device: 'sensors-9' }, 'API-01'],
    [{ ...at, device: 'barrier ' }, 'API-01'],
  ])('%j is refused', async (of, code) => {
    const reply = await barrier().call('device.frames', { ...of, after: 0 })
    expect(reply).toMatchObject({ ok: false, error: { code } })
  })
})
