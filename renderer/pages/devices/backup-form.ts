// Makes a backup of the device's present values on request, with a reason (Ctrl+Shift+B). The device is not changed.
import { ask } from '../../api/client.ts'
import { actForm } from '../../kit/forms/act-form.ts'
import type { Words } from '../../kit/words.ts'
import { placeFields, placeOnly, placeSaid, placeSays, type KnownPlace } from './place-fields.ts'

export const backupForm = (words: Words, laneId: string, laneName: string, place: KnownPlace) =>
  actForm({
    title: words.t('backupNow.title', { lane: laneName }),
    reasons: 'backup',
    toWho: true,
    says: ({ site }) => [{ text: words.t('backupNow.what') }, ...placeSays(words, place, site)],
    test: 'place',
    fields: placeFields(words, place),
    only: placeOnly(place),
    doLabel: words.t('backupNow.do'),
    call: (values, who) => ask('device.backUp', { laneId, ...placeSaid(values), ...who }),
  })
