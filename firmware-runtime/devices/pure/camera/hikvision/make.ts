// Hikvision as a subscribed camera: ISAPI, with the check who opens the gate. `ctrlMod=absent`: a person says that this
// model opens no gate and so cannot be queried.
import { z } from 'zod'
import { defineCameraMake } from '../make.ts'
import { parseHikvisionEvent } from './event.ts'
import { hikvisionPull } from './pull.ts'

const ctrlMods = ['asked', 'absent'] as const
type Options = { readonly ctrlMod: (typeof ctrlMods)[number] }

export const hikvision = defineCameraMake<Options, unknown>({
  name: 'hikvision',
  variant: 'hikvision-pull',
  usual: { ctrlMod: 'asked' },
  options: (query, reader) => ({ ctrlMod: reader.choice(query, 'ctrlMod', ctrlMods) }),
  reads: {},
  starts: { ctrlMod: z.enum(ctrlMods) },
  pull: hikvisionPull,
  question: { method: 'GET', path: '/ISAPI/ITC/Entrance/entranceParam' },
  example: (text) => parseHikvisionEvent(text, null),
})
