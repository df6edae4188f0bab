// Forms of acts on the holder of a device: taking it over, ending another person's hold, and enabling a barrier again
// whose configuration changed, after somebody checked the wiring. None of them moves anything.
import type { LeaseHolderView } from '#devices/calls/safety-views.ts'
import { ask } from '../../api/client.ts'
import { actForm } from './act-form.ts'
import type { Words } from '../words.ts'

const minutes = ['5', '10', '30', '60'] as const

/** `via`: the camera that is taken over too, in words; `begun`: called when this window has the device. */
export function takeForm(
  { t }: Words,
  { laneId, device: kind }: LeaseHolderView,
  via: string | null,
  begun: (holdId: string) => unknown,
) {
  const device = t(`safety.device.${kind}`)
  return actForm({
    reasons: 'safety',
    title: t('safety.takeTitle', { device }),
    says: [
      { text: t('safety.takeWhat', { device }) },
      ...(via === null ? [] : [{ text: via, test: 'via-what' }]),
      { text: t(`safety.takeMeans.${kind}`), tone: 'warn' },
      { text: t('safety.takeWait'), tone: 'quiet' },
    ],
    fields: {
      minutes: {
        kind: 'enum',
        label: t('safety.minutes'),
        start: '10',
        choices: minutes.map((value) => ({ value, word: t('safety.min', { n: value }) })),
      },
    },
    doLabel: t('safety.takeDo', { device }),
    async call({ minutes: chosen }, who) {
      const forSec = Number(chosen) * 60
      const at = { laneId, device: kind, program: 'Studio', forSec }
      const reply = await ask('hold.take', { ...at, ...who })
      if (reply.ok) begun(who.commandId)
      return reply
    },
  })
}
