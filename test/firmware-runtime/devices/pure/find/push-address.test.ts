// The exact address to type into a camera, the interface it is on, and the firewall command.
// Listeners on one interface, on all, and on this machine only.
import { describe, expect, it } from 'vitest'
import { firewallRules, pushTargetOf } from '#devices/pure/find/push-address.ts'
import { pushReport } from '#devices/find/push-doctor.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

const lo = { name: 'lo', address: '127.0.0.1', prefix: 8, loopback: true }
const eth0 = { name: 'eth0', address: '192.168.1.20', prefix: 24, loopback: false }
const eth1 = { name: 'eth1', address: '10.0.0.5', prefix: 24, loopback: false }
const path = '/push/entry'

describe('the address to type', () => {
  it.each([
    ['http://192.168.1.20:18080', null, 'eth0', 'http://192.168.1.20:18080/push/entry'],
    ['http://0.0.0.0:18080', '10.0.0.64', 'eth1', 'http://10.0.0.5:18080/push/entry'],
    ['http://0.0.0.0:18080', '172.16.0.1', null, 'http://?:18080/push/entry'],
    ['http://0.0.0.0:18080', null, null, 'http://?:18080/push/entry'],
    ['http://127.0.0.1:40000', null, 'lo', 'http://127.0.0.1:40000/push/entry'],
  ] as const)('%s, camera %s', (listening, camera, name, address) => {
    const place = pushTargetOf(`${listening}${path}`, camera, [lo, eth0, eth1])
    expect([place.card?.name ?? null, place.address]).toEqual([name, address])
  })
  it('with one card beside the loopback it is that one', () => {
    expect(pushTargetOf(`http://0.0.0.0:18080${path}`, null, [lo, eth0]).card).toBe(eth0)
  })
  it('the firewall lets in one port, from the camera where it is known', () => {
    expect(firewallRules(18_080, '192.168.1.64')).toEqual({
      windows:
        'netsh advfirewall firewall add rule name="etc-lane 18080" dir=in action=allow protocol=TCP localport=18080 remoteip=192.168.1.64',
      linux: 'ufw allow proto tcp from 192.168.1.64 to any port 18080',
    })
    expect(firewallRules(18_080, null).linux).toContain('from any')
  })
})

describe('the report', () => {
  const facts = {
    url: `http://192.168.1.20:18080${path}`,
    pushes: 3,
    badRequests: 0,
    lastPushAtMs: 1_795_156_200_000 as InstantMs,
    lastRefused: null,
    refused: { sources: 0, paths: 0 },
    unnamed: { count: 0, last: null },
  }
  const last = { atMs: 0, what: 'pushNoText', head: 'POST /camera/entry', from: '192.168.1.64' }
  const codes = (change: object, camera: string | null = null): string[] =>
    pushReport('entry', { ...facts, ...change }, camera, [lo, eth0]).findings.map(
      ({ code }) => code,
    )
  it('is empty when pushes come', () => {
    expect(pushReport('entry', facts, '192.168.1.64', [lo, eth0])).toMatchObject({
      ok: true,
      card: { name: 'eth0' },
      lastPushAtIso: expect.stringContaining('+08:00') as string,
    })
  })
  it.each([
    [{ lastPushAtMs: null, pushes: 0 }, null, ['FIND-17']],
    // Something came: it is not said that nothing did.
    [{ lastPushAtMs: null, pushes: 0, badRequests: 1, lastRefused: last }, null, ['FIND-24']],
    [{ lastPushAtMs: null, pushes: 0, unnamed: { count: 1, last } }, null, ['FIND-19']],
    [{ unnamed: { count: 1, last } }, null, ['FIND-19']],
    [{ url: `http://127.0.0.1:1${path}` }, null, ['FIND-18']],
    [{ url: `http://0.0.0.0:1${path}` }, '172.16.0.9', ['FIND-11']],
    [{ refused: { sources: 2, paths: 0 } }, null, ['FIND-19']],
    [{ refused: { sources: 0, paths: 1 } }, null, ['FIND-19']],
    [{ lastRefused: { ...last, what: 'eventType vmd' } }, null, ['FIND-24']],
  ])('%j %s', (change, camera, expected) => {
    expect(codes(change, camera)).toEqual(expected)
  })
})
