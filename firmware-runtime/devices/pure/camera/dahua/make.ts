// Dahua as a subscribed camera: its channel, and the maximum of its confidence. Both differ between models, and no
// camera reports them.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { defineCameraMake } from '../make.ts'
import { dahuaEventOf } from './event.ts'
import { eventsOfLines } from './keys.ts'
import { dahuaPull } from './pull.ts'

type Options = { readonly channel: number; readonly confidenceMax: 100 | 255 }

/** The one event of a text part, with its time as stated. */
function example(text: string): unknown {
  const [fields, second] = eventsOfLines(text) ?? []
  if (fields === undefined || second !== undefined) return { kind: 'not one event' }
  return dahuaEventOf(fields, null, 'example', { confidenceMax: 100 })
}

export const dahua = defineCameraMake<Options, unknown>({
  name: 'dahua',
  variant: 'dahua',
  usual: { channel: 1, confidenceMax: 100 },
  mayBeLocal: true,
  options(query, reader) {
    const channel = query.get('channel') ?? '1'
    if (!/^[1-9]\d?$/.test(channel)) reader.refuse(t('channel 是 1 到 99', 'channel is 1 to 99'))
    const max = reader.choice(query, 'confidenceMax', ['100', '255'])
    return { channel: Number(channel), confidenceMax: max === '255' ? 255 : 100 }
  },
  reads: { confidenceMax: z.literal([100, 255]) },
  starts: { channel: z.int().min(0).max(9_999) },
  pull: (options, address) => dahuaPull({ ...options, address }),
  question: { method: 'GET', path: '/cgi-bin/magicBox.cgi?action=getSerialNo' },
  example,
})
