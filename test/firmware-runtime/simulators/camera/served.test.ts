// The simulated cameras that act as servers, by themselves: locks, faults, knobs and store.
// The drivers judge their messages; here is what scripts rely on.
import { describe, expect, it } from 'vitest'
import { DahuaServed } from '#simulators/camera/served/dahua-protocol.ts'
import { DigestGate } from '#simulators/camera/served/digest-gate.ts'
import { HikvisionServed } from '#simulators/camera/served/hikvision-protocol.ts'
import { ServedCamera } from '#simulators/camera/served/model.ts'
import type { DeviceOutput } from '#simulators/shell/device-model.ts'
import type { CameraRow } from '#simulators/camera/sighting.ts'
import { VzServed } from '#simulators/camera/served/vz-protocol.ts'
import type { CameraProtocol, CameraProtocolPorts } from '#simulators/camera/served/protocol.ts'
import { codeOf } from '../../../kit/refusals.ts'

const account = { user: 'admin', password: 'Simulated1' }
const protocols: readonly (readonly [string, (outside: CameraProtocolPorts) => CameraProtocol])[] =
  [
    [
      'hikvision',
      (outside) => new HikvisionServed({ ...account, macAddress: '02:00:5e:10:00:64' }, outside),
    ],
    ['dahua', (outside) => new DahuaServed({ ...account, serial: 'SIM1' }, outside)],
    ['vz', (outside) => new VzServed('5e1', outside)],
  ]
const make = (
  protocol: (outside: CameraProtocolPorts) => CameraProtocol,
  rows: readonly unknown[] = [],
) =>
  new ServedCamera({ timing: 'instant', seed: 1, wallAtStartMs: 1_795_138_215_000, protocol, rows })
const rowsOf = (outputs: readonly DeviceOutput<CameraRow>[]): unknown[] =>
  outputs.flatMap((one) => (one.do === 'row' ? [one.row] : []))

describe.each(protocols)('%s', (_name, protocol) => {
  it('keeps a store of cars that nobody listened to, and goes on with them', () => {
    const model = make(protocol)
    const seen = model.see({ plate: '测A12345', colour: 'blue' }, 0)
    const rows = [...rowsOf(seen.outputs), ...rowsOf(model.advance(1_000))]
    expect(rows.map((row) => (row as { row: string }).row)).toEqual(['seen', 'lost'])
    const again = make(protocol, rows)
    expect(again.state()).toMatchObject({ seen: 1, lost: 1, delivered: 0 })
    expect(again.see({ plate: '测A12345', colour: 'blue' }, 0).id).toBe(2)
    expect(() => make(protocol, [{ row: 'other' }])).toThrow('no camera simulator')
  })
  it('refuses readings, knobs and acts that it does not know', () => {
    const model = make(protocol)
    expect(codeOf(() => model.see({ plate: 7 }, 0))).toBe('ARG-01')
    expect(codeOf(() => model.protocol.set({ other: 1 }))).toBe('ARG-01')
    const act = { do: 'flip', ms: 0, bits: 0, status: 503 }
    expect(codeOf(() => model.act(act, 0))).toBe('ARG-01')
    expect(codeOf(() => model.faults.add({ at: 'elsewhere', do: 'drop' }))).toBe('ARG-01')
  })
  it('hangs up on whoever comes while it is off', () => {
    const model = make(protocol)
    model.act({ do: 'reboot', ms: 500, bits: 0, status: 503 }, 0)
    model.linkUp(1, 100)
    expect(model.advance(100)).toContainEqual({ atUs: 100, do: 'hangUp', client: 1 })
    model.linkUp(2, 600_000)
    expect(model.advance(600_000)).toEqual([])
    expect(model.state()).toMatchObject({ clients: 1, off: false, restarts: 1 })
  })
})

describe('an account', () => {
  const gate = () => new DigestGate({ ...account, realm: 'r', random: () => 0.5 })
  const wrong = (one: DigestGate, atMs: number) => {
    const verdict = one.judge({ method: 'GET', target: '/', header: '' }, atMs, false)
    const nonce = verdict.ok ? '' : (/nonce="(\w+)"/.exec(verdict.challenge)?.[1] ?? '')
    const header =
      `Digest username="admin", realm="r", nonce="${nonce}", uri="/", response="0", ` +
      'qop=auth, nc=00000001, cnonce="a"'
    return one.judge({ method: 'GET', target: '/', header }, atMs, false)
  }
  it('locks for half an hour after five wrong proofs', () => {
    const one = gate()
    for (let i = 0; i < 5; i++) expect(wrong(one, i)).toMatchObject({ ok: false })
    expect(wrong(one, 10)).toMatchObject({ locked: true })
    expect([one.failures, one.challenges]).toEqual([5, 12])
    expect(wrong(one, 31 * 60_000)).toMatchObject({ locked: false })
  })
})
