// Hikvision as a pushing camera: an event in XML or JSON, with its pictures in separate parts.
import { pictureOf } from '../pictures.ts'
import { definePushMake } from '../push-make.ts'
import { datedByPictures } from '../times.ts'
import { parseHikvisionEvent } from './event.ts'

export const hikvisionPush = definePushMake({
  name: 'hikvision',
  looks: /hik|\bi?ds-/i,
  body: 'parts',
  simulated: true,
  read(text, { parts = [] }) {
    const event = parseHikvisionEvent(text, pictureOf(parts))
    if (event.kind === 'keepAlive') return event
    if (event.kind === 'plate')
      return {
        kind: 'plate',
        read: datedByPictures(event.read, parts),
        openedByCamera: event.detail.openedByCamera,
      }
    const { reason, what } = event
    return { kind: 'refused', what, counted: reason !== 'otherEvent' && reason !== 'inactive' }
  },
})
