// Examples of plate cameras: what their driver decodes from a message, and frames of Vzicom. A message that cannot be
// encoded again is fixed by the digest of its bytes.
import { createHash } from 'node:crypto'
import iconv from 'iconv-lite'
import { cameraMakes } from '../pure/camera/makes.ts'
import { emptyVzFraming, feedVz, vzFrame } from '../pure/camera/vz/framing.ts'
import { pushMakes } from '../pure/camera/push-makes.ts'
import { vzMessageOf } from '../pure/camera/vz/messages.ts'
import { present } from '#base/pure/values/must.ts'
import { differs, membersOf, refused, type ExampleTurn, type Of } from './example-turn.ts'
import { findingWords as words } from './finding-words.ts'

type CameraEvent = Of<'camera-event'>

/** The sender is not part of a message in these protocols. */
const deviceId = 'example'

function eventOf(dialect: CameraEvent['dialect'], text: string): unknown {
  const makes = [...cameraMakes, ...pushMakes.flatMap(({ profile }) => profile ?? [])]
  const make = makes.find(({ name }) => name === dialect)
  return present(make, 'the schema names the makes').example(text)
}

export function cameraTurn(bytes: Uint8Array, want: CameraEvent): ExampleTurn {
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (digest !== want.sha256) return refused(words.digestIs(digest))
  const event = eventOf(want.dialect, iconv.decode(Buffer.from(bytes), 'utf-8'))
  return { decoded: differs(membersOf(event, want.fields), want.fields), again: null }
}

/** One frame with compact JSON; `fields` is what the driver decodes. */
export function vzTurn(bytes: Uint8Array, { as: _as, ...want }: Of<'vz-frame'>): ExampleTurn {
  const { frames, state, discardedBytes } = feedVz(emptyVzFraming, bytes)
  const [only, second] = frames
  const left = state.carry.length > 0 || state.open !== null || discardedBytes > 0
  if (only === undefined || second !== undefined || left) return refused(words.notOneFrame())
  const { type, sequence, payload } = only
  const { root, message } = vzMessageOf(payload, deviceId)
  const said = {
    type,
    sequence,
    message: root,
    ...(want.fields === undefined ? {} : { fields: membersOf(message, want.fields) }),
  }
  const text = want.message === null ? '' : JSON.stringify(want.message)
  return {
    decoded: differs(said, want),
    again: vzFrame(want.type, iconv.encode(text, 'gbk'), want.sequence),
  }
}
