// Pushing cameras on the board and in the fault line: silent only when heartbeats stopped, out of service when
// one reports that it opened the gate by itself.
import { beforeEach, describe, expect, it } from 'vitest'
import type { CameraPorts } from '#devices/desk/lane/camera-service.ts'
import { PushCamera } from '#devices/desk/lane/push-camera.ts'
import { cameraView } from '#devices/desk/handlers/device-views.ts'
import { hikvisionPush } from '#devices/pure/camera/hikvision/push.ts'
import type { PushMake } from '#devices/pure/camera/push-make.ts'
import { vzPush } from '#devices/pure/camera/vz/push.ts'
import { hikvisionXml } from '../../pure/camera/hikvision/sample.ts'
import { VirtualClock } from '../../pure/camera/virtual-clock.ts'

let clock: VirtualClock
let taken: (string | null)[]
let faults: string[]
let camera: PushCamera
let ports: CameraPorts

const cameraOf = (make: PushMake): PushCamera =>
  new PushCamera('exit', `push:${make.name}`, make, ports)

beforeEach(() => {
  clock = new VirtualClock()
  taken = []
  faults = []
  ports = {
    mono: clock,
    wall: clock.wall,
    isClockSure: () => true,
    opener: {
      open: () => ({ send: () => undefined, close: () => undefined, bytesIn: 0, bytesOut: 0 }),
    },
    secrets: { names: () => [], read: () => null, write: () => undefined, remove: () => false },
    linkDown: (fault) => void faults.push(fault.code),
    take: (_lane, read) => void taken.push(read.plate),
  }
  camera = cameraOf(hikvisionPush)
})

const event = (changes: Record<string, string> = {}) => camera.take(hikvisionXml(changes), {})
const view = (lastMissedUs: number | null = null) =>
  cameraView(
    { ...camera.status, link: camera.link, lastReceivedMs: camera.lastReceivedMs, lastMissedUs },
    clock.nowUs(),
  )

describe('a camera that sends no heartbeats', () => {
  it('is off until its first word, then up however long no car comes', () => {
    expect(view()).toEqual({ state: 'off', heardMsAgo: null, link: 'push:hikvision', detail: '' })
    event({ dateTime: '2026-11-20T09:30:13+08:00' })
    clock.run(86_400_000)
    expect(view()).toEqual({
      state: 'up',
      heardMsAgo: 86_400_000,
      link: 'push:hikvision',
      detail: '',
      clockOffsetMs: -2_000,
    })
    expect([taken, faults]).toEqual([['测A12345'], []])
  })
  it('is down when a car came and no plate, until the next plate', () => {
    event()
    clock.run(1_000)
    expect(view(clock.nowUs())).toMatchObject({ state: 'down', reason: 'plateMissed' })
    const missedUs = clock.nowUs()
    clock.run(1_000)
    event({ dateTime: '2026-11-20T09:30:20+08:00' })
    expect(view(missedUs).state).toBe('up')
  })
})

const plateInVmd = hikvisionXml({ eventType: 'VMD' })
const vmd = plateInVmd.replace(/<ANPR>.*<\/ANPR>/s, '')

