// Pushes of cameras that arrived and brought no plate, with the header that came. A plate that was not read is a car
// that nothing knows of, so a single one stays for an hour, and for as long as no plate follows.
import { many, t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { ofDevice } from '#base/pure/values/matter-thing.ts'
import { noteWhy } from '#base/pure/words/notes.ts'
import { defineMatter } from './matter.ts'

const standsMs = 60 * minuteMs

function whyOf(what: string): BilingualText {
  const why = noteWhy(what)
  return typeof why === 'string' ? t(why, why) : why
}

export const pushRefused = defineMatter({
  reads: 'board.get',
  by: 'device.apply',
  why: t(
    '推送收到了但读不出车牌:这些车没有车牌,车道等人工',
    'The pushes arrived, but no plate could be read: these cars have no plate and wait for a person',
  ),
  button: t('看推送', 'See the pushes'),
  to: '/gear',
  rowsOf: ({ lanes }, { laneName, nowMs }) =>
    lanes.flatMap(({ laneId, devices }) => {
      const { refusedPush } = devices.camera
      if (refusedPush === undefined) return []
      const { count, lastIso, what, head, isReadSince } = refusedPush
      if (isReadSince && nowMs - Date.parse(lastIso) > standsMs) return []
      const [name, why] = [laneName(laneId), whyOf(what)]
      const came = head === '' ? '' : ` (${head})`
      return [
        {
          key: laneId,
          what: t(
            `${name.zh}的相机有 ${count} 次推送没有读出:${why.zh}${came}`,
            `${many(count, 'push', 'pushes')} of the camera of ${name.en} could not be read: ${why.en}${came}`,
          ),
          sinceIso: lastIso,
          isUrgent: !isReadSince,
          thing: ofDevice(laneId, 'camera'),
        },
      ]
    }),
})
