// Words of any form: what is said at a field that was left empty.
// One catalogue with the rest of the window; a key is a row of both languages.
import { t } from '#base/pure/words/fault-text.ts'

export const fields = {
  need: t('请填写:{label}', 'Fill in: {label}'),
  choose: t('请选择:{label}', 'Choose: {label}'),
}
