// Sends one of the safe frames that the runtime lists, with its fields.
// None of them debits or changes a setting; those have their own pages.
import type { DeviceFramesView } from '#devices/calls/console-views.ts'
import { ask } from '../../api/client.ts'
import { actForm } from '../../kit/forms/act-form.ts'
import type { Field, Fields } from '../../kit/forms/fields.ts'
import { fieldName } from '../../kit/frame-words.ts'
import type { Words } from '../../kit/words.ts'

const plain = (typed: unknown): string => String(typed).replaceAll(/\s/g, '').toUpperCase()

export function sendForm(
  words: Words,
  { laneId, device, safe }: Pick<DeviceFramesView, 'laneId' | 'device' | 'safe'>,
  laneName: string,
) {
  const { t, of } = words
  const all = safe.flatMap(({ code, fields }) =>
    fields.map(({ name, bytes }) => {
      const member = `${code} ${name}`
      const need = t('frames.fieldNeed', { count: bytes })
      const label = t('frames.fieldHex', { name: fieldName(words, device, name), count: bytes })
      const field: Field = { kind: 'link', label, need, as: `field-${name}`, max: 80 }
      const whole = new RegExp(`^[0-9A-F]{${2 * bytes}}$`)
      return { code, name, member, need, field, whole }
    }),
  )
  const fields: Fields = {
    code: {
      kind: 'radio',
      label: t('frames.sendWhich'),
      start: safe[0]?.code,
      choices: safe.map(({ code, title }) => ({ value: code, word: `${code} ${of(title)}` })),
    },
    ...Object.fromEntries(all.map(({ member, field }) => [member, field])),
  }
  const ofCode = (code: unknown) => all.filter((one) => one.code === code)
  return actForm({
    title: t('frames.sendTitle', { lane: laneName }),
    reasons: 'device',
    says: [{ text: t('frames.sendWhy'), tone: 'quiet' }],
    fields,
    only: Object.fromEntries(
      all.map(({ member, code }) => [member, (draft: { code?: unknown }) => draft.code === code]),
    ),
    check: (draft) =>
      Object.fromEntries(
        ofCode(draft['code'])
          .filter(({ member, whole }) => !whole.test(plain(draft[member])))
          .map(({ member, need }) => [member, need]),
      ),
    doLabel: (draft) => t('frames.sendDo', { code: String(draft['code']) }),
    call: (values, who) =>
      ask('device.sendFrame', {
        laneId,
        device,
        code: String(values['code']),
        fields: Object.fromEntries(
          ofCode(values['code']).map(({ name, member }) => [name, plain(values[member])]),
        ),
        ...who,
      }),
  })
}
