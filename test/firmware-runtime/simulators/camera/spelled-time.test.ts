// Simulated cameras spell one instant as their firmware does, and the lane's readers find it, or keep the text.
import { expect, it } from 'vitest'
import { parseHikvisionEvent } from '#devices/pure/camera/hikvision/event.ts'
import { vzPushOf } from '#devices/pure/camera/vz/http-push.ts'
import { hikvisionPush } from '#simulators/camera/hikvision-push.ts'
import { sightingOf } from '#simulators/camera/sighting.ts'
import { dahuaTimeOf, type TimeSpelling } from '#simulators/camera/spelled-time.ts'
import { vzPush } from '#simulators/camera/vz-push.ts'
import { dahuaEventOf } from '#devices/pure/camera/dahua/event.ts'

const atIso = '2026-11-29T22:02:06.000+08:00'
const atMs = Date.parse(atIso)
const strange = '22:02:06 29.11.2026'
const basic = '20261129T220206+0800'
const mail = 'Sun, 29 Nov 2026 14:02:06 GMT'
const slashes = '2026/11/29 22:02:06'

it.each<[TimeSpelling | undefined, readonly (number | string | null)[]]>([
  [undefined, [atMs, atMs, atMs]],
  ['isoBasic', [atMs, basic, basic]],
  ['slashes', [atMs, slashes, atMs]],
  ['mail', [atMs, mail, mail]],
  ['epochSec', [atMs, atMs, atMs]],
  ['epochMs', [atMs, atMs, atMs]],
  ['none', [null, null, null]],
  ['strange', [strange, strange, strange]],
])('%s, as Hikvision, Vzicom and Dahua write it', (timeAs, right) => {
  const sighting = { id: 1, ...sightingOf({ plate: '测A12345', pictures: false, timeAs }, atIso) }
  const content = {
    sighting,
    posts: 1,
    history: false,
    macAddress: '02:00:5e:10:00:01',
    colourInFront: true,
    reordered: false,
  }
  const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)
  const hikvision = parseHikvisionEvent(text(hikvisionPush(content).parts[0]?.bytes))
  const vzicom = vzPushOf(text(vzPush('1')(content).body))
  const fields = new Map(dahuaTimeOf(sighting, 0).map(([name, said]) => [name, String(said)]))
  const dahua = dahuaEventOf(fields, 'TrafficJunction', 'd', { confidenceMax: 100 })
  const reads = [hikvision, vzicom].map((one) => (one.kind === 'plate' ? one.read : null))
  const all = [...reads, dahua.kind === 'plate' ? dahua.draft.read : null]
  expect(all.map((read) => read?.timeRaw ?? read?.deviceAtMs)).toEqual(right)
})

it('refuses a spelling that it does not know', () => {
  expect(() => sightingOf({ plate: null, timeAs: 'roman' }, atIso)).toThrow('ARG-01')
})
