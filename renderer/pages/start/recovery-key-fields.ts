// The recovery key of a lot, as a file on a stick or as the text of the printed sheet.
// For a key in two shares the text contains both.
import type { Words } from '../../kit/words.ts'

export const recoveryKeyFields = ({ t }: Words, keyFile: string) =>
  ({
    keyFile: { kind: 'file', label: t('start.keyFile') },
    keyText: {
      kind: 'link',
      label: t('start.keyText'),
      hint: t('start.keyTextWhy'),
      max: 4_000,
      rows: 3,
      fixed: keyFile.trim() !== '',
    },
  }) as const
