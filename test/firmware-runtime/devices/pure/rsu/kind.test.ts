// The names in the link of an antenna: without one it speaks generic-bcc, and a name that is none is refused.
import { expect, it } from 'vitest'
import { rsu } from '#devices/pure/rsu/kind.ts'

it.each([
  ['tcp://a:1', null],
  ['tcp://a:1?variant=x', 'variant is one of generic-bcc'],
  ['serial:/dev/ttyS0?baud=115200&variant=generic-len', null],
])('the variant of %s', (url, refused) => {
  const fault = rsu.nameFault?.(url) ?? null
  if (refused === null) expect(fault).toBeNull()
  else expect(fault).toMatchObject({ en: expect.stringContaining(refused) as string })
})
