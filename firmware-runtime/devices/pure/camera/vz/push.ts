// Vzicom as a pushing camera: JSON with its pictures inside, answered in JSON; heartbeats come as forms.
import { definePushMake } from '../push-make.ts'
import { vzAlive, vzPushOf } from './http-push.ts'

export const vzPush = definePushMake({
  name: 'vzicom',
  looks: /vzicom|\bvz/i,
  body: 'json',
  alive: vzAlive,
  profile: { name: 'vzicom-push', example: (text) => vzPushOf(text) },
  read(text, { within }) {
    const push = vzPushOf(text, within)
    const { reply } = push
    if (push.kind === 'plate')
      return { kind: 'plate', read: push.read, openedByCamera: false, reply }
    if (push.kind === 'refused') return { kind: 'refused', what: push.what, counted: true, reply }
    return { kind: 'keepAlive', deviceAtMs: null, reply }
  },
})
