// Transfer by a stick: unsent records are written to it, or the platform's answers are read back from it.
// The result is shown in the dialog, which stays open for the next folder.
import { ask } from '../../api/client.ts'
import { actForm } from '../../kit/forms/act-form.ts'
import type { Words } from '../../kit/words.ts'

export const transferForm = ({ t, money }: Words, way: 'out' | 'back') =>
  actForm({
    title: t(`queue.stick.${way}`),
    reasons: 'stick',
    stays: true,
    says: [{ text: t(`queue.stick.${way}Why`) }],
    fields: {
      folder: { kind: 'folder', label: t('queue.stick.folder') },
      for: {
        kind: 'radio',
        label: t('queue.stick.for'),
        start: 'key',
        choices: [
          { value: 'key', word: t('queue.stick.forKey') },
          { value: 'cert', word: t('queue.stick.forCert') },
        ],
      },
      cert: { kind: 'file', label: t('queue.stick.certFile') },
    },
    only: { for: () => way === 'out', cert: ({ for: whose }) => way === 'out' && whose === 'cert' },
    doLabel: t(`queue.stick.${way}Do`),
    async call({ folder, cert }, who, say) {
      if (way === 'out') {
        const reply = await ask('queue.export', {
          to: folder,
          recipient: cert ?? 'recovery',
          ...who,
        })
        if (!reply.ok) return reply
        const { records, files, amountFen } = reply.data
        say(t('queue.stick.written', { records, files: files.length, amount: money(amountFen) }))
        return reply
      }
      const reply = await ask('queue.import', { from: folder, ...who })
      if (!reply.ok) return reply
      const { files, others, confirmed, refused, known, open } = reply.data
      const counts = { files: files.length, others, confirmed, refused, known, open }
      say(t('queue.stick.taken', counts))
      return reply
    },
  })
