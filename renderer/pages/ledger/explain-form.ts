// Exports a stay as one file for a dispute: masked, or unmasked for people who may see plates. Who requests it and why
// is recorded before the file is made.
import { actForm } from '../../kit/forms/act-form.ts'
import type { Making } from '../../kit/state/making.ts'
import { saveBytes } from '../../kit/save-file.ts'
import type { Words } from '../../kit/words.ts'

const done = { ok: true, data: { ok: true, repeated: false } } as const

/** UTF-8 text as base64: a text may hold any character. */
function base64Of(text: string): string {
  let raw = ''
  for (const byte of new TextEncoder().encode(text)) raw += String.fromCharCode(byte)
  return btoa(raw)
}

interface Asked {
  readonly stayId: string
  readonly mayWhole: boolean
  readonly making: Making
  /** Receives the number of differences in the file. */
  readonly differ: (count: number) => void
}
export const explainForm = ({ t }: Words, { stayId, mayWhole, making, differ }: Asked) =>
  actForm({
    title: t('explain.saveTitle'),
    reasons: 'explain',
    stays: true,
    toWho: true,
    says: ({ whole }) => [
      { text: t('explain.saveWhat') },
      ...(whole === true ? [{ text: t('explain.wholeWhat'), tone: 'quiet' as const }] : []),
    ],
    fields: { whole: { kind: 'flag', label: t('explain.whole') } },
    only: { whole: () => mayWhole },
    doLabel: t('explain.do'),
    async call({ whole }, who, say) {
      const name = whole === true ? 'explain.wholeFile' : 'explain.file'
      const reply = await making.make(name, { stayId, ...who })
      if (reply === null) return done
      if (!reply.ok) return reply
      const { fileName, text, differences } = reply.data
      differ(differences)
      const isSaved = await saveBytes(fileName, 'application/json', base64Of(text))
      say(t(isSaved ? 'explain.saved' : 'explain.notSaved', { file: fileName }))
      return done
    },
  })
