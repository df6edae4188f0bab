// Devices that say another version, or are another device, than a person or a passport accepted (table D.1 row 4).
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import { ofDevice } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

/** Only what differs is named: a version can stay while the device is another one. */
function between(old: DeviceReading, now: DeviceReading): readonly [string, string] {
  const other = (['version', 'hardware', 'serial'] as const).filter(
    (name) => old[name] !== null && now[name] !== null && old[name] !== now[name],
  )
  const say = (one: DeviceReading) => other.map((name) => one[name]).join(' / ')
  return [say(old), say(now)]
}

export const version = defineMatter({
  reads: 'passport.versions',
  by: 'passport.acceptVersion',
  why: t(
    '没有人确认过这个版本:之前的测试和验收不能证明现在的设备',
    'Nobody has accepted this version: earlier tests and the acceptance prove nothing about it',
  ),
  button: t('看设备', 'See the device'),
  to: '/passport',
  rowsOf: ({ rows }, { laneName }) =>
    rows.flatMap(({ laneId, device, state, accepted, now, sinceIso }) => {
      if (state !== 'changed' || accepted === null || now === null) return []
      const [{ zh, en }, { words }] = [laneName(laneId), deviceKinds[device].lane]
      const [old, is] = between(accepted, now)
      const day = sinceIso?.slice(0, 10) ?? ''
      const what = t(
        `${zh}的${words.zh}:版本由 ${old} 变为 ${is}(${day})`,
        `The ${words.en} of ${en}: version ${old} became ${is} (${day})`,
      )
      return [{ key: `${laneId} ${device} ${is}`, what, sinceIso, thing: ofDevice(laneId, device) }]
    }),
})