describe('what is refused', () => {
  it('is in the state of the lane with its header, until a plate follows', () => {
    camera.take('no XML at all', {}, 'POST /camera/exit/…')
    camera.take('no XML at all', {}, 'PUT /camera/exit/…')
    expect(view()).toMatchObject({
      state: 'down',
      reason: 'pushRefused',
      refusedPush: { count: 2, head: 'PUT /camera/exit/…', isReadSince: false },
    })
    event()
    expect(view()).toMatchObject({ state: 'up', refusedPush: { count: 2, isReadSince: true } })
    camera.take('no XML at all', {}, 'POST')
    expect([view(), faults]).toMatchObject([
      { state: 'up', refusedPush: { count: 3, isReadSince: false } },
      ['CAM-12'],
    ])
  })
  it('and named no lane concerns a camera that was never understood', () => {
    camera.refused('pushPath', '', false)
    expect(view()).toMatchObject({ state: 'down', reason: 'pushRefused' })
    event()
    clock.run(200_000)
    camera.refused('pushPath', '', false)
    expect(view()).toMatchObject({ state: 'up', refusedPush: { count: 2 } })
  })
  it.each([
    ['garbage', hikvisionPush, 'no XML at all', ['LINK-02', 'CAM-12']],
    ['a plate in another event', hikvisionPush, plateInVmd, ['LINK-02', 'CAM-12']],
    ['another kind of event', hikvisionPush, vmd, ['LINK-02']],
    ['no object', vzPush, '[]', ['LINK-02', 'CAM-12']],
  ])('is no sign of life: %s', (_what, make, text, codes) => {
    camera = cameraOf(make)
    camera.beat()
    for (let i = 0; i < 3; i++) {
      clock.run(40_000)
      expect(camera.take(text, {}).kind).toBe('refused')
    }
    expect([view().state, faults, camera.bytesIn]).toEqual(['down', codes, 0])
  })
})

describe('a camera that sends heartbeats', () => {
  it('is silent after three of the slowest, says so once, and comes back', () => {
    camera = cameraOf(vzPush)
    camera.beat()
    expect(view().state).toBe('up')
    clock.run(94_000)
    expect(view().state).toBe('up')
    clock.run(2_000)
    expect([view().state, faults]).toEqual(['down', ['LINK-02']])
    clock.run(86_400_000)
    camera.take('{}', {})
    expect([view().state, faults]).toEqual(['up', ['LINK-02']])
  })
  it('lives by its readings as well', () => {
    camera.beat()
    for (let i = 0; i < 10; i++) {
      clock.run(60_000)
      event()
    }
    expect([view().state, faults]).toEqual(['up', []])
  })
  it('is not waited for once the lane is closed', async () => {
    camera.beat()
    await camera.close()
    clock.run(200_000)
    expect(faults).toEqual([])
  })
})

describe('a camera that opened the gate by itself', () => {
  it('is not believed, until an event says otherwise', () => {
    event({ barrierGateCtrlType: '0' })
    event({ barrierGateCtrlType: '0' })
    expect([view().state, taken, faults]).toEqual(['down', [], ['CAM-02']])
    event()
    expect([view().state, taken, faults]).toEqual(['up', ['测A12345'], ['CAM-02']])
  })
  it('is not made well by a heartbeat', () => {
    event({ barrierGateCtrlType: '0' })
    camera.beat()
    expect(view().state).toBe('down')
  })
  it('of which it is told hours later is no fault of now', () => {
    event({ barrierGateCtrlType: '0', alarmDataType: '1' })
    expect([view().state, faults]).toEqual(['up', []])
  })
})

describe('a camera that pushes to an old address', () => {
  it('is told once, with what to do, and is well again with its first push on the whole one', () => {
    camera.wrongPath()
    camera.wrongPath()
    expect([view(), faults]).toMatchObject([{ state: 'down', reason: 'wrongPath' }, ['CAM-04']])
    event()
    expect(view()).toMatchObject({ state: 'up' })
  })
  it('of Vzicom is well again with its first plate', () => {
    camera = cameraOf(vzPush)
    camera.wrongPath()
    const result = { PlateResult: { license: '测A12345' } }
    camera.take(JSON.stringify({ AlarmInfoPlate: { result } }), {})
    expect(view()).toMatchObject({ state: 'up' })
  })
  it('is somebody else while the lane hears its camera', () => {
    event()
    camera.wrongPath()
    expect([view(), faults]).toMatchObject([{ state: 'up' }, []])
    clock.run(95_001)
    camera.wrongPath()
    expect([view(), faults]).toMatchObject([{ state: 'down', reason: 'wrongPath' }, ['CAM-04']])
  })
  it('does not hide that it opened the gate by itself', () => {
    event({ barrierGateCtrlType: '0' })
    clock.run(95_001)
    camera.wrongPath()
    expect(faults).toEqual(['CAM-02'])
  })
})
